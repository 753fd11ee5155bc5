"""Taking in: what was said becomes a message of a ticket, once, in one transaction.

The row of `inbound` comes first: its key is the provider's event, so that the same webhook, mail or form twice is one
message. Then the address (the lock of one order per contact), the ticket found or made, the message with its files,
the events and with them the clocks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from tickets import contacts
from tickets import ticket as tickets_
from tickets.contacts import AddressNow, ContactNow
from tickets.desk import DeskNow
from tickets.ledger.blobs import Stored
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, inserting, inserting_once
from tickets.ledger.writer import Tx
from tickets.lifecycle import Arrival, Status, on_message
from tickets.message import Author, Channel, Direction, Edited, Said
from tickets.tables import Address, Attachment, Edit, Inbound, Message, Reference
from tickets.threads import Trace, choose, numbers_in
from tickets.ticket import TicketNow

RAW_INLINE = 64 * 1024  # larger raw events lie among the files

_INBOUND = Inbound.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_REFERENCES = Reference.__table__  # type: ignore[attr-defined]
_GUARD = inserting_once(Inbound)
_GUARDED = Prepared(
    select(_INBOUND.c.processed_at, _INBOUND.c.message).where(
        _INBOUND.c.account == bindparam("account"), _INBOUND.c.event_id == bindparam("event_id")
    )
)
_PROCESSED = Prepared(
    update(_INBOUND)
    .where(_INBOUND.c.account == bindparam("of_account"), _INBOUND.c.event_id == bindparam("of_event"))
    .values(processed_at=bindparam("processed_at"), message=bindparam("message"), error=bindparam("error"))
)
_FAILED = Prepared(
    update(_INBOUND)
    .where(_INBOUND.c.account == bindparam("of_account"), _INBOUND.c.event_id == bindparam("of_event"))
    .values(error=bindparam("error"))
)
_INSERT_MESSAGE = inserting(Message)
_INSERT_ATTACHMENT = inserting(Attachment)
_INSERT_EDIT = inserting(Edit)
_SEEN = Prepared(
    update(_ADDRESSES).where(_ADDRESSES.c.id == bindparam("key")).values(last_inbound_at=bindparam("at"))
)
_MESSAGE_AT = Prepared(
    select(_MESSAGES.c.id, _MESSAGES.c.ticket, _MESSAGES.c.text, _MESSAGES.c.desk)
    .where(_MESSAGES.c.account == bindparam("account"), _MESSAGES.c.external_id == bindparam("external_id"))
    .order_by(_MESSAGES.c.id.desc())
    .limit(1)
)
_OUR_MESSAGE_AT = Prepared(
    select(_REFERENCES.c.ticket)
    .where(
        _REFERENCES.c.account == bindparam("account"), _REFERENCES.c.external_id == bindparam("external_id")
    )
    .limit(1)
)
_PARTICIPANTS = Prepared(
    select(_MESSAGES.c.sender_address, _MESSAGES.c.participants)
    .where(_MESSAGES.c.ticket == bindparam("ticket"), _MESSAGES.c.direction == "in")
    .order_by(_MESSAGES.c.id)
    .limit(200)
)
_REWRITE = Prepared(
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("key"))
    .values(text=bindparam("text"), edited_at=bindparam("at"))
)
_TEXTS = ("event_id", "text", "full_text", "html", "subject", "replies_to", "button", "external_id")
_FUTURE = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read out of the words before the transaction."""

    asks: bool = True  # somebody waits for an answer: not a bare thanks, not automatic mail
    assents: bool = False  # a bare yes or fine: reopens nothing
    opens: bool = True  # it may open a ticket; a bare /start or a question for the state does not
    joins: bool = True  # it may join the current ticket
    language: str | None = None
    suggestions: tuple[tuple[str, float], ...] = ()  # (category, score), best first


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of it."""

    message: int
    ticket: TicketNow | None
    contact: ContactNow
    address: AddressNow  # as it was before this message
    arrival: Arrival | None  # None: a new ticket, or no ticket at all
    opened: bool


def take_in(
    tx: Tx,
    said: Said,
    *,
    desk: DeskNow,
    reading: Reading,
    files: Sequence[Stored],
    raw_sha256: str | None = None,
    at: datetime,
) -> Taken | None:
    """Store what was said; None if it was there already. `at` is the instant of receipt."""
    said = _storable(said)
    if not guard(
        tx, account=said.place.account, event_id=said.event_id, raw=said.raw, raw_sha256=raw_sha256, at=at
    ):
        return None
    address, contact = contacts.meet(tx, desk=desk.slug, place=said.place, person=said.sender, at=at)
    ticket, arrival, opened = _ticket_for(
        tx, said, desk=desk, reading=reading, address=address, contact=contact, at=at
    )
    message = _store_message(tx, said, desk=desk, ticket=ticket, address=address, files=files, at=at)
    tx.run(_SEEN, key=address.id, at=at)
    append(
        tx, "message.received", desk=desk.slug, ticket=ticket.number if ticket else None, at=at, subject=message,
        actor="contact", asks=reading.asks and not said.automatic, automatic=said.automatic,
        revision=ticket.revision if ticket else desk.revision, since=_since(said, at),
    )  # fmt: skip
    tx.run(
        _PROCESSED,
        of_account=said.place.account,
        of_event=said.event_id,
        processed_at=at,
        message=message,
        error=None,
    )
    return Taken(
        message=message, ticket=ticket, contact=contact, address=address, arrival=arrival, opened=opened
    )


def guard(
    tx: Tx, *, account: str, event_id: str, raw: bytes, raw_sha256: str | None = None, at: datetime
) -> bool:
    """Let an event pass once. What came in earlier but was never processed may pass again (a replay)."""
    inline = raw if raw_sha256 is None and len(raw) <= RAW_INLINE else None
    if tx.run(_GUARD, account=account, event_id=event_id, at=at, raw=inline, raw_sha256=raw_sha256):
        return True
    row = tx.one(_GUARDED, account=account, event_id=event_id)
    return row is not None and row.processed_at is None


def processed(tx: Tx, *, account: str, event_id: str, message: int | None, at: datetime) -> None:
    """Mark a guarded event that is no contact's message (a staff command, a receipt) as done."""
    tx.run(_PROCESSED, of_account=account, of_event=event_id, processed_at=at, message=message, error=None)


