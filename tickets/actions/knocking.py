"""The window of a channel: asking a contact for a word while it is closed, and taking back what waits for one."""

from datetime import datetime

from sqlalchemy import bindparam, select

from tickets import contacts, parked, windows
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actions.answering import Words
from tickets.actions.errors import (
    AddressBlockedError,
    KnockedError,
    NothingWaitsError,
    RuleError,
    WindowOpenError,
)
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.contacts import AddressNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.message import Delivery
from tickets.tables import Message

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_KNOCK = Prepared(
    select(_MESSAGES.c.at, _MESSAGES.c.delivery).where(_MESSAGES.c.id == bindparam("message")).limit(1)
)
_TEXT = Prepared(select(_MESSAGES.c.text).where(_MESSAGES.c.id == bindparam("id")))


def knock(tx: Tx, number: int, words: Words, *, by: Actor, at: datetime) -> int:
    """Ask the contact for a word with an approved template, once in each silence of theirs; the message.

    It tells them that an answer is there, so it meets the response clocks, as long as it arrives.
    """
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if ticket.address is None:
        raise RuleError(f"ticket #{number} has no address to write to", ticket=number)
    address = contacts.load_address(tx, ticket.address)
    if is_open(tx, number, address, at):
        raise WindowOpenError(f"the contact of #{number} can be answered in free words", ticket=number)
    if address.blocked_at is not None:
        raise AddressBlockedError(number)
    knocked_at = asked_at(tx, address)
    if knocked_at is not None:
        raise KnockedError(number, knocked_at)
    message = answering.say_automatically(tx, ticket, words, at=at, kind="knock", by=by)
    if message is None:
        raise RuleError(f"the contact of #{number} wants no more messages", ticket=number)
    contacts.change_address(tx, address.id, knock=message)
    append(tx, "contact.knocked", desk=ticket.desk, ticket=number, at=at, subject=message, actor=by.key)
    return message


def withdraw(tx: Tx, number: int, *, by: Actor, at: datetime) -> tuple[str, ...]:
    """Take back the answers that wait for the contact to write; what they said, for whoever wants to use it again."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    taken = parked.withdraw(tx, number, by=by, at=at)
    if not taken:
        raise NothingWaitsError(f"nothing on #{number} waits for the contact to write", ticket=number)
    return tuple(row.text for row in (tx.one(_TEXT, id=message) for message in taken) if row is not None)


def is_open(tx: Tx, ticket: int, address: AddressNow, at: datetime) -> bool:
    """Return whether the contact can be answered in free words; an answer that waits is the provider's no."""
    return windows.is_open(address.channel, address.last_inbound_at, at) and not parked.waiting_on(tx, ticket)


def asked_at(tx: Tx, address: AddressNow) -> datetime | None:
    """Return when the contact was asked for a word since they last wrote; None if they were not, or it never arrived."""
    row = None if address.knock is None else tx.one(_KNOCK, message=address.knock)
    if row is None or row.delivery == Delivery.FAILED:
        return None
    heard_at, asked = address.last_inbound_at, row.at
    return None if heard_at is not None and asked < heard_at else asked
