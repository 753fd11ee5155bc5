"""Messages whose category a person has set, with their words, for a matcher to learn from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlmodel import Session

from tickets.tables import Address, Contact, Event, Example, Message, Ticket

CHUNK = 500  # tickets asked for at once
LONGEST = 2_000  # characters of a message that are read

_EXAMPLES = Example.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class ExampleRead:
    """A confirmed example as it stands now."""

    desk: str
    message: int
    ticket: int | None
    category: str
    counts: bool  # False: it was withdrawn, its message deleted, or its ticket is spam
    subject: str | None
    text: str
    names: tuple[str | None, ...]  # what the contact is called
    number: str | None  # NIM or NIP of the contact


def newest_examples(
    session: Session, desk: str, *, categories: Collection[str], each: int, most: int
) -> Sequence[ExampleRead]:
    """Return the examples that count of these categories: the newest of each, and of all of them the newest first."""
    ranked = (
        select(
            _EXAMPLES.c.id,
            func.row_number()
            .over(partition_by=_EXAMPLES.c.category, order_by=_EXAMPLES.c.id.desc())
            .label("place"),
        )
        .join(_MESSAGES, _MESSAGES.c.id == _EXAMPLES.c.message)
        .outerjoin(_TICKETS, _TICKETS.c.number == _MESSAGES.c.ticket)
        .where(
            _EXAMPLES.c.desk == desk,
            _EXAMPLES.c.category.in_(categories),
            _EXAMPLES.c.withdrawn_at.is_(None),
            _MESSAGES.c.withdrawn_at.is_(None),
            _MESSAGES.c.text != "",
            _TICKETS.c.spam_at.is_(None),
        )
        .subquery()
    )
    newest = select(ranked.c.id).where(ranked.c.place <= each)
    statement = _reading().where(_EXAMPLES.c.id.in_(newest)).order_by(_EXAMPLES.c.id.desc()).limit(most)
    return [_read(row) for row in session.execute(statement)]


def examples_of_tickets(session: Session, tickets: Sequence[int]) -> Sequence[ExampleRead]:
    """Return what stands last of each example in these tickets, also where that counts no more."""
    found: dict[int, ExampleRead] = {}
    for start in range(0, len(tickets), CHUNK):
        among = _MESSAGES.c.ticket.in_(tickets[start : start + CHUNK])
        for row in session.execute(_reading().where(among).order_by(_EXAMPLES.c.id)):
            found[row.message] = _read(row)
    return list(found.values())


def tickets_changed(
    session: Session, position: int | None, kinds: Collection[str]
) -> tuple[int, Sequence[int]]:
    """Return the position of the newest event, and the tickets to which one of these kinds happened since."""
    newest = session.execute(select(func.max(_EVENTS.c.id))).scalar_one() or 0
    if position is None or newest <= position:
        return newest, ()
    since = (
        select(_EVENTS.c.ticket)
        .where(
            _EVENTS.c.id > position,
            _EVENTS.c.id <= newest,
            _EVENTS.c.kind.in_(kinds),
            _EVENTS.c.ticket.is_not(None),
        )
        .distinct()
    )
    return newest, list(session.execute(since).scalars())


def _reading() -> Select[Any]:
    return (
        select(
            _EXAMPLES.c.desk,
            _EXAMPLES.c.message,
            _EXAMPLES.c.category,
            _EXAMPLES.c.withdrawn_at,
            _EXAMPLES.c.id,
            _MESSAGES.c.ticket,
            _MESSAGES.c.subject,
            func.substr(_MESSAGES.c.text, 1, LONGEST).label("text"),
            _MESSAGES.c.withdrawn_at.label("deleted_at"),
            _TICKETS.c.spam_at,
            _MESSAGES.c.sender_name,
            _CONTACTS.c.name,
            _CONTACTS.c.identity_name,
            _CONTACTS.c.identity_number,
        )
        .join(_MESSAGES, _MESSAGES.c.id == _EXAMPLES.c.message)
        .outerjoin(_TICKETS, _TICKETS.c.number == _MESSAGES.c.ticket)
        .outerjoin(_ADDRESSES, _ADDRESSES.c.id == _MESSAGES.c.address)
        .outerjoin(_CONTACTS, _CONTACTS.c.id == _ADDRESSES.c.contact)
    )


def _read(row: Row[Any]) -> ExampleRead:
    return ExampleRead(
        desk=row.desk,
        message=row.message,
        ticket=row.ticket,
        category=row.category,
        counts=(row.withdrawn_at, row.deleted_at, row.spam_at) == (None, None, None) and row.text != "",
        subject=row.subject,
        text=row.text,
        names=(row.sender_name, row.name, row.identity_name),
        number=row.identity_number,
    )
