"""The inbox: tickets as lines, in the order in which they want attention, a page at a time.

A page begins where the one before ended, at a line and not at a count of lines, so that what comes in meanwhile
neither shows a ticket twice nor hides one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Column, Row, Select, and_, bindparam, case, func, or_, select
from sqlmodel import Session

from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE
from tickets.lifecycle import TO_DO
from tickets.message import Author, Direction
from tickets.tables import Attachment, Clock, Message, Ticket
from tickets.views.conversation import last_messages
from tickets.views.queue import Search, filtered, filtered_plainly, ticket_views
from tickets.views.wanted import InboxLine, Wanted

MOST_COUNTED = 99
_REMEMBERED = 128  # questions of a kind: to write one down anew costs as much as its answer

T = TypeVar("T")

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_NUMBERS: Any = bindparam("numbers", expanding=True)
_THESE = select(_TICKETS).where(_TICKETS.c.number.in_(_NUMBERS))
_HEARD = _MESSAGES.c.direction == Direction.IN
_ANSWERED = and_(_MESSAGES.c.direction == Direction.OUT, _MESSAGES.c.author == Author.AGENT)
_OF_TICKETS = (
    select(_MESSAGES.c.ticket, func.count().label("many"))
    .where(_MESSAGES.c.ticket.in_(_NUMBERS))
    .group_by(_MESSAGES.c.ticket)
)
_SAID = _OF_TICKETS.add_columns(
    func.max(case((_HEARD, _MESSAGES.c.id))).label("heard"),
    func.max(case((_ANSWERED, _MESSAGES.c.id))).label("answered"),
)
_FILES = _OF_TICKETS.join(_ATTACHMENTS, _ATTACHMENTS.c.message == _MESSAGES.c.id)


class Order(StrEnum):
    DUE = "due"  # what is due next first
    NEWEST = "newest"
    LONGEST = "longest"  # who has waited longest for an answer first


@dataclass(frozen=True, kw_only=True)
class Place:
    """A line of the list, by what it is ordered by."""

    number: int
    at: datetime | None = None  # None: nothing to order it by, so it comes after those that have


@dataclass(frozen=True, kw_only=True)
class InboxPage:
    lines: tuple[InboxLine, ...]
    before: Place | None = None  # its first line, where there is a page before it
    after: Place | None = None  # its last line, where there is a page after it


def _earliest(instant: Any, *conditions: Any) -> Any:
    """Ask for the earliest instant among a ticket's running clocks."""
    runs = (_CLOCKS.c.ticket == _TICKETS.c.number, _CLOCKS.c.met_at.is_(None), _CLOCKS.c.ended_at.is_(None))
    return select(func.min(instant)).where(*runs, *conditions).scalar_subquery()


_ORDERED_BY: Mapping[Order, Any] = {
    Order.DUE: _earliest(_CLOCKS.c.due_at, _CLOCKS.c.paused_at.is_(None)),
    Order.LONGEST: _earliest(_CLOCKS.c.started_at, _CLOCKS.c.kind.in_((FIRST_RESPONSE, NEXT_RESPONSE))),
}


def inbox(
    session: Session, wanted: Wanted, *, order: Order = Order.DUE, limit: int, after: Place | None = None,
    before: Place | None = None, search: Search | None = None,
) -> InboxPage:  # fmt: skip
    """Return the page of tickets after a line, or before one.

    Only what is still to do has clocks to be ordered by; anything else comes newest first.
    """
    instant = _instant(wanted, order)
    if wanted.has_words:
        found = filtered(session, _lines(instant), wanted, search)
        asked = _from(found, is_timed=instant is not None, after=after, before=before)
    else:
        asked = _asked_plainly(wanted, order, after, before)
    rows = session.execute(asked.limit(limit + 1)).all()
    shown = rows[:limit] if before is None else rows[:limit][::-1]
    more = len(rows) > limit
    places = [Place(number=row.number, at=None if instant is None else row.at) for row in shown]
    return InboxPage(
        lines=lines_of(session, [place.number for place in places]),
        before=places[0] if places and (more if before else after) else None,
        after=places[-1] if places and (before or more) else None,
    )


def _instant(wanted: Wanted, order: Order) -> Any:
    to_do = wanted.status is not None and wanted.status <= TO_DO
    return _ORDERED_BY.get(order) if to_do else None


def _lines(instant: Any) -> Select[Any]:
    return select(_TICKETS.c.number, *(() if instant is None else (instant.label("at"),)))


