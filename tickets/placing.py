"""Which ticket a message belongs to: the current one, an old one taken up again, or a new one.

On chat a thread has one current ticket. Mail finds its ticket by references or by a number from somebody who is part
of it (`threads`). What a message does to the ticket that it finds is decided by `lifecycle`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select

from tickets import aliases
from tickets import ticket as tickets_
from tickets.contacts import AddressNow, ContactNow
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.lifecycle import Arrival, Status, on_message
from tickets.message import Authenticity, Channel, Place, Said
from tickets.predictions import Foretold
from tickets.revisions import newest_numbers
from tickets.snooze import wake
from tickets.subjects import subject_of
from tickets.tables import Message, Outbox, Reference, Ticket
from tickets.threads import Trace, choose, numbers_in
from tickets.ticket import TicketNow

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_REFERENCES = Reference.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_MESSAGE_AT = Prepared(
    select(_MESSAGES.c.ticket)
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
# What went to the staff proves nothing: it was not meant for the contact.
_DELIVERED = Prepared(
    select(_OUTBOX.c.ticket).where(
        _OUTBOX.c.id == bindparam("id"),
        _OUTBOX.c.account == bindparam("account"),
        _OUTBOX.c.audience == "contact",
    )
)
_PARTICIPANTS = Prepared(
    select(_MESSAGES.c.sender_address, _MESSAGES.c.participants, _MESSAGES.c.authenticity)
    .where(
        _MESSAGES.c.ticket.in_(
            select(_TICKETS.c.number).where(
                or_(_TICKETS.c.number == bindparam("ticket"), _TICKETS.c.merged_into == bindparam("ticket"))
            )
        ),
        _MESSAGES.c.direction == "in",
    )
    .order_by(_MESSAGES.c.id)
    .limit(200)
)
_FUTURE = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read out of the words before the transaction."""

    asks: bool = True  # somebody waits for an answer: not a bare thanks, not automatic mail
    assents: bool = False  # a bare yes or fine: reopens nothing
    opens: bool = True  # it may open a ticket; a bare /start or a question for the state does not
    joins: bool = True  # it may join the current ticket
    wakes: bool = True  # it brings a sleeping ticket back into sight
    held: bool = False  # the ticket that it opens waits for the contact to choose a desk
    language: str | None = None
    suggestions: tuple[tuple[str, float], ...] = ()  # (category, score), best first
    foretold: Foretold | None = None  # by the matcher; None: the words say no matter, as a mere greeting


def ticket_for(
    tx: Tx,
    said: Said,
    *,
    desk: DeskNow,
    reading: Reading,
    address: AddressNow,
    contact: ContactNow,
    at: datetime,
) -> tuple[TicketNow | None, Arrival | None, bool]:
    found, arrival = find(tx, said, desk=desk, reading=reading, at=at)
    asks = reading.asks and not said.automatic
    if found is not None and arrival is not None and arrival is not Arrival.FOLLOW_UP:
        found = _answered_there(tx, found, address, at=at)
        return _arrived(tx, found, arrival, said, desk=desk, wakes=reading.wakes, at=at), arrival, False
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


def find(
    tx: Tx, said: Said, *, desk: DeskNow, reading: Reading, at: datetime
) -> tuple[TicketNow | None, Arrival | None]:
    """Return the ticket that a message finds, and what it does to it."""
    found = ticket_of(tx, said) if reading.joins else None
    if found is None:
        return None, None
    over = found.status in {Status.SOLVED, Status.CLOSED}
    asks = reading.asks and not said.automatic and not (over and reading.assents)
    closed_at = None if found.spam_at is not None else found.closed_at  # spam is never taken up again
    return found, on_message(
        found.status, asks=asks, closed_at=closed_at, reopen_within=desk.desk.reopen_within, at=at
    )


def ticket_of(tx: Tx, said: Said) -> TicketNow | None:
    """Return the ticket that a message belongs to by its place and references, whatever it may do to it."""
    found = _named_or_current(tx, said)
    return None if found is None else tickets_.remaining(tx, found)


def _named_or_current(tx: Tx, said: Said) -> TicketNow | None:
    if said.place.channel is not Channel.EMAIL:
        return of_thread(tx, said.place)
    forged = said.authenticity is not None and said.authenticity.forged
    number = choose(
        sender=None if forged else said.sender.address,
        by_reference=_referred(tx, said),
        by_number=_numbered(tx, said),
    )
    return None if number is None else tickets_.load(tx, number)


def of_thread(tx: Tx, place: Place) -> TicketNow | None:
    """Return the current ticket of whoever writes from a place, under whichever id it was begun; else the newest."""
    account = place.account
    current = tickets_.current(tx, account=account, thread=place.address)
    if current is not None:
        return current
    others = [external_id for _, external_id in aliases.others(tx, place)]
    asked = [(tickets_.current, each) for each in others]
    asked += [(tickets_.newest, each) for each in (place.address, *others)]
    found = (find_one(tx, account=account, thread=thread) for find_one, thread in asked)
    return next((ticket for ticket in found if ticket is not None), None)


