"""Some days of a desk, as programs ask for them: from one to another, both included."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Query

from console.api.caller import Caller, only_theirs
from console.house import House, TheHouse
from reports.exports.asked import span_of
from reports.periods import Days
from tickets.actions.errors import UnknownValueError
from tickets.desk import Desk

FirstDay = Annotated[date | None, Query(alias="from", description="Local day; left out: of this month")]
LastDay = Annotated[date | None, Query(alias="to", description="Local day, included; left out: today")]


@dataclass(frozen=True, kw_only=True)
class DaysOfDesk:
    desk: Desk
    first: date
    last: date
    start_at: datetime
    end_at: datetime  # excluded

    @property
    def whole(self) -> Days:
        """Return them as reports count them."""
        return Days.of(self.first, self.last, zone=self.desk.calendar.zone)


async def _asked(
    house: TheHouse, by: Caller, desk: str, first: FirstDay = None, last: LastDay = None
) -> DaysOfDesk:
    """Return the days that are meant, of a desk of theirs. Raises UnknownValueError if the last is before the first."""
    only_theirs(by, desk)
    return _days_of(house.desk(desk).desk, house, first, last)


SomeDays = Annotated[DaysOfDesk, Depends(_asked)]


def _days_of(desk: Desk, house: House, first: date | None, last: date | None) -> DaysOfDesk:
    today = desk.calendar.day_of(house.clock())
    first, last = first or today.replace(day=1), last or today
    if last < first:
        raise UnknownValueError(f"{last} is before {first}", field="to", value=str(last))
    start_at, end_at = span_of(desk, first, last)
    return DaysOfDesk(desk=desk, first=first, last=last, start_at=start_at, end_at=end_at)
