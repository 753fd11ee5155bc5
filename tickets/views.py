"""What is shown of the ledger: tickets, messages and contacts as values, read in as few questions as there are tables.

The JSON API and the pages show the same values. Nothing here writes, and nothing knows of HTTP: whoever shows an
attachment hands in how its link is made (`link`), whoever can search full text how that is done (`search`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, Select, func, or_, select
from sqlmodel import Session

from tickets.lifecycle import TO_DO
from tickets.message import Direction
from tickets.staff import StaffNow, staff_from
from tickets.tables import (
    Address,
    Attachment,
    Clock,
    Contact,
    Event,
    Inbound,
    Message,
    Reference,
    Staff,
    Ticket,
)

T = TypeVar("T")
Search = Callable[[str, str | None, int], list[int]]  # words, desk, how many at most → numbers of tickets
Link = Callable[[int], str]  # id of an attachment → where it can be had
FOUND_AT_MOST = 1000  # tickets that a full-text search hands over to the other filters

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_INBOUND = Inbound.__table__  # type: ignore[attr-defined]
_REFERENCES = Reference.__table__  # type: ignore[attr-defined]
_STAFF = Staff.__table__  # type: ignore[attr-defined]
_NEXT_DUE = (
    select(func.min(_CLOCKS.c.due_at))
    .where(
        _CLOCKS.c.ticket == _TICKETS.c.number,
        _CLOCKS.c.met_at.is_(None),
        _CLOCKS.c.ended_at.is_(None),
        _CLOCKS.c.paused_at.is_(None),
    )
    .scalar_subquery()
)


# -- the values -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    category: str
    score: float


@dataclass(frozen=True, kw_only=True)
class AddressView:
    account: str
    channel: str
    address: str  # the provider's own id: number, chat id, mailbox
    name: str | None
    handle: str | None


@dataclass(frozen=True, kw_only=True)
class IdentityView:
    """What the contact says of themselves."""

    name: str | None
    number: str | None  # NIM or NIP
    unit: str | None
    email: str | None


@dataclass(frozen=True, kw_only=True)
class ContactView:
    id: int
    desk: str
    name: str | None
    language: str | None
    addresses: tuple[AddressView, ...]
    identity: IdentityView
    created_at: datetime

    @property
    def called(self) -> str | None:
        """The name to show: what they say of themselves before what a profile says."""
        return self.identity.name or self.name


@dataclass(frozen=True, kw_only=True)
class ClockView:
    kind: str
    subject: str
    cycle: int  # which run of its kind it is on this ticket
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None  # it ended without being met
    paused: bool

    @property
    def running(self) -> bool:
        return self.met_at is None and self.ended_at is None


@dataclass(frozen=True, kw_only=True)
class AttachmentView:
    id: int
    name: str
    type: str
    size: int | None
    sha256: str | None
    url: str | None  # None while it is still to be fetched, or refused
    state: str  # stored, pending, refused
    error: str | None
    inline_id: str | None


@dataclass(frozen=True, kw_only=True)
class DeliveryView:
    state: str
    attempts: int
    error: str | None


@dataclass(frozen=True, kw_only=True)
class SenderView:
    name: str | None
    address: str | None


@dataclass(frozen=True, kw_only=True)
class MessageView:
    id: int
    ticket: int | None
    external_id: str | None
    direction: str
    author: str
    sender: SenderView
    channel: str
    subject: str | None
    text: str  # what the sender wrote, quotes cut
    full_text: str  # everything
    html: str | None  # as received, not cleaned
    automatic: bool
    bounce: bool
    button: str | None
    location: Any  # [latitude, longitude, label]
    attachments: tuple[AttachmentView, ...]
    delivery: DeliveryView | None  # of what goes out
    said_at: datetime | None
    edited_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class EventView:
    id: int
    kind: str
    at: datetime
    subject: str | None
    actor: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class TicketView:
    number: int
    desk: str
    channel: str
    status: str
    subject: str | None
    category: str | None
    category_by: str | None
    suggestions: tuple[Suggestion, ...]
    contact: ContactView
    assignee: str | None
    team: str | None
    language: str | None
    linked_to: int | None
    created_at: datetime
    updated_at: datetime
    clocks: tuple[ClockView, ...]  # oldest first
    solved_at: datetime | None
    closed_at: datetime | None
    verified_by: str | None

    @property
    def next_due(self) -> ClockView | None:
        """The running promise that comes first."""
        running = [clock for clock in self.clocks if clock.running and not clock.paused]
        return min(running, key=lambda clock: clock.due_at, default=None)


@dataclass(frozen=True, kw_only=True)
class WholeTicket:
    """One ticket with everything that was said and done."""

    ticket: TicketView
    messages: tuple[MessageView, ...]  # oldest first
    events: tuple[EventView, ...]  # oldest first


@dataclass(frozen=True, kw_only=True)
class RawEvent:
    """What came in, byte for byte."""

    channel: str
    event_id: str
    content: bytes | None  # small ones lie in the table …
    sha256: str | None  # … large ones among the files


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    items: tuple[T, ...]
    next: str | None  # hand it back as `after`


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which tickets are asked for. None: whatever it is."""

    desks: frozenset[str] | None = None  # those that the asker may see
    desk: str | None = None
    status: frozenset[str] | None = None
    channel: str | None = None
    category: str | None = None
    assignees: frozenset[str] | None = None
    external_id: str | None = None
    q: str | None = None


