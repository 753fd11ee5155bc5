"""Clocks that are promised something else while they run: reckoned anew from their start. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from tickets.clocks.rules import ClockRule
from tickets.clocks.values import ClockState, Happening, TermsOf
from tickets.hours import Span
from tickets.promises import Terms, due_under, later_by_pause, warn_under

States = tuple[ClockState, ...]


def promised(rule: ClockRule, happening: Happening, terms: Terms) -> Span | None:
    if rule.from_event:
        return Span.from_data(happening.data["promise"])
    data = happening.data
    return terms.promise(rule.kind, category=data.get("category"), priority=data.get("priority", 0))


def stamped(states: States, happening: Happening, stamp: Callable[[ClockState], ClockState]) -> States:
    key = (happening.data["clock"], happening.data.get("about", ""), happening.data["cycle"])
    return tuple(stamp(state) if state.key == key else state for state in states)


def repromised(states: States, happening: Happening, terms_of: TermsOf, rules: Sequence[ClockRule]) -> States:
    """Another policy, category, priority or desk: running clocks are reckoned anew from their start.

    What is broken stays broken, what a supervisor extended stays as they said, and no promise is broken before the
    instant from which it holds.
    """
    revision = happening.data["revision"]
    terms = terms_of(happening.desk, revision)
    by_kind = {rule.kind: rule for rule in rules if not rule.from_event}

    def again(state: ClockState) -> ClockState:
        rule = by_kind.get(state.kind)
        settled = not state.running or state.breached_at is not None or state.extended_at is not None
        if rule is None or settled or state.due_at < happening.at:
            return state
        promise = promised(rule, happening, terms)
        return (
            replace(state, ended_at=happening.at)
            if promise is None
            else _anew(state, happening, promise, terms)
        )

    return tuple(again(state) for state in states)


def _anew(state: ClockState, happening: Happening, promise: Span, terms: Terms) -> ClockState:
    """Reckon a running clock from its start by another promise; it is not due before the instant from which that holds."""
    due_at = due_under(terms, promise, state.started_at)
    warn_at = warn_under(terms, promise, state.started_at, due_at)
    for pause in state.pauses:
        if pause.end is not None:
            due_at = later_by_pause(terms, promise, due_at, pause)
            warn_at = warn_at and later_by_pause(terms, promise, warn_at, pause)
    due_at = max(due_at, state.paused_at or happening.at)
    told = state.warned_at is not None and (warn_at is None or warn_at <= happening.at)
    return replace(
        state, desk=happening.desk, revision=happening.data["revision"], promise=promise, due_at=due_at,
        warn_at=warn_at, warned_at=state.warned_at if told else None,
    )  # fmt: skip


def promised_itself(
    states: States, happening: Happening, terms_of: TermsOf, _rules: Sequence[ClockRule]
) -> States:
    """One clock has another promise of its own, or none any more, or its first: as with `repromised`, from its start."""
    data = happening.data
    promise = Span.from_data(data["promise"]) if data["promise"] else None
    terms = terms_of(happening.desk, data["revision"])
    key = (data["clock"], data["about"], data["cycle"])

    def again(state: ClockState) -> ClockState:
        if not state.running or state.breached_at is not None or state.extended_at is not None:
            return state
        if state.due_at < happening.at:
            return state
        return (
            replace(state, ended_at=happening.at)
            if promise is None
            else _anew(state, happening, promise, terms)
        )

    if promise is not None and not any(state.key == key for state in states):
        started_at = datetime.fromisoformat(data["since"])
        due_at = due_under(terms, promise, started_at)
        begun = ClockState(
            kind=key[0], subject=key[1], cycle=key[2], desk=happening.desk, revision=data["revision"],
            promise=promise, started_at=started_at, due_at=due_at,
        )  # fmt: skip
        return (*states, _anew(begun, happening, promise, terms))
    return stamped(states, happening, again)
