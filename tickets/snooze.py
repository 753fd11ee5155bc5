"""Sleeping tickets: out of sight until an instant, or until the contact writes. Their clocks run on meanwhile."""

from datetime import datetime

from sqlalchemy import bindparam, select

from tickets import ticket as tickets_
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import Ticket
from tickets.ticket import TicketNow

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_DUE = Prepared(
    select(_TICKETS.c.number)
    .where(_TICKETS.c.snoozed_until <= bindparam("now"))
    .order_by(_TICKETS.c.snoozed_until)
    .limit(bindparam("most"))
)


def wake(tx: Tx, ticket: TicketNow, *, actor: str, at: datetime) -> TicketNow:
    """Bring a sleeping ticket back into sight; nothing happens to one that is awake."""
    if ticket.snoozed_until is None:
        return ticket
    append(tx, "ticket.woken", desk=ticket.desk, ticket=ticket.number, at=at, actor=actor)
    return tickets_.change(tx, ticket, at=at, snoozed_until=None)


def wake_due(tx: Tx, *, now: datetime, most: int = 100) -> int:
    """Wake what has slept long enough; how many, so that the caller knows whether to go on."""
    due = tx.all(_DUE, now=now, most=most)
    for row in due:
        wake(tx, tickets_.load(tx, row.number), actor="system", at=now)
    return len(due)