@dataclass(frozen=True, kw_only=True)
class InboxLine:
    ticket: TicketView
    last: MessageView | None  # what was said last, notes left out


# -- tickets ----------------------------------------------------------------------------------------------------------


def tickets(
    session: Session, wanted: Wanted, *, limit: int, after: int | None = None, search: Search | None = None
) -> Page[TicketView]:
    """Return tickets, newest first; `after` is the number of the last one seen."""
    statement = _filtered(session, select(_TICKETS), wanted, search).order_by(_TICKETS.c.number.desc())
    if after is not None:
        statement = statement.where(_TICKETS.c.number < after)
    rows = session.execute(statement.limit(limit + 1)).all()
    following = str(rows[limit - 1].number) if len(rows) > limit else None
    return Page(items=_ticket_views(session, rows[:limit]), next=following)


def inbox(
    session: Session, wanted: Wanted, *, limit: int, skip: int = 0, search: Search | None = None
) -> tuple[tuple[InboxLine, ...], bool]:
    """Return tickets in the order in which they want attention, and whether there are more.

    What is still to do comes by its next due clock, anything else newest first.
    """
    statement = _filtered(session, select(_TICKETS), wanted, search)
    if wanted.status is not None and wanted.status <= TO_DO:
        statement = statement.order_by(_NEXT_DUE.nulls_last())
    statement = statement.order_by(_TICKETS.c.number.desc())
    rows = session.execute(statement.offset(skip).limit(limit + 1)).all()
    shown = _ticket_views(session, rows[:limit])
    last = _last_messages(session, [ticket.number for ticket in shown])
    lines = tuple(InboxLine(ticket=ticket, last=last.get(ticket.number)) for ticket in shown)
    return lines, len(rows) > limit


def counts(session: Session, desks: frozenset[str] | None) -> dict[str, int]:
    """Return how many tickets stand in each status."""
    statement = select(_TICKETS.c.status, func.count().label("many")).group_by(_TICKETS.c.status)
    if desks is not None:
        statement = statement.where(_TICKETS.c.desk.in_(desks))
    return {row.status: row.many for row in session.execute(statement)}


def ticket(
    session: Session, number: int, *, link: Link, desks: frozenset[str] | None = None
) -> WholeTicket | None:
    """Return one ticket with its messages and events; None if there is none that the asker may see."""
    row = session.execute(select(_TICKETS).where(_TICKETS.c.number == number)).one_or_none()
    if row is None or (desks is not None and row.desk not in desks):
        return None
    said = session.execute(
        select(_MESSAGES).where(_MESSAGES.c.ticket == number).order_by(_MESSAGES.c.id)
    ).all()
    happened = session.execute(select(_EVENTS).where(_EVENTS.c.ticket == number).order_by(_EVENTS.c.id)).all()
    return WholeTicket(
        ticket=_ticket_views(session, [row])[0],
        messages=_message_views(session, said, link=link),
        events=tuple(_event_view(event) for event in happened),
    )


