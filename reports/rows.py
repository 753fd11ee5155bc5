"""One row a ticket, with all that reports say of it.

This is the one query over the ledger: the month's figures, the screen, the workbook and every export are made of these
rows, so that they cannot disagree.

Tickets are read in pages in the order in which they were created, and each of the other tables once for the tickets
of a page; whoever does not keep the rows needs no more memory for a million tickets than for a thousand.
What the words mean (in time, waiting time, who held it) is defined in docs/reports.md, and here where it is reckoned.
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, or_, select
from sqlmodel import Session

from reports.listing import among
from reports.part import WHOLE, Part
from tickets.hours import Span
from tickets.promises import Terms, counted
from tickets.tables import Clock, Contact, DeskRevision, Event, Message, Ticket, TicketTag

PAGE = 2000  # tickets; their numbers go into each of the other questions

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_TAGS = TicketTag.__table__  # type: ignore[attr-defined]
_REVISIONS = DeskRevision.__table__  # type: ignore[attr-defined]

# Spam is in no figure, nor what became part of another ticket: that one counts.
COUNTED = and_(_TICKETS.c.spam_at.is_(None), _TICKETS.c.merged_into.is_(None))
_PAGE_OF_TICKETS: Select[Any] = (
    select(
        _TICKETS.c.number, _TICKETS.c.created_at, _TICKETS.c.channel, _TICKETS.c.subject, _TICKETS.c.category,
        _TICKETS.c.status, _TICKETS.c.assignee, _TICKETS.c.team, _TICKETS.c.cycle, _TICKETS.c.solved_at,
        _TICKETS.c.closed_at, _TICKETS.c.verified_by, _TICKETS.c.linked_to,
        func.coalesce(_CONTACTS.c.identity_name, _CONTACTS.c.name).label("contact"), _CONTACTS.c.identity_number,
    )
    .select_from(_TICKETS.join(_CONTACTS, _CONTACTS.c.id == _TICKETS.c.contact))
    .where(
        _TICKETS.c.desk == bindparam("desk"), _TICKETS.c.created_at < bindparam("end_at"), COUNTED
    )
    .order_by(_TICKETS.c.created_at, _TICKETS.c.number)
    .limit(bindparam("most"))
)  # fmt: skip
_FROM_THE_START = _TICKETS.c.created_at >= bindparam("start_at")
_AFTER = and_(
    _TICKETS.c.created_at >= bindparam("last_at"),
    or_(_TICKETS.c.created_at > bindparam("last_at"), _TICKETS.c.number > bindparam("last_number")),
)
_LEFT_OUT = select(
    func.count(_TICKETS.c.spam_at).label("spam"), func.count(_TICKETS.c.merged_into).label("merged")
).where(
    _TICKETS.c.desk == bindparam("desk"), _TICKETS.c.created_at >= bindparam("start_at"),
    _TICKETS.c.created_at < bindparam("end_at"),
)  # fmt: skip
_HOW_MANY = select(func.count()).where(
    _TICKETS.c.desk == bindparam("desk"), _TICKETS.c.created_at >= bindparam("start_at"),
    _TICKETS.c.created_at < bindparam("end_at"), COUNTED,
)  # fmt: skip
_CLOCKS_OF_PAGE = (
    select(
        _CLOCKS.c.ticket, _CLOCKS.c.kind, _CLOCKS.c.subject, _CLOCKS.c.cycle, _CLOCKS.c.terms_of, _CLOCKS.c.revision,
        _CLOCKS.c.promise, _CLOCKS.c.started_at, _CLOCKS.c.due_at, _CLOCKS.c.pauses, _CLOCKS.c.paused_at,
        _CLOCKS.c.met_at, _CLOCKS.c.breached_at, _CLOCKS.c.ended_at,
    )
    .where(among(_CLOCKS.c.ticket, "numbers"))
    .order_by(_CLOCKS.c.ticket, _CLOCKS.c.started_at, _CLOCKS.c.kind, _CLOCKS.c.cycle)
)  # fmt: skip
_MESSAGES_OF_PAGE = (
    select(
        _MESSAGES.c.ticket, _MESSAGES.c.direction, _MESSAGES.c.author, _MESSAGES.c.actor, func.count().label("messages")
    )
    .where(among(_MESSAGES.c.ticket, "numbers"))
    .group_by(_MESSAGES.c.ticket, _MESSAGES.c.direction, _MESSAGES.c.author, _MESSAGES.c.actor)
    .order_by(_MESSAGES.c.ticket, _MESSAGES.c.actor)
)  # fmt: skip
_TAGS_OF_PAGE = select(_TAGS).where(among(_TAGS.c.ticket, "numbers")).order_by(_TAGS.c.ticket, _TAGS.c.tag)
_MOVES = ("ticket.assigned", "clock.extended")
_EVENTS_OF_PAGE = (
    select(_EVENTS.c.ticket, _EVENTS.c.kind, _EVENTS.c.at, _EVENTS.c.data)
    .where(among(_EVENTS.c.ticket, "numbers"), _EVENTS.c.kind.in_(_MOVES))
    .order_by(_EVENTS.c.ticket, _EVENTS.c.id)
)
_TERMS = select(_REVISIONS.c.terms).where(
    _REVISIONS.c.desk == bindparam("desk"), _REVISIONS.c.number == bindparam("number")
)


class Outcome(StrEnum):
    """How a promise ended, or that it has not."""

    MET = "met"  # in time
    BREACHED = "breached"  # kept too late, not at all, or still not and overdue
    RUNNING = "running"  # not kept yet, and not due (or paused)
    ENDED = "ended"  # closed without an answer before it was due


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """One clock of a ticket as it stands."""

    kind: str
    cycle: int  # grows with each reopening; of later responses with each question
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    breached_at: datetime | None  # the instant at which the promise ran out
    ended_at: datetime | None
    outcome: Outcome
    took: timedelta | None  # to the answer, counted as the promise counts, without pauses; None: not met
    late: timedelta | None  # counted alike, from due to the answer, the end, or now; None: not breached
    held_by: str | None  # of a breached one: who held the ticket when it ran out (staff id)
    extended_at: datetime | None = None  # a supervisor gave more time, the last time then
    extended_why: str | None = None  # the reason that they gave


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketRow:
    """One ticket. Names stand beside ids; where a name is not known it is the id."""

    number: int
    created_at: datetime
    channel: str
    contact: str | None
    identity_number: str | None  # masked but for its last three characters, unless asked for
    subject: str | None
    category: str | None
    category_name: str | None
    tags: tuple[str, ...]
    status: str
    assignee: str | None  # staff id
    assignee_name: str | None
    team: str | None
    team_name: str | None
    cycle: int  # 1, and one more with each reopening
    promises: tuple[Promise, ...]  # in the order in which they started
    solved_at: datetime | None
    closed_at: datetime | None
    verified_by: str | None
    messages_in: int
    messages_out: int  # by people and by the bot
    messages_automatic: int  # of those sent, the bot's
    answers_by: tuple[tuple[str, int], ...]  # (who, how many answers); staff id, or the actor's key
    linked_to: int | None

    def first(self, kind: str) -> Promise | None:
        """Return the ticket's first promise of this kind: the one that its times are told of."""
        return next((one for one in self.promises if one.kind == kind), None)

    def tally(self, kind: str, outcome: Outcome) -> int:
        """Return how many promises of this kind, over all reopenings, came out so."""
        return sum(one.kind == kind and one.outcome is outcome for one in self.promises)

    @property
    def reopenings(self) -> int:
        return self.cycle - 1


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """How many tickets of the time are in no figure."""

    spam: int = 0
    merged: int = 0  # into another ticket, which counts


