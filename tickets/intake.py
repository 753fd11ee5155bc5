"""Taking in: what was said becomes a message of a ticket, once, in one transaction.

The row of `inbound` comes first. Then the address (the lock of one order per contact), the ticket found or made, the
message with its files, the events and with them the clocks.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from tickets import aliases, contacts, edits, hearing, parked, predictions, windows
from tickets import ticket as tickets_
from tickets.actor import CONTACT, SYSTEM
from tickets.attachments import store_files, tell_withheld
from tickets.blocked import hold
from tickets.contacts import AddressNow, ContactNow
from tickets.desk import DeskNow
from tickets.inbound import guard, processed
from tickets.ledger.blobs import Stored
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.lifecycle import Arrival, Status
from tickets.message import Author, Channel, Delivery, Direction, Moved, Place, Reach, Said, Told
from tickets.placing import Reading, name_matter, of_thread, since, ticket_for
from tickets.tables import Message
from tickets.ticket import TicketNow, current, load, standing

__all__ = ["Reading", "Taken", "storable", "take_in", "take_reach"]

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_INSERT_MESSAGE = inserting(Message)
_NEWEST_OF = Prepared(
    select(
        _MESSAGES.c.id,
        _MESSAGES.c.at,
        _MESSAGES.c.album,
        _MESSAGES.c.text,
        _MESSAGES.c.ticket,
        _MESSAGES.c.desk,
    )
    .where(_MESSAGES.c.address == bindparam("address"))
    .order_by(_MESSAGES.c.id.desc())
    .limit(12)  # an album has ten at most, and the bot may have said something in between
)
_CAPTION = Prepared(
    update(_MESSAGES).where(_MESSAGES.c.id == bindparam("key")).values(text=bindparam("text"))
)
TOGETHER = timedelta(minutes=5)  # what is sent together arrives within it
_TEXTS = ("event_id", "text", "full_text", "html", "subject", "replies_to", "button", "external_id")


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of it."""

    message: int
    ticket: TicketNow | None
    contact: ContactNow
    address: AddressNow  # as it was before this message
    arrival: Arrival | None  # None: a new ticket, or no ticket at all
    opened: bool
    joined: bool = False  # it belongs to a message that is there already: nobody needs an answer to it
    first_matter: bool = False  # it is the first to say what an open, unanswered ticket is about


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
    said = storable(said)
    if not guard(
        tx, account=said.place.account, event_id=said.event_id, raw=said.raw, raw_sha256=raw_sha256, at=at
    ):
        return None
    _make_way(tx, said, at=at)
    aliases.known_already(tx, said.place, said.sender)
    address, contact = contacts.meet(tx, desk=desk.slug, place=said.place, person=said.sender, at=at)
    address = aliases.learn(tx, address, said.sender)
    if address.blocked_at is not None:
        return _take_aside(
            tx, said, desk=desk, reading=reading, address=address, contact=contact, files=files, at=at
        )
    if (begun := _begun_album(tx, said, address=address, at=at)) is not None:
        return _join_album(tx, said, begun, contact=contact, address=address, files=files, at=at)
    ticket, arrival, opened = ticket_for(
        tx, said, desk=desk, reading=reading, address=address, contact=contact, at=at
    )
    message = _store_message(tx, said, desk=desk, ticket=ticket, address=address, files=files, at=at)
    contacts.change_address(tx, address.id, last_inbound_at=at)
    if windows.has_one(address.channel):
        parked.release(tx, address, [row for row, _ in aliases.others_of(tx, address)], at=at)
    append(
        tx, "message.received", desk=ticket.desk if ticket else desk.slug, ticket=ticket.number if ticket else None, at=at, subject=message,
        actor="contact", asks=reading.asks and not said.automatic, automatic=said.automatic,
        revision=ticket.revision if ticket else desk.revision, since=since(said, at),
        **(standing(ticket) if ticket else {}),
    )  # fmt: skip
    if ticket is not None:
        tell_withheld(tx, files, message=message, desk=ticket.desk, ticket=ticket.number, at=at)
    processed(tx, account=said.place.account, event_id=said.event_id, message=message, at=at)
    if said.place.channel is not Channel.EMAIL:
        edits.make_early_ones(tx, account=said.place.account, external_id=said.external_id, at=at)
    _hear_returned(tx, said, at=at)
    taken = Taken(
        message=message, ticket=ticket, contact=contact, address=address, arrival=arrival, opened=opened
    )
    return _with_matter(tx, taken, said, desk=desk, reading=reading, at=at)


