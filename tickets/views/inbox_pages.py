"""The inbox: tickets as lines, in the order in which they want attention, a page at a time.

A page begins where the one before ended, at a line and not at a count of lines, so that what comes in meanwhile
neither shows a ticket twice nor hides one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Row, Select, and_, bindparam, case, func, or_, select
from sqlmodel import Session

from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE
from tickets.lifecycle import TO_DO
from tickets.message import Author, Direction
from tickets.tables import Attachment, Clock, Message, Ticket
from tickets.views.conversation import last_messages
from tickets.views.queue import Search, filtered, ticket_views
from tickets.views.values import InboxLine, Wanted

MOST_COUNTED = 99

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
    to_do = wanted.status is not None and wanted.status <= TO_DO
    instant = _ORDERED_BY.get(order) if to_do else None
    columns = (_TICKETS.c.number, *(() if instant is None else (instant.label("at"),)))
    found = filtered(session, select(*columns), wanted, search)
    asked = _from(found, is_timed=instant is not None, after=after, before=before)
    rows = session.execute(asked.limit(limit + 1)).all()
    shown = rows[:limit] if before is None else rows[:limit][::-1]
    more = len(rows) > limit
    places = [Place(number=row.number, at=None if instant is None else row.at) for row in shown]
    return InboxPage(
        lines=lines_of(session, [place.number for place in places]),
        before=places[0] if places and (more if before else after) else None,
        after=places[-1] if places and (before or more) else None,
    )


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
    """Count the tickets of several lists in one question, each up to one more than `most`."""
    if not wanted:
        return {}
    counted = (
        filtered(session, select(_TICKETS.c.number), each, search, most=most + 1).limit(most + 1).subquery()
        for each in wanted.values()
    )
    asked = select(*(select(func.count()).select_from(each).scalar_subquery() for each in counted))
    return dict(zip(wanted, session.execute(asked).one(), strict=True))


def by_category(session: Session, wanted: Wanted) -> dict[str, int]:
    """Return how many of the wanted tickets each category has, of those that have any."""
    return _grouped(session, wanted, _TICKETS.c.category)


def by_team(session: Session, wanted: Wanted) -> dict[str, int]:
    """Return how many of the wanted tickets each second-line team has, of those that have any."""
    return _grouped(session, wanted, _TICKETS.c.team)


def _grouped(session: Session, wanted: Wanted, column: Any) -> dict[str, int]:
    asked = filtered(session, select(column, func.count()), wanted, None)
    return {row[0]: row[1] for row in session.execute(asked.where(column.is_not(None)).group_by(column))}
