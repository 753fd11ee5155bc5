"""What a desk lends or is booked for: rooms, studios, cameras, vehicles, people. Values, and what each of them allows."""

from dataclasses import dataclass
from datetime import date, timedelta

from tickets.hours import Calendar


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """Local dates, both included, on which a resource is not to be had."""

    first_on: date
    last_on: date
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One thing that can be booked, or several of a sort that nobody tells apart."""

    id: str
    name: str
    kind: str  # what may stand in for each other, such as studio
    calendar: Calendar  # when a booking may begin and end
    count: int = 1  # how many there are
    before: timedelta = timedelta()  # for preparing it: taken as well
    after: timedelta = timedelta()  # for tidying up
    longest: timedelta | None = None  # of one booking
    ahead: timedelta | None = None  # so far ahead at most
    notice: timedelta | None = None  # so long before at least
    blocked: tuple[Blocked, ...] = ()
    staff: tuple[str, ...] = ()  # ids of those who look after it, and are told of changes

    def blocked_on(self, day: date) -> Blocked | None:
        return next((one for one in self.blocked if one.first_on <= day <= one.last_on), None)