def newest_event(session: Session, *, desks: frozenset[str] | None, ticket: int | None = None) -> int:
    """Return the id of the newest event there is to see: when it grows, something is new."""
    statement = select(_EVENTS.c.id).order_by(_EVENTS.c.id.desc()).limit(1)
    if ticket is not None:
        statement = statement.where(_EVENTS.c.ticket == ticket)
    if desks is not None:
        statement = statement.where(_EVENTS.c.desk.in_(desks))
    return session.execute(statement).scalar_one_or_none() or 0


# -- messages, contacts, raw events, files ----------------------------------------------------------------------------


def messages(
    session: Session,
    *,
    link: Link,
    limit: int,
    desks: frozenset[str] | None = None,
    ticket: int | None = None,
    external_id: str | None = None,
    after: int | None = None,
) -> Page[MessageView]:
    """Return messages, newest first; a Message-ID is found with and without its angle brackets."""
    statement = select(_MESSAGES).order_by(_MESSAGES.c.id.desc())
    if desks is not None:
        statement = statement.where(_MESSAGES.c.desk.in_(desks))
    if ticket is not None:
        statement = statement.where(_MESSAGES.c.ticket == ticket)
    if external_id is not None:
        statement = statement.where(_named(session, external_id))
    if after is not None:
        statement = statement.where(_MESSAGES.c.id < after)
    rows = session.execute(statement.limit(limit + 1)).all()
    following = str(rows[limit - 1].id) if len(rows) > limit else None
    return Page(items=_message_views(session, rows[:limit], link=link), next=following)


def contact(session: Session, id_: int, *, desks: frozenset[str] | None = None) -> ContactView | None:
    """Return one contact, if the asker may see them."""
    found = _contact_views(session, [id_]).get(id_)
    return None if found is None or (desks is not None and found.desk not in desks) else found


def raw_of(session: Session, message: int, *, desks: frozenset[str] | None = None) -> RawEvent | None:
    """Return what came in as this message; None where nothing did: an answer, a note, a walk-in."""
    statement = (
        select(_MESSAGES.c.desk, _MESSAGES.c.channel, _INBOUND.c.event_id, _INBOUND.c.raw, _INBOUND.c.raw_sha256)
        .join(
            _INBOUND,
            (_INBOUND.c.account == _MESSAGES.c.account) & (_INBOUND.c.event_id == _MESSAGES.c.event_id),
        )
        .where(_MESSAGES.c.id == message)
    )  # fmt: skip
    row = session.execute(statement).first()
    if row is None or (desks is not None and row.desk not in desks):
        return None
    if row.raw is None and row.raw_sha256 is None:
        return None
    return RawEvent(channel=row.channel, event_id=row.event_id, content=row.raw, sha256=row.raw_sha256)


def ticket_of_event(session: Session, *, account: str, event_id: str) -> int | None:
    """Return the ticket of the message that an event became."""
    statement = (
        select(_MESSAGES.c.ticket)
        .join(_INBOUND, _INBOUND.c.message == _MESSAGES.c.id)
        .where(_INBOUND.c.account == account, _INBOUND.c.event_id == event_id)
    )
    return session.execute(statement).scalars().first()


def attachment(session: Session, id_: int, *, link: Link) -> AttachmentView | None:
    row = session.execute(select(_ATTACHMENTS).where(_ATTACHMENTS.c.id == id_)).one_or_none()
    return None if row is None else _attachment_view(row, link)


def posts_of(session: Session, email: str) -> tuple[StaffNow, ...]:
    """Return where the owner of a mailbox works now."""
    statement = select(_STAFF).where(_STAFF.c.email == email, _STAFF.c.disabled_at.is_(None))
    return tuple(staff_from(row) for row in session.execute(statement.order_by(_STAFF.c.desk)))


def colleagues(session: Session, desks: frozenset[str] | None = None) -> tuple[StaffNow, ...]:
    """Return everybody who works at these desks now, by desk and name."""
    statement = select(_STAFF).where(_STAFF.c.disabled_at.is_(None)).order_by(_STAFF.c.desk, _STAFF.c.name)
    if desks is not None:
        statement = statement.where(_STAFF.c.desk.in_(desks))
    return tuple(staff_from(row) for row in session.execute(statement))