@dataclass(frozen=True, kw_only=True)
class Names:
    """What ids are called: of categories, staff, teams."""

    categories: Mapping[str, str]
    staff: Mapping[str, str]
    teams: Mapping[str, str]

    def category(self, id: str | None) -> str | None:  # noqa: A002  the word of the catalogue
        return None if id is None else self.categories.get(id, id)

    def person(self, id: str | None) -> str | None:  # noqa: A002
        return None if id is None else self.staff.get(id, id)

    def team(self, id: str | None) -> str | None:  # noqa: A002
        return None if id is None else self.teams.get(id, id)


def left_out(
    session: Session, *, desk: str, start_at: datetime, end_at: datetime, part: Part = WHOLE
) -> LeftOut:
    """Count the tickets created in the time that no row tells of."""
    row = session.execute(
        _LEFT_OUT.where(*part.conditions()), {"desk": desk, "start_at": start_at, "end_at": end_at}
    ).one()
    return LeftOut(spam=row.spam, merged=row.merged)


def how_many(
    session: Session,
    *,
    desk: str,
    start_at: datetime,
    end_at: datetime,
    part: Part = WHOLE,
    conditions: Sequence[ColumnElement[bool]] = (),
) -> int:
    """Count the tickets that `ticket_rows` would tell of."""
    asked = {"desk": desk, "start_at": start_at, "end_at": end_at}
    return int(session.execute(_HOW_MANY.where(*part.conditions(), *conditions), asked).scalar_one())


