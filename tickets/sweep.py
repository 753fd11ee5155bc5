"""The sweep: what the clocks make due. Its cost follows what is due, not what is open."""

from datetime import datetime

from sqlalchemy import bindparam, select

from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.writer import Tx
from tickets.tables import Clock

_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_DUE = Prepared(
    select(
        _CLOCKS.c.ticket,
        _CLOCKS.c.kind,
        _CLOCKS.c.subject,
        _CLOCKS.c.cycle,
        _CLOCKS.c.desk,
        _CLOCKS.c.due_at,
        _CLOCKS.c.acts_at,
    )
    .where(_CLOCKS.c.acts_at <= bindparam("now"))
    .order_by(_CLOCKS.c.acts_at)
    .limit(bindparam("most"))
)


def sweep(tx: Tx, *, now: datetime, most: int = 100) -> int:
    """Write down the warnings and breaches that have come due; how many, so that the caller knows whether to go on.

    Each carries the instant at which it happened. After a stop that outlasted both, only the breach is told.
    """
    due = tx.all(_DUE, now=now, most=most)
    for clock in due:
        broken = clock.due_at <= now
        append(
            tx,
            "clock.breached" if broken else "clock.warned",
            desk=clock.desk,
            at=clock.due_at if broken else clock.acts_at,
            ticket=clock.ticket,
            clock=clock.kind,
            about=clock.subject,
            cycle=clock.cycle,
        )
    return len(due)