def keep(
    tx: Tx,
    *,
    account: str,
    event_id: str,
    raw: bytes,
    raw_sha256: str | None = None,
    error: str,
    at: datetime,
) -> None:
    """Keep what could not be processed: raw, visible, to be replayed."""
    if guard(tx, account=account, event_id=event_id, raw=raw, raw_sha256=raw_sha256, at=at):
        tx.run(_FAILED, of_account=account, of_event=event_id, error=error[:1000])


def take_edit(tx: Tx, edited: Edited, *, at: datetime) -> int | None:
    """Change what a message says and keep what it said before; the message, if we have it."""
    if not guard(tx, account=edited.place.account, event_id=edited.event_id, raw=edited.raw, at=at):
        return None
    row = tx.one(_MESSAGE_AT, account=edited.place.account, external_id=edited.external_id)
    processed(
        tx, account=edited.place.account, event_id=edited.event_id, message=row.id if row else None, at=at
    )
    if row is None or row.text == edited.text:
        return None
    tx.run(_INSERT_EDIT, id=tx.next_id("edits"), message=row.id, at=at, text=row.text)
    tx.run(_REWRITE, key=row.id, text=edited.text, at=at)
    append(tx, "message.edited", desk=row.desk, ticket=row.ticket, at=at, subject=row.id, actor="contact")
    return int(row.id)


# -- which ticket -----------------------------------------------------------------------------------------------------


