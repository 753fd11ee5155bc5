"""The clocks of a ticket: which promise runs, since when, until when; met, breached, paused.

Everything here is derived from the ticket's events by pure functions. `fold` takes one event further; `derive` folds
all of them from nothing, and the two agree by construction. What starts, meets, pauses and ends a clock is data
(`ClockRule`), so that procedures can bring a rule of their own without this room hearing of them.

All instants are aware UTC. A met clock carries the instant at which it was met, a breached one the instant at which
the promise ran out, whoever looked when.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from tickets.hours import Calendar, Span, add, between, due

FIRST_RESPONSE = "first_response"
NEXT_RESPONSE = "next_response"
RESOLUTION = "resolution"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event of a ticket, as the clocks see it."""

    kind: str
    at: datetime
    subject: str | None = None  # the message or clock it is about
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a desk promised under one revision: its hours, and how long each kind of clock may run."""

    calendar: Calendar
    promises: Mapping[str, Span]
    warn_at: float | None  # share of the promise after which the supervisors are warned

    def to_data(self) -> dict[str, Any]:
        return {
            "calendar": self.calendar.to_data(),
            "promises": {kind: span.to_data() for kind, span in self.promises.items()},
            "warn_at": self.warn_at,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Terms":
        return cls(
            calendar=Calendar.from_data(data["calendar"]),
            promises={kind: Span.from_data(span) for kind, span in data["promises"].items()},
            warn_at=data["warn_at"],
        )


TermsOf = Callable[[int], Terms]  # the terms of the ticket's desk under a revision


@dataclass(frozen=True, kw_only=True)
class ClockRule:
    """What moves one kind of clock. The sets hold kinds of events."""

    kind: str
    starts: frozenset[str]
    meets: frozenset[str] = frozenset()
    pauses: frozenset[str] = frozenset()
    resumes: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    after: str | None = None  # starts only once a clock of this kind has run and is over
    for_contact: bool = False  # starts only where the contact waits for an answer


_GONE = frozenset({"ticket.merged", "ticket.spam"})

RULES: tuple[ClockRule, ...] = (
    ClockRule(
        kind=FIRST_RESPONSE,
        starts=frozenset({"ticket.opened", "ticket.reopened"}),
        meets=frozenset({"message.answered"}),
        ends=_GONE | {"ticket.solved", "ticket.closed"},
        for_contact=True,
    ),
    ClockRule(
        kind=NEXT_RESPONSE,
        starts=frozenset({"message.received"}),
        meets=frozenset({"message.answered"}),
        ends=_GONE | {"ticket.solved", "ticket.closed"},
        after=FIRST_RESPONSE,
        for_contact=True,
    ),
    ClockRule(
        kind=RESOLUTION,
        starts=frozenset({"ticket.opened", "ticket.reopened"}),
        meets=frozenset({"ticket.solved"}),
        pauses=frozenset({"ticket.waiting"}),
        resumes=frozenset({"ticket.resumed"}),
        ends=_GONE | {"ticket.closed"},
    ),
)


@dataclass(frozen=True, kw_only=True)
class ClockState:
    """One clock as it stands."""

    kind: str
    cycle: int
    revision: int
    started_at: datetime
    due_at: datetime
    subject: str = ""
    warn_at: datetime | None = None
    paused_at: datetime | None = None
    met_at: datetime | None = None
    met_by: str | None = None  # the message that met it
    breached_at: datetime | None = None
    warned_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def key(self) -> tuple[str, str, int]:
        return (self.kind, self.subject, self.cycle)

    @property
    def running(self) -> bool:
        """Neither met nor ended; it may be paused, and it may have been breached."""
        return self.met_at is None and self.ended_at is None

    @property
    def acts_at(self) -> datetime | None:
        """The next instant at which something must happen: the warning, then the breach."""
        if not self.running or self.paused_at is not None or self.breached_at is not None:
            return None
        if self.warn_at is not None and self.warned_at is None:
            return self.warn_at
        return self.due_at


def derive(
    happenings: Iterable[Happening], terms_of: TermsOf, *, rules: Sequence[ClockRule] = RULES
) -> tuple[ClockState, ...]:
    """Fold a ticket's whole history. An answer that finally failed counts as if it had never been given."""
    history = list(happenings)
    failed = {happening.subject for happening in history if happening.kind == "delivery.failed"}
    states: tuple[ClockState, ...] = ()
    for happening in history:
        if happening.kind == "message.answered" and happening.subject in failed:
            continue
        states = fold(states, happening, terms_of, rules=rules)
    return states


def fold(
    states: tuple[ClockState, ...],
    happening: Happening,
    terms_of: TermsOf,
    *,
    rules: Sequence[ClockRule] = RULES,
) -> tuple[ClockState, ...]:
    """Take one event further. `delivery.failed` is not for here: an answer taken back needs `derive`."""
    if happening.kind in _BY_NAME:
        return _BY_NAME[happening.kind](states, happening)
    for rule in rules:
        if happening.kind in rule.starts and _may_start(rule, states, happening):
            states = _start(rule, states, happening, terms_of)
        else:
            states = tuple(
                _moved(rule, state, happening, terms_of)
                if state.kind == rule.kind and state.running
                else state
                for state in states
            )
    return states


