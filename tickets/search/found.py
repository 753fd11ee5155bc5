"""What a search finds, page by page: tickets, and where in them stands what was looked for.

The newest come first, or those that speak of it in their subject, their people or their files: of these the newest
hundreds are put in that order, then those before them, so that the work is bounded however much is found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, null, select
from sqlmodel import Session

from tickets.search.index import SearchIndex
from tickets.search.matches import Found
from tickets.search.meaning import Asker, Meaning
from tickets.search.snippets import Piece, Sought, excerpt, marked_pieces, sought_in
from tickets.tables import Attachment, Message, Ticket
from tickets.views.queue import filtered_plainly, ticket_views
from tickets.views.ticket_values import TicketView
from tickets.views.wanted import Wanted
from tickets.words import words_of

WINDOW = 200  # matches, at most, that are put in order of how well they fit
_LETTERS = 5_000  # of a message, in which what was looked for is shown
_MESSAGES_OF = 400  # of all tickets of a page, the newest
_SUBJECT, _NAMED = 3, 2  # what it counts to be met there

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_NUMBERS: Any = bindparam("numbers", expanding=True)
_IS_SAID_THERE = (_MESSAGES.c.ticket.in_(_NUMBERS), _MESSAGES.c.withdrawn_at.is_(None))
_SUBJECTS = select(_TICKETS.c.number, _TICKETS.c.subject).where(_TICKETS.c.number.in_(_NUMBERS))
_SAID = (
    select(
        _MESSAGES.c.id, _MESSAGES.c.at, _MESSAGES.c.ticket, _MESSAGES.c.direction,
        func.substr(_MESSAGES.c.text, 1, _LETTERS).label("text"),
    )
    .where(*_IS_SAID_THERE)
    .order_by(_MESSAGES.c.id.desc())
    .limit(_MESSAGES_OF)
)  # fmt: skip
_FILES = (
    select(_MESSAGES.c.id, _MESSAGES.c.at, _MESSAGES.c.ticket, _ATTACHMENTS.c.name, null().label("direction"))
    .join(_ATTACHMENTS, _ATTACHMENTS.c.message == _MESSAGES.c.id)
    .where(*_IS_SAID_THERE)
    .order_by(_MESSAGES.c.id.desc())
    .limit(_MESSAGES_OF)
)


class Order(StrEnum):
    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where it stands: what was said, with its place in the conversation, or the name of a file."""

    direction: str | None  # in, out, note; None: a file's name
    message: int
    at: datetime
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class FoundTicket:
    ticket: TicketView
    subject: tuple[Piece, ...]
    contact: tuple[Piece, ...]
    place: (
        Place | None
    )  # None: it is met elsewhere, in the subject, by the contact's name or by filters alone


@dataclass(frozen=True, kw_only=True)
class FoundPage:
    tickets: tuple[FoundTicket, ...]
    next: str | None  # hand it back as `after`


@dataclass(frozen=True, kw_only=True)
class _Window:
    """The matches below a number, in order of how well they fit, from after one of them."""

    below: int | None = None
    score: int | None = None
    number: int = 0

    @classmethod
    def read(cls, after: str | None) -> "_Window":
        below, score, number = [*(after or "").split("."), "", "", ""][:3]
        last = int(score) if score.isdecimal() and len(score) < 6 else None
        return cls(below=_number(below), score=last, number=_number(number) or 0)

    def __str__(self) -> str:
        return f"{self.below or ''}.{'' if self.score is None else self.score}.{self.number or ''}"


def find(
    session: Session, index: SearchIndex, meaning: Meaning, *, asker: Asker, order: Order, limit: int, after: str | None
) -> FoundPage:  # fmt: skip
    """Return a page of what is found; `after` is the `next` of the page before."""
    sought = sought_in(meaning.wanted)
    if order is Order.BEST and meaning.wanted:
        numbers, following = _best(session, index, meaning, sought, limit=limit, after=after)
    else:
        numbers, following = _newest(index, meaning, limit=limit, after=after)
    statement = _among_seen(Wanted(desks=asker.desks, only_teams=asker.only_teams))
    if meaning.opened_from is not None:
        statement = statement.where(_TICKETS.c.created_at >= meaning.opened_from)
    if meaning.opened_before is not None:
        statement = statement.where(_TICKETS.c.created_at < meaning.opened_before)
    views = {
        view.number: view
        for view in ticket_views(session, session.execute(statement, {"numbers": numbers}).all())
    }
    places = _places(session, list(views), sought) if sought.words else {}
    found = tuple(
        FoundTicket(
            ticket=view, subject=marked_pieces(view.subject or "", sought),
            contact=marked_pieces(view.contact.called or "", sought), place=places.get(view.number),
        )
        for number in numbers
        if (view := views.get(number)) is not None
    )  # fmt: skip
    return FoundPage(tickets=found, next=following)


@lru_cache(maxsize=64)
def _among_seen(seen: Wanted) -> Select[Any]:
    return filtered_plainly(select(_TICKETS).where(_TICKETS.c.number.in_(_NUMBERS)), seen)


def _newest(
    index: SearchIndex, meaning: Meaning, *, limit: int, after: str | None
) -> tuple[Sequence[int], str | None]:
    found = index.find(meaning.asked, limit=limit, below=_Window.read(after).below)
    return found.numbers, _further(found)


def _best(
    session: Session, index: SearchIndex, meaning: Meaning, sought: Sought, *, limit: int, after: str | None
) -> tuple[Sequence[int], str | None]:  # fmt: skip
    window = _Window.read(after)
    found = index.find(meaning.asked, limit=WINDOW, enough=limit, below=window.below)
    scores = _scores(session, index, found.numbers, sought)
    ranked = sorted(((scores[number], number) for number in found.numbers), reverse=True)
    rest = [each for each in ranked if window.score is None or each < (window.score, window.number)]
    page = rest[:limit]
    if len(rest) > limit:
        score, number = page[-1]
        return [each for _, each in page], str(_Window(below=window.below, score=score, number=number))
    return [each for _, each in page], _further(found)


def _further(found: Found) -> str | None:
    return None if found.below is None else str(_Window(below=found.below))


def _scores(session: Session, index: SearchIndex, numbers: Sequence[int], sought: Sought) -> dict[int, int]:
    subjects = session.execute(_SUBJECTS, {"numbers": numbers})
    named = index.words.named(numbers)
    about = {row.number: words_of(row.subject or "") for row in subjects}
    return {
        number: _SUBJECT * sought.met_by(about.get(number, ()))
        + _NAMED * sought.met_by(named.get(number, ()))
        for number in numbers
    }


def _places(session: Session, numbers: Sequence[int], sought: Sought) -> dict[int, Place]:
    """Return for each ticket the place where most of it stands, of those the newest."""
    asked = {"numbers": numbers}
    best: dict[int, tuple[int, Any, str]] = {}
    for row in session.execute(_SAID, asked):
        met = sought.met_by(words_of(row.text))
        if met > best.get(row.ticket, (0,))[0]:
            best[row.ticket] = (met, row, row.text)
    for row in session.execute(_FILES, asked):
        met = sought.met_by(words_of(row.name))
        if met > best.get(row.ticket, (0,))[0]:
            best[row.ticket] = (met, row, row.name)
    return {
        ticket: Place(direction=row.direction, message=row.id, at=row.at, pieces=excerpt(text, sought))
        for ticket, (_, row, text) in best.items()
    }


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 16 else None