def ticket_rows(
    session: Session,
    *,
    desk: str,
    start_at: datetime,
    end_at: datetime,
    now: datetime,
    names: Names,
    part: Part = WHOLE,
    conditions: Sequence[ColumnElement[bool]] = (),
    identities: bool = False,
    page_size: int = PAGE,
) -> Iterator[TicketRow]:
    """Yield the tickets created from `start_at` up to `end_at`, oldest first, as they stand now.

    Spam, and what was merged into another ticket, is left out; `left_out` counts it.
    Between two pages no transaction is left open, so a slow reader holds nothing up.
    """
    reckoning = Reckoning(session, now=now)
    scope: dict[str, Any] = {"desk": desk, "start_at": start_at, "end_at": end_at, "most": page_size}
    of_part = _PAGE_OF_TICKETS.where(*part.conditions(), *conditions)
    statement = of_part.where(_FROM_THE_START)
    while page := session.execute(statement, scope).all():
        rows = list(_rows(session, page, reckoning, names, identities=identities))
        session.rollback()
        yield from rows
        if len(page) < page_size:
            return
        statement = of_part.where(_AFTER)
        scope |= {"last_at": page[-1].created_at, "last_number": page[-1].number}


def moves_of(session: Session, numbers: Sequence[int]) -> Mapping[int, Sequence[Row[Any]]]:
    """Read who was given these tickets, and which of their clocks were given more time: what `Reckoning` asks for."""
    return _by_ticket(session.execute(_EVENTS_OF_PAGE, {"numbers": json.dumps(list(numbers))}).all())


def _rows(
    session: Session, page: Sequence[Row[Any]], reckoning: "Reckoning", names: Names, *, identities: bool
) -> Iterator[TicketRow]:
    numbers = [ticket.number for ticket in page]
    of_page = {"numbers": json.dumps(numbers)}
    clocks = _by_ticket(session.execute(_CLOCKS_OF_PAGE, of_page).all())
    messages = _by_ticket(session.execute(_MESSAGES_OF_PAGE, of_page).all())
    tags = _by_ticket(session.execute(_TAGS_OF_PAGE, of_page).all())
    moves = moves_of(session, numbers)
    for ticket in page:
        happened = moves.get(ticket.number, ())
        said = _said(messages.get(ticket.number, ()))
        yield TicketRow(
            number=ticket.number,
            created_at=ticket.created_at,
            channel=intern(ticket.channel),
            contact=ticket.contact,
            identity_number=ticket.identity_number if identities else masked(ticket.identity_number),
            subject=ticket.subject,
            category=_one_of_few(ticket.category),
            category_name=names.category(ticket.category),
            tags=tuple(row.tag for row in tags.get(ticket.number, ())),
            status=intern(ticket.status),
            assignee=_one_of_few(ticket.assignee),
            assignee_name=names.person(ticket.assignee),
            team=_one_of_few(ticket.team),
            team_name=names.team(ticket.team),
            cycle=ticket.cycle,
            promises=tuple(reckoning.promise(clock, happened) for clock in clocks.get(ticket.number, ())),
            solved_at=ticket.solved_at,
            closed_at=ticket.closed_at,
            verified_by=names.person(who(ticket.verified_by)),
            messages_in=said.received,
            messages_out=said.automatic + sum(count for _, count in said.answers_by),
            messages_automatic=said.automatic,
            answers_by=said.answers_by,
            linked_to=ticket.linked_to,
        )


class _Said(NamedTuple):
    received: int
    automatic: int
    answers_by: tuple[tuple[str, int], ...]


def _said(counted: Iterable[Row[Any]]) -> _Said:
    received = automatic = 0
    answers: list[tuple[str, int]] = []
    for one in counted:
        direction, author, messages = one.direction, one.author, one.messages
        if direction == "in":
            received += messages
        elif direction == "out" and author == "bot":
            automatic += messages
        elif direction == "out":
            answers.append((intern(who(one.actor) or ""), messages))
    return _Said(received, automatic, tuple(answers))


def masked(number: str | None) -> str | None:
    """Hide an identity number but for its last three characters; a short one altogether."""
    if not number:
        return None
    shown = number[-3:] if len(number) > 5 else ""
    return "*" * (len(number) - len(shown)) + shown


