"""Answering: what a person or the bot says to a contact, and the notes that never leave the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from tickets import collisions, contacts
from tickets import ticket as tickets_
from tickets.actions import mentioning
from tickets.actions.errors import (
    AddressBlockedError,
    CollisionError,
    NothingToSayError,
    OptedOutError,
    RuleError,
    UnfilledError,
)
from tickets.actions.rights import require_agent, require_helper
from tickets.actor import BOT, Actor
from tickets.attachments import store_files
from tickets.contacts import AddressNow
from tickets.gaps import gaps_in
from tickets.ledger.blobs import Stored
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status, after_answer
from tickets.message import Author, Button, Channel, Direction
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.tables import Message
from tickets.ticket import TicketNow

NOT_HELD = timedelta()
WAS, WITH = (
    "was",
    "with",
)  # in events of a held answer: the status before it, and the answer that they came with

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Message)
_CHAIN = Prepared(
    select(_MESSAGES.c.external_id, _MESSAGES.c.direction)
    .where(_MESSAGES.c.ticket == bindparam("ticket"), _MESSAGES.c.external_id.is_not(None))
    .order_by(_MESSAGES.c.id.desc())
    .limit(20)
)
_CHAIN_BEGINS = Prepared(
    select(_MESSAGES.c.external_id)
    .where(_MESSAGES.c.ticket == bindparam("ticket"), _MESSAGES.c.external_id.is_not(None))
    .order_by(_MESSAGES.c.id)
    .limit(1)
)
_LAST_SUBJECT = Prepared(
    select(_MESSAGES.c.subject)
    .where(_MESSAGES.c.ticket == bindparam("ticket"), _MESSAGES.c.direction == "in")
    .order_by(_MESSAGES.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said to a contact."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[Stored, ...] = ()
    subject: str | None = None  # email: instead of "Re: …"
    template: Mapping[str, Any] | None = None  # provider's approved template: content_sid, variables
    formatted: bool = False  # what the bot says: it has marks; what people say may have them always
    reply: str | None = None  # the reply template that it is, which may have an approved one
    began_as: str | None = None  # the reply template from which somebody made it
    as_written: bool = False  # its braces are meant: it was filled in, or whoever wrote it says so


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was said, or was to be said, and is given back to whoever wrote it."""

    text: str
    files: tuple[Stored, ...]


def answer(
    tx: Tx,
    number: int,
    words: Words,
    *,
    by: Actor,
    at: datetime,
    wait: bool = False,
    seen: int | None = None,
    hold: timedelta = NOT_HELD,
) -> tuple[TicketNow, int]:
    """Answer as a person; the ticket as it stands then, and the message. With `wait` it waits for the contact.

    `seen` is the newest message that they were shown: a colleague's answer since then raises CollisionError; a
    placeholder that nobody filled in raises UnfilledError. It leaves after `hold`, and can be undone until then. Meets the response clocks at `at`. Whoever answers an unassigned ticket holds it from then on.
    """
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    require_words(words)
    if ticket.status is Status.CLOSED:
        raise RuleError(
            f"ticket #{number} is closed; reopen it first", ticket=number, status=str(ticket.status)
        )
    collision = None if seen is None else collisions.unseen(tx, ticket, by=by, seen=seen)
    if collision is not None:
        raise CollisionError(number, collision)
    _require_listener(tx, ticket)
    message = _say(tx, ticket, words, author=Author.AGENT, by=by, automatic=False, at=at, hold=hold)
    held = {WAS: str(ticket.status)} if hold else {}
    told = {WITH: str(message)} if hold else {}
    append(tx, "message.answered", desk=ticket.desk, ticket=number, at=at, subject=message, actor=by.key,
           **_chosen(words), **held)  # fmt: skip
    status = after_answer(ticket.status)
    if ticket.status is Status.WAITING and not wait:
        append(tx, "ticket.resumed", desk=ticket.desk, ticket=number, at=at, actor=by.key, **told)
    if wait and ticket.status is not Status.SOLVED:
        append(tx, "ticket.waiting", desk=ticket.desk, ticket=number, at=at, actor=by.key, **told)
        status = Status.WAITING
    fields: dict[str, Any] = {"status": status}
    if ticket.assignee is None and by.id and by.kind == "staff":
        append(tx, "ticket.assigned", desk=ticket.desk, ticket=number, at=at, actor=by.key, to=by.id)
        fields |= {"assignee": by.id, "assigned_by": by.key}
    return tickets_.change(tx, ticket, at=at, **fields), message


