"""How clocks move: one event at a time (`fold`), or all of them from nothing (`derive`). Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from tickets.clocks.anew import States, promised, promised_itself, repromised, stamped
from tickets.clocks.carried import with_carried, without_carried
from tickets.clocks.rules import ANSWERS, GONE, RULES, ClockRule
from tickets.clocks.values import FIRST_RESPONSE, NEXT_RESPONSE, ClockState, Happening, TermsOf
from tickets.promises import Pause, due_under, later_by_pause, warn_under

UNDONE = "message.undone"
TAKE_BACK = frozenset({"delivery.failed", "delivery.parked", UNDONE})  # the answer that they name


def derive(
    happenings: Iterable[Happening], terms_of: TermsOf, *, rules: Sequence[ClockRule] = RULES
) -> States:
    """Fold a ticket's whole history."""
    states: States = ()
    for happening in standing(happenings):
        states = fold(states, happening, terms_of, rules=rules)
    return states


def standing(happenings: Iterable[Happening]) -> Iterator[Happening]:
    """Yield the events that still stand: an answer that finally failed is as if it had never been given.

    One that had to wait for the contact to write is given when it is released. With one that was undone goes what
    came `with` it: that the ticket waits, or does so no more.
    """
    history = list(happenings)
    failed = {happening.subject for happening in history if happening.kind == "delivery.failed"}
    parked = {happening.subject for happening in history if happening.kind == "delivery.parked"}

    undone = {happening.subject for happening in history if happening.kind == UNDONE}

    def stands(each: Happening) -> bool:
        if each.kind == "message.answered" and each.subject in parked | undone:
            return False
        if undone and each.data.get("with") in undone:
            return False
        return each.kind not in ANSWERS or each.subject not in failed

    return (each for each in history if stands(each))


def fold(
    states: States, happening: Happening, terms_of: TermsOf, *, rules: Sequence[ClockRule] = RULES
) -> States:
    """Take one event further. Those of TAKE_BACK are not for here: an answer taken back needs `derive`."""
    if happening.kind in _BY_NAME:
        return _BY_NAME[happening.kind](states, happening, terms_of, rules)
    for rule in rules:
        states = tuple(
            _moved(rule, state, happening, terms_of) if _concerns(rule, state, happening) else state
            for state in states
        )
        if happening.kind in rule.leaves:
            states = without_carried(rule, states, happening)
        if happening.kind in rule.joins:
            states = with_carried(rule, states, happening)
        if happening.kind in rule.starts and _may_start(rule, states, happening):
            states = _start(rule, states, happening, terms_of)
    return states


def touches_clocks(kind: str, rules: Sequence[ClockRule] = RULES) -> bool:
    """Whether an event of this kind can change any clock."""
    return kind in _BY_NAME or any(kind in rule.moved_by for rule in rules)


# -- starting and moving ----------------------------------------------------------------------------------------------


def _concerns(rule: ClockRule, state: ClockState, happening: Happening) -> bool:
    if state.kind != rule.kind or not state.running:
        return False
    return not rule.side_by_side or _subject(rule, happening, state.subject) == state.subject


def _subject(rule: ClockRule, happening: Happening, otherwise: str = "") -> str:
    return str(happening.data.get(rule.subject, otherwise)) if rule.subject else ""


def _may_start(rule: ClockRule, states: States, happening: Happening) -> bool:
    if rule.for_contact and not happening.data.get("asks", True):
        return False  # a bare thanks, an automatic mail: nobody waits for an answer
    newest = [state for state in states if state.kind in {rule.kind, rule.after}]
    if rule.side_by_side:
        newest = [state for state in newest if state.subject == _subject(rule, happening)]
    if rule.after is None:
        return not any(state.running for state in newest)
    return bool(newest) and not any(state.running for state in newest)


def _start(rule: ClockRule, states: States, happening: Happening, terms_of: TermsOf) -> States:
    if rule.from_event and "promise" not in happening.data:
        return states
    revision = happening.data["revision"]
    terms = terms_of(happening.desk, revision)
    promise = promised(rule, happening, terms)
    if promise is None:
        return states
    since = happening.data.get("since")
    started_at = happening.at if since is None else min(datetime.fromisoformat(since), happening.at)
    subject = _subject(rule, happening)
    due_at = due_under(terms, promise, started_at)
    state = ClockState(
        kind=rule.kind,
        subject=subject,
        cycle=1 + sum(1 for state in states if (state.kind, state.subject) == (rule.kind, subject)),
        desk=happening.desk,
        revision=revision,
        promise=promise,
        started_at=started_at,
        due_at=due_at,
        warn_at=warn_under(terms, promise, started_at, due_at),
    )
    return (*states, state)


