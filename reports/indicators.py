"""The success indicators of a running month: how much is solved in time, how much is under a category.

The same figures as the month's report has, by the same definitions, but summed up in the database: a page that is open
all day asks for them again and again, and a report of rows would read every message for it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlmodel import Session

from reports.counted import COUNTED
from reports.periods import Month
from tickets.clocks import RESOLUTION
from tickets.tables import Clock, Ticket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_OF_MONTH = and_(
    _TICKETS.c.desk == bindparam("desk"),
    _TICKETS.c.created_at >= bindparam("start_at"),
    _TICKETS.c.created_at < bindparam("end_at"),
    COUNTED,
)
_ALL = select(func.count().label("tickets"), func.count(_TICKETS.c.category).label("categorised")).where(
    _OF_MONTH
)
LATE = or_(
    _CLOCKS.c.breached_at.is_not(None),
    and_(
        _CLOCKS.c.met_at.is_(None),
        _CLOCKS.c.ended_at.is_(None),
        _CLOCKS.c.paused_at.is_(None),
        _CLOCKS.c.due_at < bindparam("now"),
    ),
)
IN_TIME = and_(_CLOCKS.c.breached_at.is_(None), _CLOCKS.c.met_at.is_not(None))


def many(condition: Any) -> Any:
    """Count the rows of which something is true."""
    return func.count(case((condition, 1)))


_SOLVED = (
    select(many(IN_TIME).label("in_time"), many(LATE).label("late"))
    .select_from(_TICKETS.join(_CLOCKS, _CLOCKS.c.ticket == _TICKETS.c.number))
    .where(_OF_MONTH, _CLOCKS.c.kind == RESOLUTION)
)


@dataclass(frozen=True, kw_only=True)
class Indicators:
    month: Month
    tickets: int
    categorised: int
    in_time: int  # promises of a solution that were kept in time
    late: int  # those that were not

    @property
    def share_in_time(self) -> float | None:
        """From 0 to 1; None where nothing came due."""
        return self.in_time / (self.in_time + self.late) if self.in_time + self.late else None

    @property
    def share_categorised(self) -> float | None:
        return self.categorised / self.tickets if self.tickets else None


def indicators(session: Session, *, desk: str, zone: str, now: datetime) -> Indicators:
    """Measure the month in which `now` lies, in the desk's zone."""
    local = now.astimezone(ZoneInfo(zone))
    month = Month.of(local.year, local.month, zone=zone, now=now)
    asked = {"desk": desk, "start_at": month.start_at, "end_at": month.end_at, "now": now}
    every = session.execute(_ALL, asked).one()
    solved = session.execute(_SOLVED, asked).one()
    return Indicators(
        month=month, tickets=every.tickets, categorised=every.categorised, in_time=solved.in_time, late=solved.late
    )  # fmt: skip