def require_words(words: Words) -> None:
    """Raise NothingToSayError or UnfilledError unless these are words that can go to a contact."""
    if not words.text.strip() and not words.files:
        raise NothingToSayError("an answer needs words or a file")
    gaps = () if words.as_written else gaps_in(words.text)
    if gaps:
        raise UnfilledError(gaps)


def _chosen(words: Words) -> dict[str, str]:
    """Return for the history which reply template was chosen: the next of its kind is offered by it."""
    reply = words.began_as or words.reply
    return {"reply": reply} if reply is not None else {}


def note(tx: Tx, number: int, text: str, *, by: Actor, at: datetime, files: Sequence[Stored] = ()) -> int:
    """Write an internal note; nothing of it is ever queued for a contact.

    A note of the second line carries the name of the team that has the ticket. Whom it names by an `@` is told.
    """
    ticket = tickets_.load(tx, number)
    require_helper(by, ticket)
    if not text.strip() and not files:
        raise NothingToSayError("a note needs words or a file")
    return put_note(tx, ticket, text, by=by, at=at, files=files)


def put_note(
    tx: Tx, ticket: TicketNow, text: str, *, by: Actor, at: datetime, files: Sequence[Stored] = ()
) -> int:
    """Write a note of somebody whose right to it another act has looked at."""
    number = ticket.number
    team = ticket.team if by.helps is not None else None
    message = tx.next_id("messages")
    tx.run(
        _INSERT, id=message, at=at, desk=ticket.desk, ticket=number, account=ticket.account, channel=ticket.channel,
        direction=str(Direction.NOTE), author=str(Author.AGENT if by.is_person else Author.BOT), actor=by.key, text=text,
        team=team,
    )  # fmt: skip
    store_files(tx, files, message=message, ticket=number, account=ticket.account, at=at)
    told = {"team": team} if team is not None else {}
    append(tx, "message.noted", desk=ticket.desk, ticket=number, at=at, subject=message, actor=by.key, **told)
    mentioning.mention(tx, ticket, message, text, by=by, at=at)
    tickets_.change(tx, ticket, at=at)
    return message


def say_automatically(
    tx: Tx, ticket: TicketNow, words: Words, *, at: datetime, kind: str, template: str | None = None,
    by: Actor = BOT,
) -> int | None:  # fmt: skip
    """Let the bot say something on a ticket; None where the contact asked for no more of it.

    `kind` says for the history why it speaks (`confirmed`, `answered`, `closed`, …), `template` which reply it sent,
    `by` who let it.
    """
    if ticket.address is None or _wants_nothing(contacts.load_address(tx, ticket.address)):
        return None
    message = _say(tx, ticket, words, author=Author.BOT, by=by, automatic=True, at=at, kind=kind)
    append(
        tx, "message.automatic", desk=ticket.desk, ticket=ticket.number, at=at, subject=message, actor=by.key,
        why=kind, template=template,
    )  # fmt: skip
    return message


def _require_listener(tx: Tx, ticket: TicketNow) -> None:
    """Raise if nothing may be said to whom the ticket answers."""
    address = None if ticket.address is None else contacts.load_address(tx, ticket.address)
    if address is not None and address.blocked_at is not None:
        raise AddressBlockedError(ticket.number)
    if address is not None and address.wants_silence:
        raise OptedOutError(ticket.number)


def _wants_nothing(address: AddressNow) -> bool:
    return address.stopped_at is not None or address.blocked_at is not None


def say_outside(
    tx: Tx, desk: str, address: AddressNow, words: Words, *, at: datetime, replies_to: str | None
) -> int:
    """Let the bot answer somebody who has no ticket: a welcome, the answer to a question for the state."""
    message = tx.next_id("messages")
    _store(tx, message, words, desk=desk, ticket=None, account=address.account, channel=address.channel,
           address=address.id, author=Author.BOT, by=BOT, automatic=True, at=at)  # fmt: skip
    payload = _payload(words, address, subject=words.subject, references=[replies_to] if replies_to else [],
                       replies_to=replies_to, automatic=True)  # fmt: skip
    _queue(tx, message, payload, desk=desk, ticket=None, account=address.account, address=address.id,
           priority=Priority.ANSWER, at=at)  # fmt: skip
    append(tx, "message.automatic", desk=desk, at=at, subject=message, actor="bot", why="outside")
    return message


