"""How long the service was without a known incident: a ticket that others were made part of, from its beginning to its solution."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, or_, select
from sqlmodel import Session

from reports.counted import COUNTED
from tickets.links import INCIDENT
from tickets.tables import Link, Ticket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_LINKS = Link.__table__  # type: ignore[attr-defined]
_IS_OPEN = and_(_TICKETS.c.solved_at.is_(None), _TICKETS.c.closed_at.is_(None))
_OPEN_WITHIN = select(_TICKETS.c.created_at, _TICKETS.c.solved_at, _TICKETS.c.closed_at).where(
    _TICKETS.c.desk == bindparam("desk"), COUNTED,
    _TICKETS.c.number.in_(select(_LINKS.c.to).where(_LINKS.c.kind == INCIDENT)),
    _TICKETS.c.created_at < bindparam("end_at"),
    or_(_IS_OPEN, func.coalesce(_TICKETS.c.solved_at, _TICKETS.c.closed_at) > bindparam("start_at")),
).order_by(_TICKETS.c.created_at)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Availability:
    """A span, plain time, and how much of it had an incident."""

    span: timedelta
    disturbed: timedelta
    incidents: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None for an empty span."""
        return 1 - self.disturbed / self.span if self.span else None


def availability(
    session: Session, *, desk: str, start_at: datetime, end_at: datetime, now: datetime
) -> Availability:
    """Measure `start_at <= at < end_at`, up to now; what is open still disturbs."""
    until = max(start_at, min(end_at, now))
    rows = session.execute(_OPEN_WITHIN, {"desk": desk, "start_at": start_at, "end_at": until}).all()
    times = [
        (max(row.created_at, start_at), min(row.solved_at or row.closed_at or until, until)) for row in rows
    ]
    return Availability(span=until - start_at, disturbed=_covered(times, start_at), incidents=len(times))


def _covered(times: Iterable[tuple[datetime, datetime]], start_at: datetime) -> timedelta:
    """Add up times that begin in their order, what they have in common once."""
    total, reached = timedelta(), start_at
    for begins, ends in times:
        if ends > reached:
            total += ends - max(begins, reached)
            reached = ends
    return total