@lru_cache(maxsize=_REMEMBERED)
def _asked_plainly(wanted: Wanted, order: Order, after: Place | None, before: Place | None) -> Select[Any]:
    instant = _instant(wanted, order)
    found = filtered_plainly(_lines(instant), wanted)
    return _from(found, is_timed=instant is not None, after=after, before=before)


def _from(found: Select[Any], *, is_timed: bool, after: Place | None, before: Place | None) -> Select[Any]:
    """Ask for the lines after a place in their order, or for those before it the other way round."""
    if not is_timed:
        number = _TICKETS.c.number
        if before is not None:
            return found.where(number > before.number).order_by(number)
        return (found if after is None else found.where(number < after.number)).order_by(number.desc())
    ordered = found.subquery()
    at, number = ordered.c.at, ordered.c.number
    asked = select(number, at)
    if before is not None:
        asked = asked.where(_comes_before(before, at, number))
        return asked.order_by(at.desc().nulls_first(), number)
    if after is not None:
        asked = asked.where(_comes_after(after, at, number))
    return asked.order_by(at.nulls_last(), number.desc())


def _comes_after(place: Place, at: Any, number: Any) -> Any:
    if place.at is None:
        return and_(at.is_(None), number < place.number)
    return or_(at > place.at, at.is_(None), and_(at == place.at, number < place.number))


def _comes_before(place: Place, at: Any, number: Any) -> Any:
    if place.at is None:
        return or_(at.is_not(None), number > place.number)
    return or_(at < place.at, and_(at == place.at, number > place.number))


def lines_of(session: Session, numbers: Sequence[int]) -> tuple[InboxLine, ...]:
    """Return these tickets as lines of a list, in this order."""
    asked = {"numbers": numbers}
    rows = session.execute(_THESE, asked).all()
    shown = {ticket.number: ticket for ticket in ticket_views(session, rows)}
    last = last_messages(session, numbers)
    said = {row.ticket: row for row in session.execute(_SAID, asked)}
    files = {row.ticket: row.many for row in session.execute(_FILES, asked)}
    return tuple(
        InboxLine(
            ticket=shown[number], last=last.get(number),
            messages=said[number].many if number in said else 0,
            files=files.get(number, 0),
            waits=_waits(said[number]) if number in said else None,
        )
        for number in numbers
        if number in shown
    )  # fmt: skip


def _waits(said: Row[Any]) -> int | None:
    return said.heard if said.heard is not None and said.heard > (said.answered or 0) else None


def how_many(
    session: Session, wanted: Mapping[T, Wanted], *, most: int = MOST_COUNTED, search: Search | None = None
) -> dict[T, int]:
    """Count the tickets of several lists, each up to one more than `most`; of those without words in one question."""
    plain = {key: each for key, each in wanted.items() if not each.has_words}
    found: dict[T, int] = {}
    if plain:
        counts = session.execute(_counted_plainly(tuple(plain.values()), most)).one()
        found.update(zip(plain, counts, strict=True))
    for key in wanted.keys() - plain.keys():
        words = filtered(session, select(_TICKETS.c.number), wanted[key], search, most=most + 1)
        found[key] = session.execute(_counted([words], most)).scalar_one()
    return found


@lru_cache(maxsize=_REMEMBERED)
def _counted_plainly(wanted: tuple[Wanted, ...], most: int) -> Select[Any]:
    return _counted([filtered_plainly(select(_TICKETS.c.number), each) for each in wanted], most)


def _counted(found: Sequence[Select[Any]], most: int) -> Select[Any]:
    """Ask how many tickets each question finds, up to one more than `most`."""
    limited = (each.limit(most + 1).subquery() for each in found)
    return select(*(select(func.count()).select_from(each).scalar_subquery() for each in limited))


def by_category(session: Session, wanted: Wanted) -> dict[str, int]:
    """Return how many of the wanted tickets each category has, of those that have any."""
    return _grouped(session, wanted, _TICKETS.c.category)


def by_team(session: Session, wanted: Wanted) -> dict[str, int]:
    """Return how many of the wanted tickets each second-line team has, of those that have any."""
    return _grouped(session, wanted, _TICKETS.c.team)


def _grouped(session: Session, wanted: Wanted, column: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(_grouped_by(column, wanted))}


@lru_cache(maxsize=_REMEMBERED)
def _grouped_by(column: Column[Any], wanted: Wanted) -> Select[Any]:
    asked = filtered_plainly(select(column, func.count()), wanted)
    return asked.where(column.is_not(None)).group_by(column)