def touches_clocks(kind: str, rules: Sequence[ClockRule] = RULES) -> bool:
    """Whether an event of this kind can change any clock."""
    return kind in _BY_NAME or any(
        kind in part
        for rule in rules
        for part in (rule.starts, rule.meets, rule.pauses, rule.resumes, rule.ends)
    )


# -- the parts of a fold ----------------------------------------------------------------------------------------------


def _may_start(rule: ClockRule, states: Sequence[ClockState], happening: Happening) -> bool:
    if rule.for_contact and not happening.data.get("asks", True):
        return False  # a bare thanks, an automatic mail: nobody waits for an answer
    newest = [state for state in states if state.kind in {rule.kind, rule.after}]
    if rule.after is None:
        return not any(state.running for state in newest)
    return bool(newest) and not any(state.running for state in newest)


def _start(
    rule: ClockRule, states: tuple[ClockState, ...], happening: Happening, terms_of: TermsOf
) -> tuple[ClockState, ...]:
    revision = happening.data["revision"]
    terms = terms_of(revision)
    promise = terms.promises.get(rule.kind)
    if promise is None:
        return states
    since = happening.data.get("since")
    started_at = happening.at if since is None else min(datetime.fromisoformat(since), happening.at)
    due_at = due(terms.calendar, started_at, promise)
    state = ClockState(
        kind=rule.kind,
        cycle=1 + sum(1 for state in states if state.kind == rule.kind),
        revision=revision,
        started_at=started_at,
        due_at=due_at,
        warn_at=_warn_at(terms, promise, started_at, due_at),
    )
    return (*states, state)


def _warn_at(terms: Terms, promise: Span, started_at: datetime, due_at: datetime) -> datetime | None:
    if terms.warn_at is None:
        return None
    return _forward(terms, promise, started_at, _counted(terms, promise, started_at, due_at) * terms.warn_at)


def _counted(terms: Terms, promise: Span, start: datetime, end: datetime) -> timedelta:
    return between(terms.calendar, start, end) if promise.counts == "operating" else end - start


def _forward(terms: Terms, promise: Span, start: datetime, length: timedelta) -> datetime:
    return add(terms.calendar, start, length) if promise.counts == "operating" else start + length


def _moved(rule: ClockRule, state: ClockState, happening: Happening, terms_of: TermsOf) -> ClockState:
    if happening.kind in rule.meets:
        running = _resumed(state, happening.at, terms_of)
        late = running.due_at if happening.at > running.due_at else None
        return replace(
            running,
            met_at=happening.at,
            met_by=happening.subject,
            breached_at=running.breached_at or late,
        )
    if happening.kind in rule.ends:
        running = _resumed(state, happening.at, terms_of)
        late = running.due_at if happening.at > running.due_at else None
        return replace(running, ended_at=happening.at, breached_at=running.breached_at or late)
    if happening.kind in rule.pauses and state.paused_at is None:
        late = state.due_at if happening.at > state.due_at else None
        return replace(state, paused_at=happening.at, breached_at=state.breached_at or late)
    if happening.kind in rule.resumes:
        return _resumed(state, happening.at, terms_of)
    return state


def _resumed(state: ClockState, at: datetime, terms_of: TermsOf) -> ClockState:
    """Let a paused clock run on: what is still to come moves by the counted length of the pause."""
    if state.paused_at is None:
        return state
    terms = terms_of(state.revision)
    promise = terms.promises[state.kind]
    pause = _counted(terms, promise, state.paused_at, at)

    def later(instant: datetime | None) -> datetime | None:
        if instant is None or instant <= state.paused_at:  # type: ignore[operator]
            return instant
        return _forward(terms, promise, instant, pause)

    return replace(
        state, paused_at=None, due_at=later(state.due_at) or state.due_at, warn_at=later(state.warn_at)
    )


def _stamped(
    states: tuple[ClockState, ...], happening: Happening, stamp: Callable[[ClockState], ClockState]
) -> tuple[ClockState, ...]:
    key = (happening.data["clock"], happening.data.get("about", ""), happening.data["cycle"])
    return tuple(stamp(state) if state.key == key else state for state in states)


def _warned(states: tuple[ClockState, ...], happening: Happening) -> tuple[ClockState, ...]:
    return _stamped(states, happening, lambda state: replace(state, warned_at=happening.at))


def _breached(states: tuple[ClockState, ...], happening: Happening) -> tuple[ClockState, ...]:
    return _stamped(states, happening, lambda state: replace(state, breached_at=state.due_at))


def _confirmed(states: tuple[ClockState, ...], happening: Happening) -> tuple[ClockState, ...]:
    """The contact says that an automatic answer helped: the response was given when that answer was sent."""
    answered_at = datetime.fromisoformat(happening.data["answered_at"])

    def confirm(state: ClockState) -> ClockState:
        concerned = (
            state.kind in {FIRST_RESPONSE, NEXT_RESPONSE}
            and state.started_at <= answered_at
            and state.ended_at is None
            and (state.met_at is None or state.met_at > answered_at)
        )
        if not concerned:
            return state
        late = state.due_at if answered_at > state.due_at else None
        return replace(state, met_at=answered_at, met_by=happening.subject, breached_at=late)

    return tuple(confirm(state) for state in states)


_BY_NAME: Mapping[str, Callable[[tuple[ClockState, ...], Happening], tuple[ClockState, ...]]] = {
    "clock.warned": _warned,
    "clock.breached": _breached,
    "answer.confirmed": _confirmed,
}
