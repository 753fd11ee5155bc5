"""Some days of a desk, as programs ask for them: from one to another, both included."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Query

from console.house import House
from reports.exports.asked import span_of
from tickets.actions.errors import UnknownValueError
from tickets.desk import Desk

FirstDay = Annotated[date | None, Query(alias="from", description="Local day; left out: of this month")]
LastDay = Annotated[date | None, Query(alias="to", description="Local day, included; left out: today")]


@dataclass(frozen=True, kw_only=True)
class Days:
    desk: Desk
    first: date
    last: date
    start_at: datetime
    end_at: datetime  # excluded


def days_of(house: House, slug: str, first: date | None, last: date | None) -> Days:
    """Return the days that are meant. Raises UnknownValueError if the last is before the first."""
    desk = house.desk(slug).desk
    today = desk.calendar.day_of(house.clock())
    first, last = first or today.replace(day=1), last or today
    if last < first:
        raise UnknownValueError(f"{last} is before {first}", field="to", value=str(last))
    start_at, end_at = span_of(desk, first, last)
    return Days(desk=desk, first=first, last=last, start_at=start_at, end_at=end_at)