# -- how they are put together ----------------------------------------------------------------------------------------


def _filtered(session: Session, statement: Select[Any], wanted: Wanted, search: Search | None) -> Select[Any]:
    if wanted.desks is not None:
        statement = statement.where(_TICKETS.c.desk.in_(wanted.desks))
    exact = {
        "desk": wanted.desk,
        "channel": wanted.channel,
        "category": wanted.category,
    }
    for name, value in exact.items():
        if value is not None:
            statement = statement.where(_TICKETS.c[name] == value)
    if wanted.status is not None:
        statement = statement.where(_TICKETS.c.status.in_(wanted.status))
    if wanted.assignees is not None:
        statement = statement.where(_TICKETS.c.assignee.in_(wanted.assignees))
    if wanted.external_id is not None:
        said = select(_MESSAGES.c.ticket).where(_named(session, wanted.external_id))
        statement = statement.where(_TICKETS.c.number.in_(said))
    if wanted.q and wanted.q.strip():
        statement = statement.where(_about(wanted.q.strip(), wanted.desk, search))
    return statement  # fmt: skip


def _about(words: str, desk: str | None, search: Search | None) -> Any:
    number = words.removeprefix("#")
    by_number = _TICKETS.c.number == int(number) if number.isdecimal() and len(number) < 13 else None
    if search is not None:
        found = _TICKETS.c.number.in_(search(words, desk, FOUND_AT_MOST))
    else:
        people = select(_CONTACTS.c.id).where(
            or_(
                _CONTACTS.c.name.icontains(words, autoescape=True),
                _CONTACTS.c.identity_name.icontains(words, autoescape=True),
            )
        )
        found = or_(_TICKETS.c.subject.icontains(words, autoescape=True), _TICKETS.c.contact.in_(people))
    return found if by_number is None else or_(by_number, found)


def _named(session: Session, external_id: str) -> Any:
    bare = external_id.strip().removeprefix("<").removesuffix(">")
    forms = [external_id, bare, f"<{bare}>"]
    ours = select(_REFERENCES.c.message).where(
        _REFERENCES.c.external_id.in_(forms), _REFERENCES.c.message.is_not(None)
    )
    # Asked first, so that both sides of the OR can use an index of the messages.
    return or_(_MESSAGES.c.external_id.in_(forms), _MESSAGES.c.id.in_(session.execute(ours).scalars().all()))


def _ticket_views(session: Session, rows: Sequence[Row[Any]]) -> tuple[TicketView, ...]:
    contacts = _contact_views(session, {row.contact for row in rows})
    clocks = _clock_views(session, [row.number for row in rows])
    return tuple(
        TicketView(
            number=row.number, desk=row.desk, channel=row.channel, status=row.status, subject=row.subject,
            category=row.category, category_by=row.category_by,
            suggestions=tuple(Suggestion(category=pair[0], score=pair[1]) for pair in row.suggestions or ()),
            contact=contacts[row.contact], assignee=row.assignee, team=row.team, language=row.language,
            linked_to=row.linked_to, created_at=row.created_at, updated_at=row.updated_at,
            clocks=tuple(clocks[row.number]), solved_at=row.solved_at, closed_at=row.closed_at,
            verified_by=row.verified_by,
        )
        for row in rows
    )  # fmt: skip


def _contact_views(session: Session, ids: Iterable[int]) -> dict[int, ContactView]:
    wanted = list(ids)
    if not wanted:
        return {}
    addresses: dict[int, list[AddressView]] = defaultdict(list)
    for row in session.execute(
        select(_ADDRESSES).where(_ADDRESSES.c.contact.in_(wanted)).order_by(_ADDRESSES.c.id)
    ):
        addresses[row.contact].append(
            AddressView(
                account=row.account, channel=row.channel, address=row.external_id, name=row.name, handle=row.handle
            )
        )  # fmt: skip
    return {
        row.id: ContactView(
            id=row.id, desk=row.desk, name=row.name, language=row.language, addresses=tuple(addresses[row.id]),
            identity=IdentityView(
                name=row.identity_name, number=row.identity_number, unit=row.identity_unit, email=row.identity_email
            ),
            created_at=row.created_at,
        )
        for row in session.execute(select(_CONTACTS).where(_CONTACTS.c.id.in_(wanted)))
    }  # fmt: skip