def _with_matter(tx: Tx, taken: Taken, said: Said, *, desk: DeskNow, reading: Reading, at: datetime) -> Taken:
    """Keep what the message says its ticket is about, where it is the first to say so, and what the matcher foretold."""
    ticket = taken.ticket
    if ticket is None or ticket.desk != desk.slug:  # the suggestions are this desk's
        return taken
    first_matter = not taken.opened and _says_the_matter(ticket, reading)
    if first_matter:
        ticket = name_matter(tx, ticket, said, reading=reading, at=at)
    foretold = reading.foretold
    if foretold and (taken.opened or first_matter or _is_untold(tx, ticket)):
        predictions.foretell(tx, ticket, foretold, message=taken.message, revision=desk.revision, at=at)
    return replace(taken, ticket=ticket, first_matter=first_matter)


def _make_way(tx: Tx, said: Said, *, at: datetime) -> None:
    """Let the agents of whoever had this number before know that somebody else has it."""
    theirs = aliases.make_way(tx, said.place, said.sender)
    if theirs is not None:
        append(
            tx, "contact.number_lost", desk=theirs.desk, ticket=theirs.number, at=at, subject=theirs.contact,
            actor=SYSTEM.key,
        )  # fmt: skip


def _begun_album(tx: Tx, said: Said, *, address: AddressNow, at: datetime) -> Row | None:
    """Return the message that what was sent together with this one has become."""
    if said.album is None:
        return None
    newest = tx.all(_NEWEST_OF, address=address.id)
    return next((row for row in newest if row.album == said.album and at - row.at < TOGETHER), None)


def _join_album(
    tx: Tx,
    said: Said,
    begun: Row,
    *,
    contact: ContactNow,
    address: AddressNow,
    files: Sequence[Stored],
    at: datetime,
) -> Taken:
    """Add the files, and the words that come with a later one, to the message that is there."""
    store_files(tx, files, message=begun.id, ticket=begun.ticket, account=said.place.account, at=at)
    if begun.ticket is not None:
        tell_withheld(tx, files, message=begun.id, desk=begun.desk, ticket=begun.ticket, at=at)
    if said.text:
        tx.run(_CAPTION, key=begun.id, text="\n".join(filter(None, (begun.text, said.text))))
        append(
            tx,
            "message.completed",
            desk=begun.desk,
            ticket=begun.ticket,
            at=at,
            subject=begun.id,
            actor="contact",
        )
    processed(tx, account=said.place.account, event_id=said.event_id, message=begun.id, at=at)
    ticket = None if begun.ticket is None else load(tx, begun.ticket)
    return Taken(
        message=begun.id,
        ticket=ticket,
        contact=contact,
        address=address,
        arrival=None,
        opened=False,
        joined=True,
    )


def _take_aside(
    tx: Tx, said: Said, *, desk: DeskNow, reading: Reading, address: AddressNow, contact: ContactNow,
    files: Sequence[Stored], at: datetime,
) -> Taken:  # fmt: skip
    """Keep what a blocked address says: stored and to be seen, but no ticket's."""
    message = _store_message(tx, said, desk=desk, ticket=None, address=address, files=files, at=at)
    hold(tx, said, message=message, address=address.id, desk=desk.slug, reading=reading, at=at)
    processed(tx, account=said.place.account, event_id=said.event_id, message=message, at=at)
    return Taken(message=message, ticket=None, contact=contact, address=address, arrival=None, opened=False)