def _ticket_for(
    tx: Tx,
    said: Said,
    *,
    desk: DeskNow,
    reading: Reading,
    address: AddressNow,
    contact: ContactNow,
    at: datetime,
) -> tuple[TicketNow | None, Arrival | None, bool]:
    found = _find(tx, said, joins=reading.joins)
    asks = reading.asks and not said.automatic
    if found is not None:
        over = found.status in {Status.SOLVED, Status.CLOSED}
        asks = asks and not (over and reading.assents)
        arrival = on_message(
            found.status, asks=asks, closed_at=found.closed_at, reopen_within=desk.desk.reopen_within, at=at
        )
        if arrival is not Arrival.FOLLOW_UP:
            return _arrived(tx, found, arrival, said, desk=desk, at=at), arrival, False
    if not reading.opens:
        return None, None, False
    opened = _open(
        tx,
        said,
        desk=desk,
        reading=reading,
        address=address,
        contact=contact,
        linked_to=found,
        asks=asks,
        at=at,
    )
    return opened, Arrival.FOLLOW_UP if found else None, True


def _find(tx: Tx, said: Said, *, joins: bool) -> TicketNow | None:
    if not joins:
        return None
    if said.place.channel is not Channel.EMAIL:
        return tickets_.current(tx, account=said.place.account, thread=said.place.address) or tickets_.newest(
            tx, account=said.place.account, thread=said.place.address
        )
    number = choose(
        sender=said.sender.address,
        by_reference=_referred(tx, said),
        by_number=_numbered(tx, said),
    )
    return None if number is None else tickets_.load(tx, number)


def _referred(tx: Tx, said: Said) -> Iterable[Trace]:
    account = said.place.account
    for reference in reversed(said.references):
        ours = tx.one(_OUR_MESSAGE_AT, account=account, external_id=reference)
        row = ours or tx.one(_MESSAGE_AT, account=account, external_id=reference)
        if row is not None and row.ticket is not None:
            yield Trace(ticket=row.ticket, ours=ours is not None, participants=_participants(tx, row.ticket))


def _numbered(tx: Tx, said: Said) -> Iterable[Trace]:
    for number in numbers_in(said.subject)[:5]:
        try:
            found = tickets_.load(tx, number)
        except tickets_.NoSuchTicketError:
            continue
        if found.account == said.place.account:
            yield Trace(ticket=number, ours=False, participants=_participants(tx, number))


def _participants(tx: Tx, ticket: int) -> frozenset[str]:
    found: set[str] = set()
    for row in tx.all(_PARTICIPANTS, ticket=ticket):
        found.add(row.sender_address)
        found.update(row.participants or ())
    return frozenset(found)


def _arrived(
    tx: Tx, ticket: TicketNow, arrival: Arrival, said: Said, *, desk: DeskNow, at: datetime
) -> TicketNow:
    if arrival is Arrival.REOPEN:
        return reopen(tx, ticket, desk=desk, actor="contact", asks=True, since=_since(said, at), at=at)
    if arrival is Arrival.RESUME:
        append(tx, "ticket.resumed", desk=ticket.desk, ticket=ticket.number, at=at, actor="contact")
        return tickets_.change(tx, ticket, at=at, status=Status.OPEN)
    return tickets_.change(tx, ticket, at=at)


def reopen(
    tx: Tx,
    ticket: TicketNow,
    *,
    desk: DeskNow,
    actor: str,
    asks: bool,
    at: datetime,
    since: str | None = None,
) -> TicketNow:
    """Take a solved or closed ticket up again: a new cycle of its clocks, the old figures stay."""
    append(
        tx, "ticket.reopened", desk=ticket.desk, ticket=ticket.number, at=at, actor=actor, asks=asks,
        revision=desk.revision, since=since, cycle=ticket.cycle + 1,
    )  # fmt: skip
    return tickets_.change(
        tx, ticket, at=at, status=Status.OPEN, solved_at=None, closed_at=None, verified_by=None,
        cycle=ticket.cycle + 1, revision=desk.revision,
    )  # fmt: skip


