"""The clocks of tickets."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from tickets.tables import Clock
from tickets.views.ticket_values import ClockView

_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_NUMBERS: Any = bindparam("numbers", expanding=True)
_OF_TICKETS = (
    select(_CLOCKS)
    .where(_CLOCKS.c.ticket.in_(_NUMBERS))
    .order_by(_CLOCKS.c.started_at, _CLOCKS.c.kind, _CLOCKS.c.cycle)
)


def clock_views(session: Session, numbers: Sequence[int]) -> dict[int, list[ClockView]]:
    found: dict[int, list[ClockView]] = defaultdict(list)
    if not numbers:
        return found
    for row in session.execute(_OF_TICKETS, {"numbers": numbers}):
        found[row.ticket].append(
            ClockView(
                kind=row.kind, subject=row.subject, cycle=row.cycle, started_at=row.started_at, due_at=row.due_at,
                met_at=row.met_at, breached_at=row.breached_at, ended_at=row.ended_at,
                paused=row.paused_at is not None, promise=row.promise, extended_at=row.extended_at,
                acknowledged_at=row.acknowledged_at, acknowledged_by=row.acknowledged_by,
            )
        )  # fmt: skip
    return found
