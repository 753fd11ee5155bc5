"""How the clocks of tickets stand: whether each promise was kept, how long it took, how late it was, who held the ticket then.

One clock is reckoned by itself, very many of them are reckoned together (`lengths`); both come to the same.
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session

from reports.lengths import Runs, all_counted, number_of
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


class StoredClock(NamedTuple):
    """A clock as the ledger has it. To read a name of a database's row costs twenty times what it costs here."""

    ticket: int
    kind: str
    subject: str
    cycle: int
    terms_of: str  # the desk
    revision: int
    promise: str
    started_at: datetime
    due_at: datetime
    pauses: str | None  # `[[start, end or null], …]`
    paused_at: datetime | None
    met_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None
    extended_at: datetime | None


Clock = StoredClock | Row[Any]
Moves = Sequence[Row[Any]]  # of one ticket, in their order
_Run = tuple[StoredClock, datetime, datetime]  # a clock, and from when to when it is counted


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
        self._now = now
        self._terms: dict[tuple[str, int], Terms] = {}

    def promise(self, clock: Row[Any], moves: Moves) -> Promise:
        """Reckon one clock."""
        outcome = self._outcome(clock)
        breached_at = _ran_out_at(clock, outcome)
        took = None if clock.met_at is None else self.took(clock)
        late = None if breached_at is None else self._counted(clock, breached_at, self._over_at(clock))
        return _told(clock, moves, outcome, took, late)

    def promises(self, clocks: Sequence[StoredClock]) -> Iterator[Promise]:
        """Reckon many clocks, in their order."""
        outcomes = [self._outcome(clock) for clock in clocks]
        ran_out = list(map(_ran_out_at, clocks, outcomes))
        took: list[timedelta | None] = [None] * len(clocks)
        late = took.copy()
        for alike in _promised_alike(clocks):
            met: dict[int, _Run] = {}
            broken: dict[int, _Run] = {}
            for at in alike:
                clock, ran_out_at = clocks[at], ran_out[at]
                if clock.met_at is not None:
                    met[at] = clock, clock.started_at, clock.met_at
                if ran_out_at is not None:
                    broken[at] = clock, ran_out_at, self._over_at(clock)
            self._count(met, took)
            self._count(broken, late)
        asked = {clock.ticket for clock, at in zip(clocks, ran_out, strict=True) if at or clock.extended_at}
        moves = moves_of(self._session, asked)
        for clock, outcome, *lengths in zip(clocks, outcomes, took, late, strict=True):
            yield _told(clock, moves.get(clock.ticket, ()), outcome, *lengths)

    def took(self, clock: Row[Any]) -> timedelta:
        """Return how long it was until a clock was met, as its promise counts."""
        return self._counted(clock, clock.started_at, clock.met_at)

    def terms_of(self, desk: str, revision: int) -> Terms:
        found = self._terms.get((desk, revision))
        if found is None:
            data = self._session.execute(_TERMS, {"desk": desk, "number": revision}).scalar_one()
            found = self._terms[desk, revision] = Terms.from_data(data)
        return found

    def _outcome(self, clock: Clock) -> Outcome:
        if clock.breached_at is not None:
            return Outcome.BREACHED
        if clock.met_at is not None:
            return Outcome.MET
        if clock.ended_at is not None:
            return Outcome.ENDED
        # Overdue is overdue, even if the sweep has not come by to write it down.
        overdue = clock.paused_at is None and clock.due_at < self._now
        return Outcome.BREACHED if overdue else Outcome.RUNNING

    def _over_at(self, clock: Clock) -> datetime:
        over_at: datetime = clock.met_at or clock.ended_at or self._now
        return over_at

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

    def _count(self, runs: Mapping[int, _Run], lengths: list[timedelta | None]) -> None:
        """Measure runs that were promised alike, and put each length into its place."""
        if not runs:
            return
        promised = next(iter(runs.values()))[0]
        counting = Runs(
            starts=[number_of(start) for _, start, _ in runs.values()],
            ends=[number_of(end) for _, _, end in runs.values()],
            pauses=[clock.pauses for clock, _, _ in runs.values()],
        )
        terms = self.terms_of(promised.terms_of, promised.revision)
        found = all_counted(terms, _span(promised.promise), counting).tolist()
        for at, length in zip(runs, found, strict=True):
            lengths[at] = timedelta(microseconds=length)


def _promised_alike(clocks: Sequence[StoredClock]) -> Iterable[Sequence[int]]:
    """Part clocks by what was promised, under which terms: where they stand in the list."""
    alike: defaultdict[tuple[str, str, int], list[int]] = defaultdict(list)
    for at, clock in enumerate(clocks):
        alike[clock.promise, clock.terms_of, clock.revision].append(at)
    return alike.values()


def _told(
    clock: Clock, moves: Moves, outcome: Outcome, took: timedelta | None, late: timedelta | None
) -> Promise:
    breached_at = _ran_out_at(clock, outcome)
    extension = _extension(moves, clock) if moves else None
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
        held_by=None if breached_at is None else _holder(moves, breached_at),
        extended_at=extension.at if extension else None,
        extended_why=(extension.data or {}).get("reason") if extension else None,
    )


def _ran_out_at(clock: Clock, outcome: Outcome) -> datetime | None:
    """Return the instant at which a promise ran out; None where it was not broken."""
    return (clock.breached_at or clock.due_at) if outcome is Outcome.BREACHED else None


@lru_cache(maxsize=256)
def _span(text: str) -> Span:
    """Read a promise; a desk makes few different ones, and reports read each of them for every ticket."""
    return Span.from_text(text)


def _pauses(clock: Row[Any], until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield when a clock stood still; what lasts ends now."""
    for start, end in clock.pauses or ():
        yield datetime.fromisoformat(start), datetime.fromisoformat(end) if end else until


def _holder(moves: Moves, at: datetime) -> str | None:
    """Return who held the ticket at an instant."""
    given = [move for move in moves if move.kind == "ticket.assigned"]
    last = bisect_right([move.at for move in given], at) - 1
    return (given[last].data or {}).get("to") if last >= 0 else None


def _extension(moves: Moves, clock: Clock) -> Row[Any] | None:
    """Return the event by which this clock was given more time last."""
    about = {"clock": clock.kind, "about": clock.subject, "cycle": clock.cycle}
    given = (
        move for move in moves if move.kind == "clock.extended" and about.items() <= (move.data or {}).items()
    )
    return max(given, key=lambda move: move.at, default=None)