def _moved(rule: ClockRule, state: ClockState, happening: Happening, terms_of: TermsOf) -> ClockState:
    at = happening.at
    if happening.kind in rule.meets:
        running = _so_far(_resumed(state, at, terms_of), at)
        return replace(running, met_at=at, met_by=happening.subject)
    if happening.kind in rule.ends:  # a pause stays as it is: what ended may be restored
        return replace(_so_far(state, at), ended_at=at)
    if happening.kind in rule.pauses and state.paused_at is None:
        return replace(_so_far(state, at), pauses=(*state.pauses, Pause(at, None)))
    if happening.kind in rule.resumes:
        return _resumed(state, at, terms_of)
    return state


def _so_far(state: ClockState, at: datetime) -> ClockState:
    """Stamp the breach of a clock that ran until `at`, if it ran too long."""
    if state.paused_at is not None or at <= state.due_at:
        return state
    return replace(state, breached_at=state.breached_at or state.due_at, lapsed_at=state.due_at)


def _resumed(state: ClockState, at: datetime, terms_of: TermsOf) -> ClockState:
    """Let a paused clock run on: what is still to come moves by the counted length of the pause."""
    if state.paused_at is None:
        return state
    terms = terms_of(state.desk, state.revision)
    pause = Pause(state.paused_at, at)
    return replace(
        state,
        pauses=(*state.pauses[:-1], pause),
        due_at=later_by_pause(terms, state.promise, state.due_at, pause),
        warn_at=state.warn_at and later_by_pause(terms, state.promise, state.warn_at, pause),
    )


# -- events that name a clock, or concern all of them -----------------------------------------------------------------


def _warned(states: States, happening: Happening, _terms: TermsOf, _rules: Sequence[ClockRule]) -> States:
    return stamped(states, happening, lambda state: replace(state, warned_at=happening.at))


def _breached(states: States, happening: Happening, _terms: TermsOf, _rules: Sequence[ClockRule]) -> States:
    def breach(state: ClockState) -> ClockState:
        return replace(state, breached_at=state.breached_at or happening.at, lapsed_at=happening.at)

    return stamped(states, happening, breach)


def _acknowledged(
    states: States, happening: Happening, _terms: TermsOf, _rules: Sequence[ClockRule]
) -> States:
    def acknowledge(state: ClockState) -> ClockState:
        return replace(state, acknowledged_at=happening.at, acknowledged_by=happening.actor)

    return stamped(states, happening, acknowledge)


def _extended(states: States, happening: Happening, terms_of: TermsOf, _rules: Sequence[ClockRule]) -> States:
    """A supervisor gives more time: what was broken before stays broken, what comes is warned of anew."""
    due_at = datetime.fromisoformat(happening.data["due_at"])

    def extend(state: ClockState) -> ClockState:
        if not state.running or state.paused_at is not None:
            return state
        warn_at = warn_under(terms_of(state.desk, state.revision), state.promise, happening.at, due_at)
        running = _so_far(state, happening.at)
        return replace(
            running, due_at=due_at, warn_at=warn_at, warned_at=None, extended_at=happening.at
        )  # fmt: skip

    return stamped(states, happening, extend)


def _confirmed(states: States, happening: Happening, _terms: TermsOf, _rules: Sequence[ClockRule]) -> States:
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
        return replace(state, met_at=answered_at, met_by=happening.subject, breached_at=late, lapsed_at=late)

    return tuple(confirm(state) for state in states)


def _restored(states: States, happening: Happening, _terms: TermsOf, rules: Sequence[ClockRule]) -> States:
    """The ticket was no spam, or is merged no longer: the clocks that this had ended run on as if it never had."""
    gone_at = datetime.fromisoformat(happening.data["gone_at"])
    kinds = {rule.kind for rule in rules if rule.ends & GONE}
    return tuple(
        replace(state, ended_at=None) if state.ended_at == gone_at and state.kind in kinds else state
        for state in states
    )


_BY_NAME = {
    "clock.warned": _warned,
    "clock.breached": _breached,
    "clock.acknowledged": _acknowledged,
    "clock.extended": _extended,
    "answer.confirmed": _confirmed,
    "ticket.restored": _restored,
    "ticket.repromised": repromised,
    "clock.repromised": promised_itself,
}