def _hear_returned(tx: Tx, said: Said, *, at: datetime) -> None:
    """Let a mail of ours that came back count as not delivered; while its server still tries, nothing is decided.

    Where only a copy came back, that is noted at it.
    """
    back = said.returned
    if back is None or back.message_id is None or not back.final:
        return
    unreached = [each for each in (back.recipient, *back.others) if each is not None]
    said_why = f"{', '.join(unreached) or '?'} ({back.status or '5.x'})"
    copy = f"Salinan kembali dari {said_why}. / A copy was returned: {said_why}."
    account, sent_as = said.place.account, back.message_id
    if hearing.hear_of_copy(tx, account=account, external_id=sent_as, recipients=unreached, remark=copy):
        return
    told = Told(
        event_id=said.event_id, account=account, external_id=sent_as, state=Delivery.FAILED,
        error=f"Email kembali dari {said_why}. / The mail was returned: {said_why}.",
    )  # fmt: skip
    hearing.hear(tx, told, at=at)


def take_reach(tx: Tx, reach: Reach, *, at: datetime) -> None:
    """Note on the contact's ticket that they can be reached no more, or again."""
    ticket = current(tx, account=reach.account, thread=reach.address)
    if ticket is not None:
        kind = "address.barred" if reach.barred is not None else "address.open_again"
        append(
            tx, kind, desk=ticket.desk, ticket=ticket.number, at=at, actor=CONTACT.key, reason=reach.barred
        )


def take_renumbering(tx: Tx, moved: Moved, *, at: datetime) -> None:
    """Let a contact have a new number: their ticket goes on, and answers go there."""
    found = aliases.follow(tx, account=moved.account, before=moved.before, after=moved.after)
    if found is None:
        return
    address, contact = found
    place = Place(account=moved.account, channel=Channel(address.channel), address=moved.after)
    ticket = of_thread(tx, place)
    if ticket is not None:
        tickets_.change(tx, ticket, at=at, address=address.id)
    append(
        tx, "contact.renumbered", desk=ticket.desk if ticket else contact.desk, ticket=ticket.number if ticket else None,
        at=at, subject=contact.id, actor=CONTACT.key, address=address.id,
    )  # fmt: skip


def _says_the_matter(ticket: TicketNow, reading: Reading) -> bool:
    return ticket.status is Status.NEW and not ticket.suggestions and bool(reading.suggestions)


def _is_untold(tx: Tx, ticket: TicketNow) -> bool:
    """Whether nothing that was said so far tells what an unanswered ticket is about."""
    return (
        ticket.status is Status.NEW
        and not ticket.suggestions
        and not predictions.is_foretold(tx, ticket.number)
    )


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
    tx.add(
        _INSERT_MESSAGE, id=message, at=at, desk=ticket.desk if ticket else desk.slug, ticket=ticket.number if ticket else None,
        account=said.place.account, channel=str(said.place.channel), direction=str(Direction.IN),
        author=str(Author.CONTACT), address=address.id, sender_name=said.sender.called,
        sender_address=said.sender.address, external_id=said.external_id, event_id=said.event_id,
        subject=said.subject, text=said.text, full_text=said.full_text, html=said.html,
        automatic=said.automatic, bounce=said.bounce, button=said.button, album=said.album, replies_to=said.replies_to,
        location=location, kind=said.shared.kind if said.shared else None,
        content=dict(said.shared.content) if said.shared else None, participants=list(said.participants) or None, said_at=said.said_at,
        authenticity=asdict(said.authenticity) if said.authenticity is not None else None,
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


def storable(said: Said) -> Said:
    """Take out the NULs that PostgreSQL's text cannot hold; the raw event has them."""
    texts: dict[str, Any] = {
        name: value.replace("\x00", "") for name in _TEXTS if "\x00" in (value := getattr(said, name) or "")
    }
    if "\x00" in (said.sender.name or ""):
        texts["sender"] = replace(said.sender, name=(said.sender.name or "").replace("\x00", ""))
    return replace(said, **texts) if texts else said
