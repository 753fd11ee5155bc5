"""Reaching somebody who wrote to nobody: an agent writes to a contact first, or names an address for a walk-in.

What a channel allows is asked here, where a person can still choose another way, and not only when it is sent.
"""

import re
from datetime import datetime
from typing import Any

from tickets import contacts, windows
from tickets import ticket as tickets_
from tickets.actions.answering import Words, answer
from tickets.actions.errors import (
    AddressBlockedError,
    CurrentTicketError,
    NeverWroteError,
    NothingToSayError,
    RuleError,
    UnknownValueError,
    WindowClosedError,
)
from tickets.actions.handling import categorise
from tickets.actions.rights import require_agent, require_first_line
from tickets.actor import Actor
from tickets.contacts import AddressNow
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.message import Channel, Person, Place
from tickets.subjects import subject_of
from tickets.ticket import TicketNow

_MAILBOX = re.compile(r"[^\s@<>,;:\"()]{1,64}@[^\s@<>,;:\"()]{3,190}")


def write_first(
    tx: Tx,
    to: str,
    words: Words,
    *,
    desk: DeskNow,
    by: Actor,
    at: datetime,
    category: str | None = None,
) -> tuple[TicketNow, int]:
    """Write to a mailbox, a number or whoever has written before; the new ticket and the message.

    Nobody waits for a first response, so only the resolution is promised.
    """
    require_first_line(by, desk.slug)
    if not words.text.strip() and not words.files:
        raise NothingToSayError("a message needs words or a file")
    address = _address(tx, to, desk=desk, at=at)
    mail = address.channel == Channel.EMAIL
    thread = f"first:{tx.next_id('threads')}" if mail else address.external_id
    if not mail:
        current = tickets_.current(tx, account=address.account, thread=thread)
        if current is not None:
            raise CurrentTicketError(current.number)
    contact = contacts.load_contact(tx, address.contact)
    subject = subject_of(words.text, words.subject)
    ticket = tickets_.create(
        tx, desk=desk.slug, account=address.account, channel=address.channel, thread=thread, address=address.id,
        contact=contact.id, status=str(Status.NEW), subject=subject, revision=desk.revision,
        language=contact.language or desk.desk.language, created_at=at, updated_at=at,
    )  # fmt: skip
    append(
        tx, "ticket.opened", desk=desk.slug, ticket=ticket.number, at=at, actor=by.key, asks=False, outgoing=True,
        revision=desk.revision, channel=address.channel,
    )  # fmt: skip
    if category is not None:
        categorise(tx, ticket.number, category, desk=desk, by=by, at=at)
    said = Words(
        text=words.text,
        files=words.files,
        subject=f"{subject} [#{ticket.number}]" if mail else None,
        as_written=words.as_written,
    )
    return answer(tx, ticket.number, said, by=by, at=at)


def reach(tx: Tx, number: int, to: str, *, desk: DeskNow, by: Actor, at: datetime) -> TicketNow:
    """Let the answers on a ticket that has no address, or was written down by hand, go to one of the contact."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if ticket.channel != Channel.OTHER and ticket.address is not None:
        raise RuleError(f"ticket #{number} has an address already", ticket=number)
    address = _address(tx, to, desk=desk, at=at)
    if ticket.address == address.id:
        return ticket
    append(tx, "ticket.reachable", desk=ticket.desk, ticket=number, at=at, actor=by.key, address=address.id)
    fields: dict[str, Any] = {"address": address.id}
    free = tickets_.current(tx, account=address.account, thread=address.external_id) is None
    if address.channel != Channel.EMAIL and free:  # what they write there next is about this
        return tickets_.change(
            tx, ticket, at=at, account=address.account, thread=address.external_id, **fields
        )
    return tickets_.change(tx, ticket, at=at, account=address.account, **fields)


def _address(tx: Tx, to: str, *, desk: DeskNow, at: datetime) -> AddressNow:
    """Return the address that is meant, a new one for a new mailbox. Raises what its channel does not allow."""
    wanted = to.strip()
    mailbox = wanted.lower() if _MAILBOX.fullmatch(wanted) else None
    found = _known(tx, mailbox or _as_number(wanted), desk)
    if found is None and mailbox is not None:
        found = _new_mailbox(tx, mailbox, desk=desk, at=at)
    if found is None:
        raise NeverWroteError(wanted)
    if found.blocked_at is not None:
        raise AddressBlockedError
    if found.channel in {Channel.TELEGRAM, Channel.WEBCHAT} and found.last_inbound_at is None:
        raise NeverWroteError(wanted)
    if not windows.is_open(found.channel, found.last_inbound_at, at):
        raise WindowClosedError
    return found


def _as_number(wanted: str) -> str:
    """Return a telephone number as channels write it; anything else stays as it is."""
    digits = re.sub(r"[\s.()-]", "", wanted)
    if re.fullmatch(r"0[1-9]\d{6,13}", digits):
        return f"+62{digits[1:]}"
    return digits if re.fullmatch(r"\+?\d+", digits) else wanted


def _known(tx: Tx, external_id: str, desk: DeskNow) -> AddressNow | None:
    for account in desk.desk.accounts:
        found = contacts.address_at(tx, account=account.key, external_id=external_id)
        if found is not None:
            return found
    return None


def _new_mailbox(tx: Tx, mailbox: str, *, desk: DeskNow, at: datetime) -> AddressNow:
    account = next((each for each in desk.desk.accounts_on(Channel.EMAIL) if not each.off), None)
    if account is None:
        raise UnknownValueError(f"{desk.slug} has no mailbox", field="to", value=mailbox)
    place = Place(account=account.key, channel=Channel.EMAIL, address=mailbox)
    return contacts.meet(tx, desk=desk.slug, place=place, person=Person(address=mailbox), at=at)[0]
