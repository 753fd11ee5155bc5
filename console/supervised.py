"""What pages for supervisors share: the desks that somebody supervises, and the month that is asked for."""

from starlette.exceptions import HTTPException

from console.doors import Visitor
from console.house import House
from reports.errors import BadMonthError
from reports.periods import Month
from tickets.actor import Role
from tickets.desk import Desk


def supervised(house: House, visitor: Visitor) -> dict[str, Desk]:
    """Return the desks that the visitor supervises, by slug. Raises HTTPException(403) if there are none."""
    found = {
        slug: desk.desk
        for slug, desk in house.desks().items()
        if visitor.actor(slug).may(Role.SUPERVISOR, slug)
    }
    if not found:
        raise HTTPException(403, "for supervisors")
    return found


def month_asked(text: str, desk: Desk, house: House) -> Month:
    """Return the month that is asked for; the running one where none is, or none that there can be."""
    zone, now = desk.calendar.zone, house.clock()
    local = now.astimezone(desk.calendar.tz)
    try:
        return Month.parse(text, zone=zone, now=now)
    except BadMonthError:
        return Month.of(local.year, local.month, zone=zone, now=now)
