"""Second thoughts: words of a person that are changed or taken back after they were written.

What still waits is changed where it waits. What has left is changed where the channel can; else whoever asks is told
that it cannot. What was said before stays with the message. A note is changed in the ledger alone.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from tickets import contacts, unsent
from tickets import ticket as tickets_
from tickets.actions.errors import (
    CannotChangeError,
    CannotTakeBackError,
    NotAllowedError,
    NotArrivedError,
    NothingToSayError,
    RuleError,
    UnfilledError,
    UnknownValueError,
)
from tickets.actions.rights import require_agent, require_helper, require_on
from tickets.actor import Actor, Role
from tickets.gaps import gaps_in
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.message import Author, Channel, Delivery, Direction
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.revocable import may_amend, may_withdraw
from tickets.tables import Edit, Message

AMENDED, WITHDRAWN = "message.amended", "message.withdrawn"
AMEND, WITHDRAW = "amend", "withdraw"  # what the outbox calls them

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_MESSAGE = Prepared(select(_MESSAGES).where(_MESSAGES.c.id == bindparam("id")))
_REWRITE = Prepared(
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("key"))
    .values(text=bindparam("text"), edited_at=bindparam("at"))
)
_WITHDRAW = Prepared(
    update(_MESSAGES).where(_MESSAGES.c.id == bindparam("key")).values(withdrawn_at=bindparam("at"))
)
_INSERT_EDIT = inserting(Edit)
_LEFT = frozenset({Delivery.SENDING, Delivery.SENT, Delivery.DELIVERED, Delivery.READ})


def is_note(tx: Tx, message: int) -> bool:
    row = tx.one(_MESSAGE, id=message)
    return row is not None and row.direction == Direction.NOTE


def is_withdrawn(tx: Tx, message: int) -> bool:
    row = tx.one(_MESSAGE, id=message)
    return row is not None and row.withdrawn_at is not None


def ticket_of(tx: Tx, message: int) -> int | None:
    row = tx.one(_MESSAGE, id=message)
    return None if row is None else row.ticket


def amend(tx: Tx, number: int, message: int, text: str, *, by: Actor, at: datetime) -> None:
    """Let a person's message say something else, to the contact too where it is an answer."""
    row = _theirs(tx, number, message, by=by)
    if not text.strip():
        raise NothingToSayError("an answer needs words")
    if text == row.text:
        return
    gaps = [gap for gap in gaps_in(text) if gap not in gaps_in(row.text)]
    if gaps and row.direction == Direction.OUT:
        raise UnfilledError(gaps)
    edit = tx.next_id("edits")
    if row.direction == Direction.OUT and row.address is not None and not unsent.reword(tx, message, text):
        _require_left(row, number)
        if not may_amend(Channel(row.channel)):
            raise CannotChangeError(f"{row.channel} cannot change message {message}", ticket=number)
        _queue(tx, row, AMEND, dedup=f"amend:{edit}", at=at, text=text, before=row.text)
    tx.run(_INSERT_EDIT, id=edit, message=message, at=at, text=row.text)
    tx.run(_REWRITE, key=message, text=text, at=at)
    append(tx, AMENDED, desk=row.desk, ticket=number, at=at, subject=message, actor=by.key)


def withdraw(tx: Tx, number: int, message: int, *, by: Actor, at: datetime) -> None:
    """Take a person's message back, from the contact too where it is an answer."""
    row = _theirs(tx, number, message, by=by)
    if row.direction == Direction.OUT and row.address is not None and not unsent.recall(tx, message, at=at):
        _require_left(row, number)
        if not may_withdraw(Channel(row.channel), left_at=row.at, now=at):
            raise CannotTakeBackError(f"{row.channel} cannot take message {message} back", ticket=number)
        _queue(tx, row, WITHDRAW, dedup=f"withdraw:{message}", at=at)
    tx.run(_WITHDRAW, key=message, at=at)
    append(
        tx, WITHDRAWN, desk=row.desk, ticket=number, at=at, subject=message, actor=by.key,
        note=row.direction == Direction.NOTE,
    )  # fmt: skip


def did_not_pass(tx: Tx, message: int, *, act: str, before: str | None, reason: str, at: datetime) -> None:
    """The provider refused it after all: the ledger says again what the contact sees."""
    row = tx.one(_MESSAGE, id=message)
    if row is None:
        return
    if act == WITHDRAW:
        tx.run(_WITHDRAW, key=message, at=None)
    elif before is not None:
        tx.run(_INSERT_EDIT, id=tx.next_id("edits"), message=message, at=at, text=row.text)
        tx.run(_REWRITE, key=message, text=before, at=at)
    append(
        tx, f"message.{act}_failed", desk=row.desk, ticket=row.ticket, at=at, subject=message, reason=reason
    )


def _theirs(tx: Tx, number: int, message: int, *, by: Actor) -> Row:
    ticket = tickets_.load(tx, number)
    require_on(by, Role.AGENT, ticket)
    row = tx.one(_MESSAGE, id=message)
    if row is None or row.ticket != number or row.direction == Direction.IN or row.author != Author.AGENT:
        raise UnknownValueError(
            f"ticket #{number} has no such message of a person", field="message", value=str(message)
        )
    if row.direction == Direction.NOTE:
        require_helper(by, ticket)
    else:
        require_agent(by, ticket)
    if row.actor != by.key and not by.may(Role.SUPERVISOR, ticket.desk):
        raise NotAllowedError(f"{by.key} did not write message {message}")
    if row.withdrawn_at is not None:
        raise RuleError(f"message {message} was taken back", ticket=number)
    return row


def _require_left(row: Row, number: int) -> None:
    if Delivery(row.delivery or "queued") not in _LEFT:
        raise NotArrivedError(f"message {row.id} did not arrive", ticket=number)


def _queue(tx: Tx, row: Row, act: str, *, dedup: str, at: datetime, **payload: Any) -> None:
    """Queue it behind the message itself. It names no message of its own: what becomes of it is no delivery."""
    address = contacts.load_address(tx, row.address)
    place = {"account": address.account, "channel": address.channel, "address": address.external_id}
    enqueue(
        tx, dedup=dedup, account=address.account, audience=Audience.CONTACT, act=act,
        order_key=f"contact:{address.id}", priority=Priority.ANSWER, desk=row.desk, ticket=row.ticket, at=at,
        payload={"place": place, "of": row.id, **payload},
    )  # fmt: skip