def who(actor: str | None) -> str | None:
    """Return the staff id of an actor's key (`staff:budi@…`); other keys stay as they are."""
    return None if actor is None else actor.removeprefix("staff:")


def _one_of_few(word: str | None) -> str | None:
    """Return the one copy of a word that very many rows have, which would be a text of its own in each of them."""
    return None if word is None else intern(word)


def _by_ticket(found: Iterable[Row[Any]]) -> Mapping[int, Sequence[Row[Any]]]:
    sorted_out: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in found:
        sorted_out[row.ticket].append(row)
    return sorted_out


class Reckoning:
    """Measures clocks under the terms that each of them was promised by."""

    def __init__(self, session: Session, *, now: datetime) -> None:
        self._session = session
        self._now = now
        self._terms: dict[tuple[str, int], Terms] = {}

    def promise(self, clock: Row[Any], moves: Sequence[Row[Any]]) -> Promise:
        over_at = clock.met_at or clock.ended_at or self._now
        outcome = self._outcome(clock)
        breached_at = (clock.breached_at or clock.due_at) if outcome is Outcome.BREACHED else None
        took = None if clock.met_at is None else self.took(clock)
        late = None if breached_at is None else self._counted(clock, breached_at, over_at)
        extension = _extension(moves, clock)
        return Promise(
            kind=intern(clock.kind),
            cycle=clock.cycle,
            started_at=clock.started_at,
            due_at=clock.due_at,
            met_at=clock.met_at,
            breached_at=breached_at,
            ended_at=clock.ended_at,
            outcome=outcome,
            took=took,
            late=late,
            held_by=None if breached_at is None else _holder(moves, breached_at),
            extended_at=extension.at if extension else None,
            extended_why=(extension.data or {}).get("reason") if extension else None,
        )

    def took(self, clock: Row[Any]) -> timedelta:
        """Return how long it was until a clock was met, as its promise counts."""
        return self._counted(clock, clock.started_at, clock.met_at)

    def _outcome(self, clock: Row[Any]) -> Outcome:
        if clock.breached_at is not None:
            return Outcome.BREACHED
        if clock.met_at is not None:
            return Outcome.MET
        if clock.ended_at is not None:
            return Outcome.ENDED
        # Overdue is overdue, even if the sweep has not come by to write it down.
        overdue = clock.paused_at is None and clock.due_at < self._now
        return Outcome.BREACHED if overdue else Outcome.RUNNING

    def _counted(self, clock: Row[Any], start: datetime, end: datetime) -> timedelta:
        """Measure from start to end without the pauses: open time or plain time, as the promise counts."""
        terms = self.terms_of(clock.terms_of, clock.revision)
        promise = _span(clock.promise)
        if not clock.pauses:
            return max(counted(terms, promise, start, end), timedelta())
        paused = (
            counted(terms, promise, max(begun, start), min(over, end))
            for begun, over in _pauses(clock, end)
            if start < over and begun < end
        )
        return max(counted(terms, promise, start, end) - sum(paused, timedelta()), timedelta())

    def terms_of(self, desk: str, revision: int) -> Terms:
        found = self._terms.get((desk, revision))
        if found is None:
            data = self._session.execute(_TERMS, {"desk": desk, "number": revision}).scalar_one()
            found = self._terms[desk, revision] = Terms.from_data(data)
        return found


@lru_cache(maxsize=256)
def _span(text: str) -> Span:
    """Read a promise; a desk makes few different ones, and reports read each of them for every ticket."""
    return Span.from_text(text)


def _pauses(clock: Row[Any], until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield when a clock stood still; what lasts ends now."""
    for start, end in clock.pauses or ():
        yield datetime.fromisoformat(start), datetime.fromisoformat(end) if end else until


def _holder(moves: Sequence[Row[Any]], at: datetime) -> str | None:
    """Return who held the ticket at an instant."""
    given = [move for move in moves if move.kind == "ticket.assigned"]
    last = bisect_right([move.at for move in given], at) - 1
    return (given[last].data or {}).get("to") if last >= 0 else None


def _extension(moves: Sequence[Row[Any]], clock: Row[Any]) -> Row[Any] | None:
    """Return the event by which this clock was given more time last."""
    about = {"clock": clock.kind, "about": clock.subject, "cycle": clock.cycle}
    given = (
        move for move in moves if move.kind == "clock.extended" and about.items() <= (move.data or {}).items()
    )
    return max(given, key=lambda move: move.at, default=None)
