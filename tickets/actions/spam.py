"""Spam: a ticket that nobody asked for leaves the desk and its statistics, visibly, and can come back."""

from datetime import datetime

from sqlalchemy import bindparam, select

from tickets import ticket as tickets_
from tickets.actions.errors import RuleError
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.tables import Event
from tickets.ticket import TicketNow

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_MARKED = Prepared(
    select(_EVENTS.c.at, _EVENTS.c.data)
    .where(_EVENTS.c.ticket == bindparam("ticket"), _EVENTS.c.kind == "ticket.spam")
    .order_by(_EVENTS.c.id.desc())
    .limit(1)
)


def mark_spam(tx: Tx, number: int, *, by: Actor, at: datetime, reason: str | None = None) -> TicketNow:
    """Throw the ticket out: its clocks end, reports leave it out, nobody is told anything."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if ticket.spam_at is not None:
        return ticket
    if ticket.merged_into is not None:
        raise RuleError(f"ticket #{number} is part of #{ticket.merged_into}", ticket=ticket.merged_into)
    append(
        tx, "ticket.spam", desk=ticket.desk, ticket=number, at=at, actor=by.key, reason=reason,
        before={"status": str(ticket.status), "closed_at": _text(ticket.closed_at), "verified_by": ticket.verified_by},
    )  # fmt: skip
    return tickets_.change(
        tx,
        ticket,
        at=at,
        spam_at=at,
        status=Status.CLOSED,
        closed_at=ticket.closed_at or at,
        snoozed_until=None,
    )


def restore(tx: Tx, number: int, *, by: Actor, at: datetime) -> TicketNow:
    """Take the ticket back: it stands as before, and its clocks as if it had never been thrown out.

    If the contact has opened another one meanwhile, that one stays their current one.
    """
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if ticket.spam_at is None:
        return ticket
    marked = tx.one(_MARKED, ticket=number)
    assert marked is not None
    before = marked.data["before"]
    append(
        tx, "ticket.restored", desk=ticket.desk, ticket=number, at=at, actor=by.key,
        gone_at=ticket.spam_at.isoformat(),
    )  # fmt: skip
    status = Status(before["status"])
    closed_at = datetime.fromisoformat(before["closed_at"]) if before["closed_at"] else None
    return tickets_.change(
        tx, ticket, at=at, spam_at=None, status=status, closed_at=closed_at, verified_by=before["verified_by"],
        thread=ticket.thread if status is Status.CLOSED else tickets_.free_thread(tx, ticket),
    )  # fmt: skip


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