def _referred(tx: Tx, said: Said) -> Iterable[Trace]:
    account = said.place.account
    for reference in reversed(said.references):
        proven = None
        if reference in said.answers:
            proven = tx.one(_DELIVERED, id=said.answers[reference], account=account)
        row = (
            proven
            or tx.one(_OUR_MESSAGE_AT, account=account, external_id=reference)
            or tx.one(_MESSAGE_AT, account=account, external_id=reference)
        )
        if row is not None and row.ticket is not None:
            yield Trace(
                ticket=row.ticket, proven=proven is not None, participants=_participants(tx, row.ticket)
            )


def _numbered(tx: Tx, said: Said) -> Iterable[Trace]:
    for number in numbers_in(said.subject)[:5]:
        try:
            found = tickets_.load(tx, number)
        except tickets_.NoSuchTicketError:
            continue
        if found.account == said.place.account:
            yield Trace(ticket=number, proven=False, participants=_participants(tx, number))


def _participants(tx: Tx, ticket: int) -> frozenset[str]:
    found: set[str] = set()
    for row in tx.all(_PARTICIPANTS, ticket=ticket):
        if row.authenticity and Authenticity(**row.authenticity).forged:
            continue  # whoever wrote it made nobody part of the ticket
        found.add(row.sender_address)
        found.update(row.participants or ())
    return frozenset(found)


def _answered_there(tx: Tx, ticket: TicketNow, address: AddressNow, *, at: datetime) -> TicketNow:
    """Let answers go to the id under which the contact wrote last, if they went to another one of theirs."""
    if address.same_as is None or ticket.address == address.id:
        return ticket
    if ticket.address not in {row for row, _ in aliases.others_of(tx, address)}:
        return ticket  # somebody chose another way to reach them
    return tickets_.change(tx, ticket, at=at, address=address.id)


def _arrived(
    tx: Tx, ticket: TicketNow, arrival: Arrival, said: Said, *, desk: DeskNow, wakes: bool, at: datetime
) -> TicketNow:
    if wakes and not said.automatic:
        ticket = wake(tx, ticket, actor="contact", at=at)
    if arrival is Arrival.REOPEN:
        return reopen(tx, ticket, desk=desk, actor="contact", asks=True, since=since(said, at), at=at)
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
    """Take a solved or closed ticket up again: a new cycle of its clocks, the old figures stay.

    It begins at the first line, whoever had it when it was solved; under the terms of the desk that it is at now.
    """
    revision = desk.revision if desk.slug == ticket.desk else newest_numbers(tx)[ticket.desk]
    append(
        tx, "ticket.reopened", desk=ticket.desk, ticket=ticket.number, at=at, actor=actor, asks=asks,
        revision=revision, since=since, cycle=ticket.cycle + 1, **tickets_.standing(ticket),
    )  # fmt: skip
    return tickets_.change(
        tx, ticket, at=at, status=Status.OPEN, solved_at=None, closed_at=None, verified_by=None,
        cycle=ticket.cycle + 1, revision=revision, team=None, team_holder=None,
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
        address=address.id, contact=contact.id, status=str(Status.NEW), subject=subject_of(said.text, said.subject),
        suggestions=[list(pair) for pair in reading.suggestions] or None, revision=desk.revision,
        language=reading.language or contact.language, created_at=at, updated_at=at,
        linked_to=linked_to.number if linked_to else None,
    )  # fmt: skip
    append(
        tx, "ticket.opened", desk=desk.slug, ticket=ticket.number, at=at, actor="contact", asks=asks,
        revision=desk.revision, since=since(said, at), channel=str(said.place.channel),
        **({"held": True} if reading.held else {}),
    )  # fmt: skip
    return ticket


def name_matter(tx: Tx, ticket: TicketNow, said: Said, *, reading: Reading, at: datetime) -> TicketNow:
    """Let a ticket that began with a mere greeting be about what was said now."""
    append(tx, "ticket.suggested", desk=ticket.desk, ticket=ticket.number, at=at, actor="bot")
    subject = (
        ticket.subject
        if ticket.channel == Channel.EMAIL
        else subject_of(said.text, said.subject) or ticket.subject
    )
    return tickets_.change(
        tx, ticket, at=at, subject=subject, suggestions=[list(pair) for pair in reading.suggestions]
    )


def since(said: Said, at: datetime) -> str | None:
    """Return the provider's own server time, where it gives one that can be true."""
    if said.said_at is None or said.said_at > at + _FUTURE:
        return None
    return said.said_at.isoformat()