def _open(
    tx: Tx,
    said: Said,
    *,
    desk: DeskNow,
    reading: Reading,
    address: AddressNow,
    contact: ContactNow,
    linked_to: TicketNow | None,
    asks: bool,
    at: datetime,
) -> TicketNow:
    mail = said.place.channel is Channel.EMAIL
    thread = said.external_id if mail else said.place.address
    if mail and tickets_.current(tx, account=said.place.account, thread=thread) is not None:
        thread = f"{thread} {said.event_id}"  # another mail under the same Message-ID: such mails exist
    ticket = tickets_.create(
        tx, desk=desk.slug, account=said.place.account, channel=str(said.place.channel), thread=thread,
        address=address.id, contact=contact.id, status=str(Status.NEW), subject=_subject(said),
        suggestions=[list(pair) for pair in reading.suggestions] or None, revision=desk.revision,
        language=reading.language or contact.language, created_at=at, updated_at=at,
        linked_to=linked_to.number if linked_to else None,
    )  # fmt: skip
    append(
        tx, "ticket.opened", desk=desk.slug, ticket=ticket.number, at=at, actor="contact", asks=asks,
        revision=desk.revision, since=_since(said, at), channel=str(said.place.channel),
    )  # fmt: skip
    return ticket


def _subject(said: Said) -> str | None:
    if said.subject:
        return said.subject[:300]
    first_line = said.text.strip().split("\n", 1)[0].strip()
    return first_line[:100] or None


def _since(said: Said, at: datetime) -> str | None:
    """Return the provider's own server time, where it gives one that can be true."""
    if said.said_at is None or said.said_at > at + _FUTURE:
        return None
    return said.said_at.isoformat()


def _store_message(
    tx: Tx,
    said: Said,
    *,
    desk: DeskNow,
    ticket: TicketNow | None,
    address: AddressNow,
    files: Sequence[Stored],
    at: datetime,
) -> int:
    message = tx.next_id("messages")
    location: Any = None
    if said.location is not None:
        location = [said.location.latitude, said.location.longitude, said.location.label]
    tx.run(
        _INSERT_MESSAGE, id=message, at=at, desk=desk.slug, ticket=ticket.number if ticket else None,
        account=said.place.account, channel=str(said.place.channel), direction=str(Direction.IN),
        author=str(Author.CONTACT), address=address.id, sender_name=said.sender.name,
        sender_address=said.sender.address, external_id=said.external_id, event_id=said.event_id,
        subject=said.subject, text=said.text, full_text=said.full_text, html=said.html,
        automatic=said.automatic, bounce=said.bounce, button=said.button, replies_to=said.replies_to,
        location=location, participants=list(said.participants) or None, said_at=said.said_at,
    )  # fmt: skip
    store_files(
        tx,
        files,
        message=message,
        ticket=ticket.number if ticket else None,
        account=said.place.account,
        at=at,
    )
    return message


def store_files(
    tx: Tx, files: Sequence[Stored], *, message: int, ticket: int | None, account: str, at: datetime
) -> None:
    """Write the rows of a message's files; those still to be fetched are due at once."""
    for file in files:
        tx.run(
            _INSERT_ATTACHMENT, id=tx.next_id("attachments"), message=message, ticket=ticket, account=account,
            name=file.name, type=file.type, size=file.size, sha256=file.sha256, state=file.state, fetch=file.fetch,
            inline_id=file.inline_id, error=file.error, not_before=at if file.state == "pending" else None,
        )  # fmt: skip


def _storable(said: Said) -> Said:
    """Take out the NULs that PostgreSQL's text cannot hold; the raw event has them."""
    texts: dict[str, Any] = {
        name: value.replace("\x00", "") for name in _TEXTS if "\x00" in (value := getattr(said, name) or "")
    }
    if "\x00" in (said.sender.name or ""):
        texts["sender"] = replace(said.sender, name=(said.sender.name or "").replace("\x00", ""))
    return replace(said, **texts) if texts else said
