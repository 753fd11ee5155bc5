"""Supervising: a solved ticket becomes closed when the supervisor, or time, has confirmed it."""

from datetime import datetime

from sqlalchemy import bindparam, select

from tickets import ticket as tickets_
from tickets.actions.errors import NotAllowedError, RuleError
from tickets.actions.rights import require
from tickets.actor import SYSTEM, Actor, Role
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.writer import Tx
from tickets.lifecycle import Status
from tickets.tables import Ticket
from tickets.ticket import TicketNow

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_SILENT = Prepared(
    select(_TICKETS.c.number)
    .where(_TICKETS.c.desk == bindparam("desk"), _TICKETS.c.status == "solved", _TICKETS.c.solved_at <= bindparam("until"))
    .order_by(_TICKETS.c.number)
    .limit(bindparam("most"))
)  # fmt: skip


def verify(tx: Tx, number: int, *, by: Actor, at: datetime) -> TicketNow:
    """Confirm a solved ticket: it is closed. Nobody verifies what they hold themselves."""
    ticket = tickets_.load(tx, number)
    require(by, Role.SUPERVISOR, ticket.desk)
    if ticket.status is Status.CLOSED:
        return ticket
    if ticket.status is not Status.SOLVED:
        raise RuleError(
            f"ticket #{number} is {ticket.status}; only what is solved can be verified",
            ticket=number,
            status=str(ticket.status),
        )
    if by.id and by.id == ticket.assignee:
        raise NotAllowedError("nobody verifies their own ticket")
    return _close(tx, ticket, by=by, at=at)


def close_silent(tx: Tx, *, desk: str, solved_until: datetime, at: datetime, most: int = 100) -> list[int]:
    """Close what was solved up to an instant and stayed silent; the tickets' numbers."""
    numbers = [row.number for row in tx.all(_SILENT, desk=desk, until=solved_until, most=most)]
    for number in numbers:
        _close(tx, tickets_.load(tx, number), by=SYSTEM, at=at)
    return numbers


def _close(tx: Tx, ticket: TicketNow, *, by: Actor, at: datetime) -> TicketNow:
    append(tx, "ticket.closed", desk=ticket.desk, ticket=ticket.number, at=at, actor=by.key)
    return tickets_.change(
        tx, ticket, at=at, status=Status.CLOSED, closed_at=at, verified_by=by.key if by.is_person else None
    )
