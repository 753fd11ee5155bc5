"""How the clocks of tickets stand: whether each promise was kept, how long it took, how late it was, who held the ticket then.

One clock is reckoned by itself here, those of many tickets together in `clock_columns`; both come to the same.
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session

from reports.listing import among
from tickets.hours import Span
from tickets.promises import Terms, counted
from tickets.tables import DeskRevision, Event

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_REVISIONS = DeskRevision.__table__  # type: ignore[attr-defined]
_MOVES = ("ticket.assigned", "clock.extended")
_EVENTS_OF_PAGE = (
    select(_EVENTS.c.ticket, _EVENTS.c.kind, _EVENTS.c.at, _EVENTS.c.data)
    .where(among(_EVENTS.c.ticket, "numbers"), _EVENTS.c.kind.in_(_MOVES))
    .order_by(_EVENTS.c.ticket, _EVENTS.c.id)
)
_TERMS = select(_REVISIONS.c.terms).where(
    _REVISIONS.c.desk == bindparam("desk"), _REVISIONS.c.number == bindparam("number")
)


Moves = Sequence[Row[Any]]  # of one ticket, in their order


class Outcome(StrEnum):
    """How a promise ended, or that it has not."""

    MET = "met"  # in time
    BREACHED = "breached"  # kept too late, not at all, or still not and overdue
    RUNNING = "running"  # not kept yet, and not due (or paused)
    ENDED = "ended"  # closed without an answer before it was due


class Promise(NamedTuple):
    """One clock of a ticket as it stands. Reports make hundreds of thousands of them: hence no dataclass."""

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
    subject: str = ""  # of a kind that a ticket has several of: which one


def moves_of(session: Session, numbers: Collection[int]) -> Mapping[int, Moves]:
    """Read who was given these tickets, and which of their clocks were given more time: what `Reckoning` asks for."""
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    if numbers:
        for row in session.execute(_EVENTS_OF_PAGE, {"numbers": json.dumps(sorted(numbers))}):
            found[row.ticket].append(row)
    return found


class Reckoning:
    """Measures clocks under the terms that each of them was promised by."""

    def __init__(self, session: Session, *, now: datetime) -> None:
        self._session = session
        self.now = now
        self._terms: dict[tuple[str, int], Terms] = {}

    def promise(self, clock: Row[Any], moves: Moves) -> Promise:
        """Reckon one clock."""
        outcome = self._outcome(clock)
        breached_at = _ran_out_at(clock, outcome)
        took = None if clock.met_at is None else self.took(clock)
        late = None if breached_at is None else self._counted(clock, breached_at, self._over_at(clock))
        return _told(clock, moves, outcome, took, late)

    def took(self, clock: Row[Any]) -> timedelta:
        """Return how long it was until a clock was met, as its promise counts."""
        return self._counted(clock, clock.started_at, clock.met_at)

    def terms_of(self, desk: str, revision: int) -> Terms:
        found = self._terms.get((desk, revision))
        if found is None:
            data = self._session.execute(_TERMS, {"desk": desk, "number": revision}).scalar_one()
            found = self._terms[desk, revision] = Terms.from_data(data)
        return found

    def _outcome(self, clock: Row[Any]) -> Outcome:
        if clock.breached_at is not None:
            return Outcome.BREACHED
        if clock.met_at is not None:
            return Outcome.MET
        if clock.ended_at is not None:
            return Outcome.ENDED
        # Overdue is overdue, even if the sweep has not come by to write it down.
        overdue = clock.paused_at is None and clock.due_at < self.now
        return Outcome.BREACHED if overdue else Outcome.RUNNING

    def _over_at(self, clock: Row[Any]) -> datetime:
        over_at: datetime = clock.met_at or clock.ended_at or self.now
        return over_at

    def _counted(self, clock: Row[Any], start: datetime, end: datetime) -> timedelta:
        """Measure from start to end without the pauses: open time or plain time, as the promise counts."""
        terms = self.terms_of(clock.terms_of, clock.revision)
        promise = span(clock.promise)
        if not clock.pauses:
            return max(counted(terms, promise, start, end), timedelta())
        paused = (
            counted(terms, promise, max(begun, start), min(over, end))
            for begun, over in _pauses(clock, end)
            if start < over and begun < end
        )
        return max(counted(terms, promise, start, end) - sum(paused, timedelta()), timedelta())


def _told(
    clock: Row[Any], moves: Moves, outcome: Outcome, took: timedelta | None, late: timedelta | None
) -> Promise:
    breached_at = _ran_out_at(clock, outcome)
    extended_at, extended_why = extension(moves, clock.kind, clock.subject, clock.cycle)
    return Promise(
        intern(clock.kind),
        clock.cycle,
        clock.started_at,
        clock.due_at,
        clock.met_at,
        breached_at,
        clock.ended_at,
        outcome,
        took,
        late,
        held_by=None if breached_at is None else holder(moves, breached_at),
        extended_at=extended_at,
        extended_why=extended_why,
        subject=clock.subject,
    )


def _ran_out_at(clock: Row[Any], outcome: Outcome) -> datetime | None:
    """Return the instant at which a promise ran out; None where it was not broken."""
    return (clock.breached_at or clock.due_at) if outcome is Outcome.BREACHED else None


@lru_cache(maxsize=256)
def span(text: str) -> Span:
    """Read a promise; a desk makes few different ones, and reports read each of them for every ticket."""
    return Span.from_text(text)


def _pauses(clock: Row[Any], until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield when a clock stood still; what lasts ends now."""
    for start, end in clock.pauses or ():
        yield datetime.fromisoformat(start), datetime.fromisoformat(end) if end else until


def holder(moves: Moves, at: datetime) -> str | None:
    """Return who held the ticket at an instant."""
    given = [move for move in moves if move.kind == "ticket.assigned"]
    last = bisect_right([move.at for move in given], at) - 1
    return (given[last].data or {}).get("to") if last >= 0 else None


def extension(
    moves: Moves, kind: str, subject: str, cycle: int
) -> tuple[datetime, str | None] | tuple[None, None]:
    """Return when a clock was given more time last, and the reason."""
    about = {"clock": kind, "about": subject, "cycle": cycle}
    given = (
        move for move in moves if move.kind == "clock.extended" and about.items() <= (move.data or {}).items()
    )
    last = max(given, key=lambda move: move.at, default=None)
    return (None, None) if last is None else (last.at, last.data.get("reason"))
