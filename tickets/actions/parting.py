"""Parting: one message asks for several things. The words of one of them become a ticket of their own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from tickets import matters, predictions
from tickets import ticket as tickets_
from tickets.actions.errors import RuleError, UnknownValueError
from tickets.actions.handling import categorise
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.matters import SeenMatter
from tickets.message import Author, Direction
from tickets.subjects import subject_of
from tickets.tables import Message
from tickets.ticket import TicketNow

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Message)
_MESSAGE = Prepared(
    select(
        _MESSAGES.c.id, _MESSAGES.c.at, _MESSAGES.c.said_at, _MESSAGES.c.text, _MESSAGES.c.external_id, _MESSAGES.c.channel,
        _MESSAGES.c.account, _MESSAGES.c.address, _MESSAGES.c.sender_name, _MESSAGES.c.sender_address,
    ).where(_MESSAGES.c.id == bindparam("id"))
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Parted:
    ticket: TicketNow  # the new one
    message: int  # the words in it


def part(tx: Tx, number: int, category: str, *, desk: DeskNow, by: Actor, at: datetime) -> Parted:
    """Open a ticket for one of the matters that were seen in a message.

    It has the words of that matter, its category, and clocks that start when the message came. If one other matter is left,
    the ticket that stays is about that. What the contact writes next goes where it went before.
    """
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if ticket.status is Status.CLOSED:
        raise RuleError(
            f"ticket #{number} is closed; reopen it first", ticket=number, status=str(ticket.status)
        )
    several = matters.several_in(tx, ticket)
    matter = several.of(category) if several is not None else None
    row = tx.one(_MESSAGE, id=several.message) if several is not None else None
    if several is None or matter is None or row is None:
        raise UnknownValueError(f"ticket #{number} has no such matter", field="matter", value=category)
    new, message = _open(tx, ticket, row, matter, desk=desk, by=by, at=at)
    append(
        tx, matters.SPLIT, desk=ticket.desk, ticket=number, at=at, actor=by.key, into=new.number, matter=category
    )  # fmt: skip
    new = categorise(tx, new.number, category, desk=desk, by=by, at=at)
    left = [each.category for each in several.matters if each.category != category]
    if len(left) == 1:
        categorise(tx, number, left[0], desk=desk, by=by, at=at)
        predictions.withdraw_example(tx, row.id, by=by, at=at)  # its words are about both
    else:
        tickets_.change(tx, ticket, at=at)
    return Parted(ticket=new, message=message)


def _open(
    tx: Tx, ticket: TicketNow, row: Row, matter: SeenMatter, *, desk: DeskNow, by: Actor, at: datetime
) -> tuple[TicketNow, int]:
    words = row.text[matter.start : matter.end] or row.text
    since = (row.said_at or row.at).isoformat()
    new = tickets_.create(
        tx, desk=ticket.desk, account=ticket.account, channel=ticket.channel, address=ticket.address,
        thread=f"{ticket.thread} #{row.id}.{matter.category}", contact=ticket.contact, status=str(Status.NEW),
        subject=subject_of(words, None), revision=desk.revision, language=ticket.language, created_at=at, updated_at=at,
        medium=ticket.medium,
    )  # fmt: skip
    append(
        tx, "ticket.opened", desk=ticket.desk, ticket=new.number, at=at, actor=by.key, channel=ticket.channel, asks=True,
        revision=desk.revision, split_from=ticket.number, since=since,
    )  # fmt: skip
    message = tx.next_id("messages")
    tx.run(
        _INSERT, id=message, at=at, desk=new.desk, ticket=new.number, account=row.account, channel=row.channel,
        direction=str(Direction.IN), author=str(Author.CONTACT), actor=by.key, address=row.address,
        sender_name=row.sender_name, sender_address=row.sender_address, text=words, said_at=row.said_at or row.at,
    )  # fmt: skip
    append(
        tx, "message.received", desk=new.desk, ticket=new.number, at=at, subject=message, actor=by.key, asks=True,
        automatic=False, revision=new.revision, since=since,
    )  # fmt: skip
    return new, message
