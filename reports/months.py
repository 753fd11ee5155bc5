"""The months up to one, each in a few sums: how the volume and the promises have gone over a year.

The same figures as the reports of these months have, by the same definitions (docs/reports.md), as they stand now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from reports.figures import HEADLINES
from reports.indicators import IN_TIME, LATE, many
from reports.part import WHOLE, Part
from reports.periods import Month
from reports.statistics import ASKED, OF_CLOCKS
from tickets.tables import Clock, Ticket

YEAR = 12

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_COUNTED = select(func.count().label("tickets")).select_from(_TICKETS).where(ASKED)
_KEPT = (
    select(_CLOCKS.c.kind, many(IN_TIME).label("in_time"), many(LATE).label("late"))
    .select_from(OF_CLOCKS)
    .where(ASKED, _CLOCKS.c.kind.in_(HEADLINES))
    .group_by(_CLOCKS.c.kind)
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    in_time: int
    late: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing came due."""
        return self.in_time / (self.in_time + self.late) if self.in_time + self.late else None


@dataclass(frozen=True, kw_only=True)
class MonthSums:
    month: Month
    tickets: int
    kept: Mapping[str, Kept]  # first response, resolution

    def share(self, kind: str) -> float | None:
        found = self.kept.get(kind)
        return found.share if found else None


def months_until(
    session: Session, *, desk: str, month: Month, now: datetime, part: Part = WHOLE, count: int = YEAR + 1
) -> Sequence[MonthSums]:
    """Sum up so many months of a desk, the last of them `month`, oldest first."""
    at = month.year * YEAR + month.number - 1
    years_and_months = (divmod(at - back, YEAR) for back in range(count - 1, -1, -1))
    asked = [
        Month.of(year, number + 1, zone=month.zone, now=now) for year, number in years_and_months if year >= 1
    ]
    return [_summed(session, desk, each, now, part) for each in asked]


def _summed(session: Session, desk: str, month: Month, now: datetime, part: Part) -> MonthSums:
    asked = {"desk": desk, "start_at": month.start_at, "end_at": month.end_at, "now": now}
    tickets = session.execute(_COUNTED.where(*part.conditions()), asked).scalar_one()
    found = session.execute(_KEPT.where(*part.conditions()), asked).all() if tickets else ()
    return MonthSums(
        month=month, tickets=tickets, kept={row.kind: Kept(in_time=row.in_time, late=row.late) for row in found}
    )  # fmt: skip
