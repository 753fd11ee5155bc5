"""Of which desks somebody sees what concerns the desk as a whole: its money, its archive."""

from starlette.exceptions import HTTPException

from console.doors import Visitor
from console.house import House
from tickets.actor import Role
from tickets.desk import Desk


def of_the_first_line(house: House, visitor: Visitor) -> dict[str, Desk]:
    """Return the desks where they are of the first line, by slug. Raises HTTPException(403) if there are none."""
    found = {
        slug: each.desk
        for slug, each in sorted(house.desks().items())
        if visitor.actor(slug).may(Role.VIEWER, slug) and slug not in visitor.only_teams
    }
    if not found:
        raise HTTPException(403, "for the first line of a desk")
    return found
