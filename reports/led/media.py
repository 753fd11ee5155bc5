"""First answers within a time of the calendar, whatever the desk promises: by medium, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, or_, select
from sqlmodel import Session

from reports.indicators import many
from reports.lengths import MICROSECOND
from reports.listing import microseconds
from reports.periods import Month
from reports.statistics import ASKED, OF_CLOCKS
from tickets.clocks import FIRST_RESPONSE
from tickets.tables import Clock, Ticket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class InTime:
    """The requests of a month that came by a medium, and how many of them had their first answer in time."""

    month: Month
    channel: str
    requests: int  # whose time is over, or that were answered
    in_time: int

    @property
    def share(self) -> float | None:
        return self.in_time / self.requests if self.requests else None


def answered_in_time(
    session: Session, *, desk: str, months: Sequence[Month], within: timedelta, now: datetime
) -> Sequence[InTime]:
    """Count by month and medium; what ended without an answer before its time was over is no request."""
    took = microseconds(_CLOCKS.c.met_at) - microseconds(_CLOCKS.c.started_at)
    over = _CLOCKS.c.started_at < bindparam("over_at")
    counted = or_(_CLOCKS.c.met_at.is_not(None), and_(_CLOCKS.c.ended_at.is_(None), over))
    in_time = and_(_CLOCKS.c.met_at.is_not(None), took <= within // MICROSECOND)
    statement = (
        select(_TICKETS.c.channel, func.count().label("requests"), many(in_time).label("in_time"))
        .select_from(OF_CLOCKS)
        .where(ASKED, _CLOCKS.c.kind == FIRST_RESPONSE, _CLOCKS.c.cycle == 1, counted)
        .group_by(_TICKETS.c.channel)
        .order_by(_TICKETS.c.channel)
    )
    return [
        InTime(month=month, channel=row.channel, requests=row.requests, in_time=row.in_time)
        for month in months
        for row in session.execute(
            statement,
            {"desk": desk, "start_at": month.start_at, "end_at": month.end_at, "over_at": now - within},
        )
    ]
