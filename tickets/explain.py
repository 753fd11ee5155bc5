"""Why a clock falls due when it does: what was counted, what was left out, who changed it.

A pure reading of the same events that the clocks are derived from. All instants are local to the desk whose hours
count, for that is how people check them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tickets.clocks import RULES, ClockRule, ClockState, Happening, TermsOf, fold, standing
from tickets.hours import ClosedDay, Interval, Span, closures, intervals
from tickets.promises import Pause, Terms, counted

EXTENDED, REPROMISED = "clock.extended", "ticket.repromised"
ZERO = timedelta()


@dataclass(frozen=True, kw_only=True)
class Change:
    """A due time that was moved by somebody, or by another promise."""

    at: datetime
    by: str | None  # actor
    why: str  # extended; or what changed the promise: policy, category, priority, desk
    reason: str | None  # what a person gave as the reason
    before: datetime  # due
    after: datetime
    promise_before: str
    promise_after: str


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """One clock, explained. `counted` runs from its start to its due time, or to the pause that still lasts."""

    kind: str
    subject: str
    cycle: int
    promise: str  # "15m", "3d"
    length: timedelta
    days: int | None  # where it was promised in days
    counts: str  # operating, calendar
    started_at: datetime
    due_at: datetime
    counted: tuple[Interval, ...]
    closed: tuple[ClosedDay, ...]
    pauses: tuple[Pause, ...]
    changes: tuple[Change, ...]
    used: timedelta  # counted so far, or until it was met or ended
    left: timedelta  # counted time until it is due; nothing once it is over or late
    late: timedelta  # plain time beyond its due time
    met_at: datetime | None
    ended_at: datetime | None
    breached_at: datetime | None
    paused_at: datetime | None
    now: datetime


def explain(
    history: Iterable[Happening],
    key: tuple[str, str, int],
    terms_of: TermsOf,
    *,
    now: datetime,
    rules: Sequence[ClockRule] = RULES,
) -> Explanation | None:
    """Explain the clock of this kind, subject and cycle; None if the ticket has none such."""
    states: tuple[ClockState, ...] = ()
    changes: list[tuple[Happening, ClockState, ClockState]] = []
    for happening in standing(history):
        before, states = _find(states, key), fold(states, happening, terms_of, rules=rules)
        after = _find(states, key)
        if before is not None and after is not None and _moves_due(happening, before, after):
            changes.append((happening, before, after))
    clock = _find(states, key)
    return None if clock is None else _explained(clock, changes, terms_of(clock.desk, clock.revision), now)


def _find(states: Iterable[ClockState], key: tuple[str, str, int]) -> ClockState | None:
    return next((state for state in states if state.key == key), None)


def _moves_due(happening: Happening, before: ClockState, after: ClockState) -> bool:
    if happening.kind not in {EXTENDED, REPROMISED}:
        return False
    return (before.due_at, before.promise, before.ended_at) != (after.due_at, after.promise, after.ended_at)


def _explained(
    clock: ClockState,
    changes: Iterable[tuple[Happening, ClockState, ClockState]],
    terms: Terms,
    now: datetime,
) -> Explanation:
    zone, promise = terms.calendar.tz, clock.promise
    stopped_at = clock.met_at or clock.ended_at
    stop = stopped_at or clock.paused_at or now
    late = (stopped_at or now) - clock.due_at if clock.paused_at is None else ZERO
    running = stopped_at is None and late <= ZERO

    def local(value: Any) -> Any:
        return value.astimezone(zone) if value is not None else None

    return Explanation(
        kind=clock.kind,
        subject=clock.subject,
        cycle=clock.cycle,
        promise=str(promise),
        length=promise.length,
        days=promise.days,
        counts=promise.counts,
        started_at=local(clock.started_at),
        due_at=local(clock.due_at),
        counted=tuple(
            Interval(local(start), local(end), note) for start, end, note in _pieces(clock, terms, clock.due_at)
        ),
        closed=_closed(clock, terms),
        pauses=tuple(Pause(local(start), local(end)) for start, end in clock.pauses),
        changes=tuple(
            Change(
                at=local(happening.at), by=happening.actor, before=local(before.due_at), after=local(after.due_at),
                why="extended" if happening.kind == EXTENDED else str(happening.data.get("why", "policy")),
                reason=happening.data.get("reason"), promise_before=str(before.promise),
                promise_after=str(after.promise),
            )
            for happening, before, after in changes
        ),
        used=sum((end - start for start, end, _ in _pieces(clock, terms, stop)), ZERO),
        left=counted(terms, promise, stop, clock.due_at) if running and stop < clock.due_at else ZERO,
        late=max(late, ZERO),
        met_at=local(clock.met_at),
        ended_at=local(clock.ended_at),
        breached_at=local(clock.breached_at),
        paused_at=local(clock.paused_at),
        now=local(now),
    )  # fmt: skip


def _pieces(clock: ClockState, terms: Terms, until: datetime) -> Iterator[Interval]:
    """Yield the time that counts from the clock's start, without its pauses."""
    start = clock.started_at
    for pause in clock.pauses:
        yield from _open(terms, clock.promise, start, min(pause.start, until))
        if pause.end is None:
            return
        start = pause.end
    yield from _open(terms, clock.promise, start, until)


def _open(terms: Terms, promise: Span, start: datetime, end: datetime) -> Iterator[Interval]:
    if start < end and promise.counts == "operating":
        yield from intervals(terms.calendar, start, end)
    elif start < end:
        yield Interval(start, end, "")


def _closed(clock: ClockState, terms: Terms) -> tuple[ClosedDay, ...]:
    if clock.promise.counts != "operating":
        return ()
    return tuple(closures(terms.calendar, clock.started_at, clock.due_at))
