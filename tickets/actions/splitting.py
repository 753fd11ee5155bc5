"""Splitting: one conversation turns out to hold two matters. The chosen messages become a ticket of their own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update

from tickets import ticket as tickets_
from tickets.actions.errors import RuleError, UnknownValueError
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.message import Author, Channel, Direction
from tickets.subjects import subject_of
from tickets.tables import Attachment, Message, Outbox, Reference
from tickets.ticket import TicketNow

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_OF_TICKET = Prepared(
    select(
        _MESSAGES.c.id, _MESSAGES.c.at, _MESSAGES.c.said_at, _MESSAGES.c.direction, _MESSAGES.c.author,
        _MESSAGES.c.actor, _MESSAGES.c.automatic, _MESSAGES.c.text, _MESSAGES.c.subject, _MESSAGES.c.external_id,
    )
    .where(_MESSAGES.c.ticket == bindparam("ticket"))
    .order_by(_MESSAGES.c.id)
)  # fmt: skip
_MOVE = Prepared(
    update(_MESSAGES).where(_MESSAGES.c.id == bindparam("message_id")).values(ticket=bindparam("to_ticket"))
)
_MOVE_BESIDE = tuple(
    Prepared(
        update(table).where(table.c.message == bindparam("message_id")).values(ticket=bindparam("to_ticket"))
    )
    for table in (Attachment.__table__, Reference.__table__, Outbox.__table__)  # type: ignore[attr-defined]
)


def split(
    tx: Tx,
    number: int,
    messages: Sequence[int],
    *,
    desk: DeskNow,
    by: Actor,
    at: datetime,
    subject: str | None = None,
) -> TicketNow:
    """Move chosen messages to a new ticket, whose clocks start at the first of them; the new ticket.

    On chat, who takes the contact's newest message takes their current place: what they write next goes there.
    """
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if ticket.status is Status.CLOSED:
        raise RuleError(
            f"ticket #{number} is closed; reopen it first", ticket=number, status=str(ticket.status)
        )
    everything = tx.all(_OF_TICKET, ticket=number)
    chosen = [row for row in everything if row.id in set(messages)]
    if len(chosen) < len(set(messages)):
        raise UnknownValueError(
            f"ticket #{number} has no such message", field="messages", value=str(messages)
        )
    received = [row for row in chosen if row.direction == Direction.IN]
    kept = [row for row in everything if row.direction == Direction.IN and row not in received]
    if not received or not kept:
        raise RuleError("some of the contact's messages go, and some stay", ticket=number)
    new = _open(
        tx, ticket, received, desk=desk, by=by, at=at, subject=subject, newest=received[-1].id > kept[-1].id
    )
    for row in chosen:
        _move(tx, row, new, by=by, at=at)
    append(tx, "ticket.split", desk=ticket.desk, ticket=number, at=at, actor=by.key, into=new.number)
    tickets_.change(tx, tickets_.load(tx, number), at=at)
    if any(row.author == Author.AGENT and row.direction == Direction.OUT for row in chosen):
        return tickets_.change(tx, new, at=at, status=Status.OPEN)
    return new


def _open(
    tx: Tx, ticket: TicketNow, received: Sequence[Row], *, desk: DeskNow, by: Actor, at: datetime,
    subject: str | None, newest: bool,
) -> TicketNow:  # fmt: skip
    first = received[0]
    thread = _thread(tx, ticket, first, newest=newest)
    new = tickets_.create(
        tx, desk=ticket.desk, account=ticket.account, channel=ticket.channel, thread=thread, address=ticket.address,
        contact=ticket.contact, status=str(Status.NEW), subject=subject or subject_of(first.text, first.subject), revision=desk.revision,
        language=ticket.language, created_at=at, updated_at=at, medium=ticket.medium,
    )  # fmt: skip
    append(
        tx, "ticket.opened", desk=ticket.desk, ticket=new.number, at=at, actor=by.key, channel=ticket.channel,
        asks=any(not row.automatic for row in received), revision=desk.revision, split_from=ticket.number,
        since=(first.said_at or first.at).isoformat(),
    )  # fmt: skip
    return new


def _thread(tx: Tx, ticket: TicketNow, first: Row, *, newest: bool) -> str:
    """Return the new ticket's thread; on chat the contact's own if it takes over their current place."""
    if ticket.channel in {Channel.EMAIL, Channel.OTHER}:
        own = f"{first.external_id or 'split'} #{first.id}"
        return own if first.external_id is None else _unless_taken(tx, ticket.account, first.external_id, own)
    if not newest:
        return f"{ticket.thread} #{first.id}"
    tickets_.change(tx, ticket, at=ticket.updated_at, thread=f"{ticket.thread} #{ticket.number}")
    return ticket.thread


def _unless_taken(tx: Tx, account: str, thread: str, otherwise: str) -> str:
    return thread if tickets_.current(tx, account=account, thread=thread) is None else otherwise


def _move(tx: Tx, row: Row, new: TicketNow, *, by: Actor, at: datetime) -> None:
    """Let a message be the new ticket's, with its files and deliveries, and tell its history so."""
    tx.run(_MOVE, message_id=row.id, to_ticket=new.number)
    for statement in _MOVE_BESIDE:
        tx.run(statement, message_id=row.id, to_ticket=new.number)
    if row.direction == Direction.IN:
        append(
            tx, "message.received", desk=new.desk, ticket=new.number, at=at, subject=row.id, actor=row.actor or "contact",
            asks=not row.automatic, automatic=row.automatic, revision=new.revision,
            since=(row.said_at or row.at).isoformat(), moved_by=by.key,
        )  # fmt: skip
    elif row.direction == Direction.OUT and row.author == Author.AGENT:
        append(
            tx, "message.answered", desk=new.desk, ticket=new.number, at=row.at, subject=row.id, actor=row.actor,
            moved_by=by.key,
        )  # fmt: skip