def _say(
    tx: Tx, ticket: TicketNow, words: Words, *, author: Author, by: Actor, automatic: bool, at: datetime,
    kind: str | None = None, hold: timedelta = NOT_HELD,
) -> int:  # fmt: skip
    message = tx.next_id("messages")
    address = contacts.load_address(tx, ticket.address) if ticket.address is not None else None
    _store(tx, message, words, desk=ticket.desk, ticket=ticket.number, account=ticket.account,
           channel=address.channel if address else ticket.channel, address=ticket.address, author=author, by=by,
           automatic=automatic, at=at)  # fmt: skip
    store_files(tx, words.files, message=message, ticket=ticket.number, account=ticket.account, at=at)
    if address is None:
        return message  # a walk-in: it was said by mouth
    subject: str | None = None
    references: list[str] = []
    replies_to: str | None = None
    if address.channel == Channel.EMAIL:
        subject = words.subject or _mail_subject(tx, ticket)
        references, replies_to = _mail_chain(tx, ticket)
    payload = _payload(words, address, subject=subject, references=references, replies_to=replies_to,
                       automatic=automatic, kind=kind)  # fmt: skip
    _queue(tx, message, payload, desk=ticket.desk, ticket=ticket.number, account=address.account, address=address.id,
           priority=Priority.ANSWER, at=at, hold=hold)  # fmt: skip
    return message


def _store(
    tx: Tx, message: int, words: Words, *, desk: str, ticket: int | None, account: str, channel: str,
    address: int | None, author: Author, by: Actor, automatic: bool, at: datetime,
) -> None:  # fmt: skip
    tx.add(
        _INSERT, id=message, at=at, desk=desk, ticket=ticket, account=account, channel=channel,
        direction=str(Direction.OUT), author=str(author), actor=by.key, address=address, text=words.text,
        subject=words.subject, automatic=automatic, delivery="queued" if address is not None else None,
        formatted=words.formatted or not automatic,
    )  # fmt: skip


def _payload(
    words: Words, address: AddressNow, *, subject: str | None, references: list[str], replies_to: str | None,
    automatic: bool, kind: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return what the delivery worker needs to make an `Outgoing`; files are found by the message."""
    full = {
        "place": {"account": address.account, "channel": address.channel, "address": address.external_id},
        "text": words.text,
        "buttons": [[[button.label, button.data] for button in row] for row in words.buttons],
        "subject": subject,
        "references": references,
        "replies_to": replies_to,
        "automatic": automatic,
        "kind": kind,
        "formatted": words.formatted or not automatic,
        "reply": words.reply,
        "template": dict(words.template) if words.template else None,
        "files": bool(words.files),
    }
    return {key: value for key, value in full.items() if value}


def _queue(
    tx: Tx, message: int, payload: dict[str, Any], *, desk: str, ticket: int | None, account: str, address: int,
    priority: Priority, at: datetime, hold: timedelta = NOT_HELD,
) -> None:  # fmt: skip
    enqueue(
        tx, dedup=f"message:{message}", account=account, audience=Audience.CONTACT, act="message",
        order_key=f"contact:{address}", priority=priority, desk=desk, ticket=ticket, message=message, payload=payload,
        at=at, not_before=at + hold, fresh=True,
    )  # fmt: skip


def _mail_subject(tx: Tx, ticket: TicketNow) -> str:
    row = tx.one(_LAST_SUBJECT, ticket=ticket.number)
    subject = (row.subject if row is not None else None) or ticket.subject or ""
    while subject[:3].lower() == "re:":
        subject = subject[3:].strip()
    mark = f"[#{ticket.number}]"
    return f"Re: {subject}".strip() if mark in subject else f"Re: {subject} {mark}".replace("  ", " ")


def _mail_chain(tx: Tx, ticket: TicketNow) -> tuple[list[str], str | None]:
    """Return the newest mails after the first, by which every mail program knows the conversation; the one answered."""
    newest_first = tx.all(_CHAIN, ticket=ticket.number)
    begins = (row.external_id for row in tx.all(_CHAIN_BEGINS, ticket=ticket.number))
    chain = list(dict.fromkeys([*begins, *(row.external_id for row in reversed(newest_first))]))
    answered = next((row.external_id for row in newest_first if row.direction == "in"), None)
    return chain, answered
