"""The sweep: what the clocks make due. Its cost follows what is due, not what is open."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.tables import Clock

_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_COME_DUE = select(
    _CLOCKS.c.ticket,
    _CLOCKS.c.kind,
    _CLOCKS.c.subject,
    _CLOCKS.c.cycle,
    _CLOCKS.c.desk,
    _CLOCKS.c.due_at,
    _CLOCKS.c.acts_at,
).where(_CLOCKS.c.acts_at <= bindparam("now"))
_DUE = Prepared(_COME_DUE.order_by(_CLOCKS.c.acts_at).limit(bindparam("most")))
_ONE_DUE = Prepared(
    _COME_DUE.where(
        _CLOCKS.c.ticket == bindparam("of_ticket"),
        _CLOCKS.c.kind == bindparam("of_kind"),
        _CLOCKS.c.subject == bindparam("of_subject"),
        _CLOCKS.c.cycle == bindparam("of_cycle"),
    )
)


def sweep(tx: Tx, *, now: datetime, most: int = 100) -> int:
    """Write down the warnings and breaches that have come due; how many, so that the caller knows whether to go on.

    Each carries the instant at which it happened. After a stop that outlasted both, only the breach is told.
    """
    due = tx.all(_DUE, now=now, most=most)
    _stamp(tx, due, now=now)
    return len(due)


def sweep_one(tx: Tx, ticket: int, key: tuple[str, str, int], *, now: datetime) -> None:
    """Do so for one clock of a ticket, by its kind, subject and cycle: if it has come due."""
    kind, subject, cycle = key
    _stamp(
        tx,
        tx.all(_ONE_DUE, of_ticket=ticket, of_kind=kind, of_subject=subject, of_cycle=cycle, now=now),
        now=now,
    )


def _stamp(tx: Tx, due: Sequence[Row], *, now: datetime) -> None:
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
