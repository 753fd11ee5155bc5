"""A ticket as the index knows it: its words, part by part, and the marks of how it stands.

What was taken back is not in it, and of what a mail quotes only what its sender wrote.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, func, select
from sqlmodel import Session

from tickets.message import Direction
from tickets.priority import Priority
from tickets.search.asked import NOBODY, Mark, Part, mark
from tickets.tables import Address, Attachment, Clock, Contact, Message, Ticket, TicketTag
from tickets.views.trouble import Trouble, in_trouble
from tickets.words import words_of

MOST_LETTERS = 50_000  # of a message
MOST_OF_TICKET = 200_000  # letters, the newest messages first; a tsvector ends at a megabyte
TOGETHER = 50  # tickets that are in memory at once
LONGEST_WORD = 80  # letters; what is longer is nothing that anybody types
TEXT_PARTS = (Part.WHO, Part.FILES, Part.SAID, Part.NOTES)

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_TAGS = TicketTag.__table__  # type: ignore[attr-defined]
_NUMBERS: BindParameter[int] = bindparam("numbers", expanding=True)
_HEADS = (
    select(
        _TICKETS, _CONTACTS.c.name, _CONTACTS.c.identity_name, _CONTACTS.c.identity_number, _CONTACTS.c.identity_email
    )
    .join(_CONTACTS, _CONTACTS.c.id == _TICKETS.c.contact)
    .where(_TICKETS.c.number.in_(_NUMBERS))
    .order_by(_TICKETS.c.number)
)  # fmt: skip
_REACHED_AT = select(
    _ADDRESSES.c.contact, _ADDRESSES.c.external_id, _ADDRESSES.c.name, _ADDRESSES.c.handle
).where(_ADDRESSES.c.contact.in_(bindparam("contacts", expanding=True)))
_SAID = (
    select(
        _MESSAGES.c.id, _MESSAGES.c.ticket, _MESSAGES.c.direction, _MESSAGES.c.sender_name, _MESSAGES.c.subject,
        func.substr(_MESSAGES.c.text, 1, MOST_LETTERS).label("text"),
    )
    .where(_MESSAGES.c.ticket.in_(_NUMBERS), _MESSAGES.c.withdrawn_at.is_(None))
    .order_by(_MESSAGES.c.id)
)  # fmt: skip
_FILES = (
    select(_MESSAGES.c.ticket, _ATTACHMENTS.c.name)
    .join(_ATTACHMENTS, _ATTACHMENTS.c.message == _MESSAGES.c.id)
    .where(_MESSAGES.c.ticket.in_(_NUMBERS), _MESSAGES.c.withdrawn_at.is_(None))
)
_LATE = select(_CLOCKS.c.ticket).where(
    _CLOCKS.c.ticket.in_(_NUMBERS), _CLOCKS.c.breached_at.is_not(None), _CLOCKS.c.met_at.is_(None),
    _CLOCKS.c.ended_at.is_(None),
)  # fmt: skip
_SOON = in_trouble(Trouble.SOON, None).where(_CLOCKS.c.ticket.in_(_NUMBERS))
_TAGGED = select(_TAGS.c.ticket, _TAGS.c.tag).where(_TAGS.c.ticket.in_(_NUMBERS))


@dataclass(frozen=True, kw_only=True)
class Document:
    """What can be found of one ticket."""

    number: int
    marks: tuple[str, ...]
    parts: Mapping[Part, tuple[str, ...]]  # words, in their order

    @property
    def words(self) -> set[str]:
        return set(chain.from_iterable(self.parts.values()))


def documents(session: Session, numbers: Sequence[int]) -> Iterator[Document]:
    """Read tickets as the index knows them, in the order of their numbers, a few at a time: some hold a whole book."""
    ordered = sorted(numbers)
    for first in range(0, len(ordered), TOGETHER):
        yield from _read(session, ordered[first : first + TOGETHER])


def _read(session: Session, numbers: Sequence[int]) -> list[Document]:
    asked = {"numbers": list(numbers)}
    heads = session.execute(_HEADS, asked).all()
    reached = _grouped(session.execute(_REACHED_AT, {"contacts": list({row.contact for row in heads})}))
    said = _grouped((row.ticket, row) for row in session.execute(_SAID, asked))
    files, tags = _grouped(session.execute(_FILES, asked)), _grouped(session.execute(_TAGGED, asked))
    late = set(session.execute(_LATE, asked).scalars())
    soon = set(session.execute(_SOON, asked).scalars())
    return [
        Document(
            number=row.number,
            marks=tuple(_marks(
                row, tags=[tag for (tag,) in tags[row.number]], late=row.number in late, soon=row.number in soon,
                has=["file"] * bool(files[row.number])
                + ["note"] * any(each.direction == Direction.NOTE for (each,) in said[row.number]),
            )),
            parts=_parts(row, reached[row.contact], [each for (each,) in said[row.number]], files[row.number]),
        )
        for row in heads
    ]  # fmt: skip


def _grouped(rows: Iterable[Any]) -> dict[int, list[tuple[Any, ...]]]:
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *values in rows:
        found[key].append(tuple(values))
    return found


def _parts(
    row: Row[Any], reached: Sequence[tuple[Any, ...]], said: Sequence[Row[Any]], files: Sequence[tuple[Any, ...]]
) -> dict[Part, tuple[str, ...]]:  # fmt: skip
    called = dict.fromkeys(each.sender_name for each in said if each.direction == Direction.IN)
    who = (
        row.name, row.identity_name, row.identity_number, row.identity_email,
        *chain.from_iterable(reached), *called,
    )  # fmt: skip
    written: dict[bool, list[str]] = {True: [], False: []}
    letters = 0
    for each in reversed(said):
        letters += len(each.text)
        if letters > MOST_OF_TICKET:
            break
        written[each.direction == Direction.NOTE].append(f"{each.subject or ''} {each.text}")
    return {
        Part.WHO: _cut(dict.fromkeys(filter(None, who))),
        Part.FILES: _cut(name for (name,) in files),
        Part.SAID: _cut((row.subject or "", *reversed(written[False]))),
        Part.NOTES: _cut(reversed(written[True])),
    }


def _cut(texts: Iterable[str]) -> tuple[str, ...]:
    words = tuple(chain.from_iterable(map(words_of, texts)))
    return (
        words
        if max(map(len, words), default=0) <= LONGEST_WORD
        else tuple(word[:LONGEST_WORD] for word in words)
    )


def _marks(
    row: Row[Any], *, tags: Sequence[str], late: bool, soon: bool, has: Sequence[str]
) -> Iterable[str]:
    yield mark(Mark.EVERY)
    yield mark(Mark.NUMBER, str(row.number))
    yield mark(Mark.DESK, row.desk)
    yield mark(Mark.STATUS, row.status)
    yield mark(Mark.CHANNEL, row.channel)
    yield mark(Mark.CATEGORY, row.category or NOBODY)
    yield mark(Mark.AGENT, row.assignee or NOBODY)
    yield mark(Mark.TEAM, row.team or NOBODY)
    yield mark(Mark.DESK_TEAM, f"{row.desk}/{row.team or NOBODY}")
    yield mark(Mark.PRIORITY, Priority(row.priority).key)
    yield mark(Mark.CONTACT, str(row.contact))
    yield from (mark(Mark.TAG, tag) for tag in (tags or [NOBODY]))
    yield from (mark(Mark.HAS, each) for each in has)
    stands = {
        "late": late, "soon": soon, "asleep": row.snoozed_until is not None, "spam": row.spam_at is not None,
        "merged": row.merged_into is not None,
    }  # fmt: skip
    yield from (mark(Mark.STANDS, name) for name, holds in stands.items() if holds)