def _clock_views(session: Session, numbers: Sequence[int]) -> dict[int, list[ClockView]]:
    found: dict[int, list[ClockView]] = defaultdict(list)
    if not numbers:
        return found
    statement = select(_CLOCKS).where(_CLOCKS.c.ticket.in_(numbers))
    for row in session.execute(statement.order_by(_CLOCKS.c.started_at, _CLOCKS.c.kind, _CLOCKS.c.cycle)):
        found[row.ticket].append(
            ClockView(
                kind=row.kind, subject=row.subject, cycle=row.cycle, started_at=row.started_at, due_at=row.due_at,
                met_at=row.met_at, breached_at=row.breached_at, ended_at=row.ended_at,
                paused=row.paused_at is not None,
            )
        )  # fmt: skip
    return found


def _last_messages(session: Session, numbers: Sequence[int]) -> dict[int, MessageView]:
    newest = (
        select(func.max(_MESSAGES.c.id))
        .where(_MESSAGES.c.ticket.in_(numbers), _MESSAGES.c.direction != str(Direction.NOTE))
        .group_by(_MESSAGES.c.ticket)
    )
    rows = session.execute(select(_MESSAGES).where(_MESSAGES.c.id.in_(newest))).all()
    return {
        message.ticket: message
        for message in _message_views(session, rows, link=str)
        if message.ticket is not None
    }


def _message_views(session: Session, rows: Sequence[Row[Any]], *, link: Link) -> tuple[MessageView, ...]:
    files: dict[int, list[AttachmentView]] = defaultdict(list)
    ids = [row.id for row in rows]
    if ids:
        statement = select(_ATTACHMENTS).where(_ATTACHMENTS.c.message.in_(ids)).order_by(_ATTACHMENTS.c.id)
        for row in session.execute(statement):
            files[row.message].append(_attachment_view(row, link))
    names = _names_of(session, rows)
    return tuple(_message_view(row, tuple(files[row.id]), names) for row in rows)


def _names_of(session: Session, rows: Sequence[Row[Any]]) -> dict[str, str]:
    ids = {row.actor.removeprefix("staff:") for row in rows if (row.actor or "").startswith("staff:")}
    if not ids:
        return {}
    statement = select(_STAFF.c.id, _STAFF.c.name).where(_STAFF.c.id.in_(ids))
    return {f"staff:{row.id}": row.name for row in session.execute(statement)}


def _message_view(
    row: Row[Any], attachments: tuple[AttachmentView, ...], names: Mapping[str, str]
) -> MessageView:
    if row.direction == Direction.IN:
        sender = SenderView(name=row.sender_name, address=row.sender_address)
    else:
        by_id = (row.actor or "").partition(":")[2] or None
        sender = SenderView(name=names.get(row.actor or "", by_id), address=None)
    delivery = None
    if row.delivery is not None:
        delivery = DeliveryView(state=row.delivery, attempts=row.attempts, error=row.delivery_error)
    return MessageView(
        id=row.id, ticket=row.ticket, external_id=row.external_id, direction=row.direction, author=row.author,
        sender=sender, channel=row.channel, subject=row.subject, text=row.text,
        full_text=row.text if row.full_text is None else row.full_text, html=row.html, automatic=row.automatic,
        bounce=row.bounce, button=row.button, location=row.location, attachments=attachments, delivery=delivery,
        said_at=row.said_at, edited_at=row.edited_at, created_at=row.at,
    )  # fmt: skip


def _attachment_view(row: Row[Any], link: Link) -> AttachmentView:
    return AttachmentView(
        id=row.id, name=row.name, type=row.type, size=row.size, sha256=row.sha256,
        url=link(row.id) if row.sha256 is not None else None, state=row.state, error=row.error, inline_id=row.inline_id,
    )  # fmt: skip


def _event_view(row: Row[Any]) -> EventView:
    return EventView(
        id=row.id, kind=row.kind, at=row.at, subject=row.subject, actor=row.actor, data=row.data or {}
    )
