"""How a case moves through its procedure. Pure: a case comes in, and goes out as it stands after one move.

A case stands at one step or at several, where branches run side by side. A step that joins is begun once no branch can
lead to it any more; one whose condition does not hold is passed over. An end that refuses stops everything; one that is
done waits for the other branches.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from procedures.asking.conditions import Answers
from procedures.definition.procedure import DONE, SKIPPED, STOPPED, WITHDRAWN, End, Ending, Procedure, Step


class MoveError(Exception):
    """The case does not allow this move."""


class NotTheirTurnError(MoveError):
    """The case does not stand at this step: it is over, or has not begun."""


class UnknownOutcomeError(MoveError):
    """The step cannot end in this way."""


class TooLateError(MoveError):
    """The case can be withdrawn no more."""


@dataclass(frozen=True, kw_only=True)
class Past:
    """A step that is over."""

    step: str
    round: int  # 1 for the first time
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a case stands."""

    open: tuple[str, ...] = ()  # the steps whose turn it is, the earliest begun first
    held: tuple[str, ...] = ()  # steps that wait for other branches before they begin
    rounds: Mapping[str, int] = field(default_factory=dict)  # step → how often it was begun
    past: tuple[Past, ...] = ()  # the earliest first
    reached: str | None = None  # the end that a branch came to while others are under way
    ended: str | None = None  # the end; WITHDRAWN where the file has none of that kind, STOPPED

    def round(self, step: str) -> int:
        return self.rounds.get(step, 0)


def begin(procedure: Procedure, answers: Answers) -> Standing:
    """Return where a new case stands."""
    return settled(procedure, _enter(procedure, Standing(), procedure.steps[0].id, answers), answers)


def finish(
    procedure: Procedure, case: Standing, step_id: str, outcome_id: str = DONE, *, answers: Answers
) -> Standing:
    """Return where a case stands after a step has ended in one of its ways; `answers` with what the step asked for.

    Raises NotTheirTurnError, UnknownOutcomeError.
    """
    step = procedure.step(step_id)
    if step is None or step_id not in case.open:
        raise NotTheirTurnError(f"the case does not stand at {step_id}")
    past = Past(step=step_id, round=case.round(step_id), outcome=outcome_id)
    left = replace(
        case,
        open=tuple(each for each in case.open if each != step_id),
        past=(*case.past, past),
    )
    return settled(procedure, _go(procedure, left, _ways(step, outcome_id), answers), answers)


def withdraw(procedure: Procedure, case: Standing) -> Standing:
    """Return a case that its requester took back. Raises NotTheirTurnError if it is over, TooLateError."""
    if case.ended is not None:
        raise NotTheirTurnError("the case is over")
    if procedure.withdraw_until is not None and case.round(procedure.withdraw_until):
        raise TooLateError(f"from {procedure.withdraw_until} on a case is not withdrawn")
    named = next((end.id for end in procedure.ends if end.ending is Ending.WITHDRAWN), WITHDRAWN)
    return replace(case, open=(), held=(), ended=named)


def stop(case: Standing) -> Standing:
    """Return a case that is cut short however far it is, and by no end of its file."""
    return replace(case, open=(), held=(), ended=STOPPED)


def can_lead(procedure: Procedure, start: str, target: str) -> bool:
    """Whether a case that stands at `start` may come to `target` later, by whatever outcomes."""
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        step = procedure.step(ahead.pop())
        for place in step.leads_to() if step else ():
            if place == target:
                return True
            if place not in seen:
                seen.add(place)
                ahead.append(place)
    return False


def _ways(step: Step, outcome_id: str) -> tuple[str, ...]:
    if outcome_id == SKIPPED and step.optional:
        return step.otherwise
    outcome = step.outcome(outcome_id)
    if outcome is None:
        raise UnknownOutcomeError(f"{step.id} does not end in {outcome_id}")
    return outcome.to


def _go(procedure: Procedure, case: Standing, places: Iterable[str], answers: Answers) -> Standing:
    for place in places:
        if case.ended is None:
            case = _enter(procedure, case, place, answers)
    return case


def _enter(procedure: Procedure, case: Standing, place: str, answers: Answers) -> Standing:
    end = procedure.end(place)
    if end is not None:
        return _come_to(case, end)
    step = procedure.step(place)
    if step is None:
        raise KeyError(place)  # a definition that was checked has no such way
    if place in case.open or place in case.held:
        return case  # another branch came here already
    return replace(case, held=(*case.held, place)) if step.joins else _begin(procedure, case, step, answers)


def _come_to(case: Standing, end: End) -> Standing:
    if end.ending is Ending.DONE:
        return replace(case, reached=end.id)
    return replace(case, open=(), held=(), ended=end.id)


def _begin(procedure: Procedure, case: Standing, step: Step, answers: Answers) -> Standing:
    begun = replace(case, rounds={**case.rounds, step.id: case.round(step.id) + 1})
    if step.only_if is None or step.only_if.hold(answers):
        return replace(begun, open=(*begun.open, step.id))
    passed = Past(step=step.id, round=begun.round(step.id), outcome=SKIPPED)
    return _go(procedure, replace(begun, past=(*begun.past, passed)), step.otherwise, answers)


def settled(procedure: Procedure, case: Standing, answers: Answers) -> Standing:
    """Begin what waited for branches that cannot come any more, and end the case when nothing is left."""
    while case.ended is None and (ready := _ready(procedure, case)) is not None:
        freed = replace(case, held=tuple(each for each in case.held if each != ready.id))
        case = _begin(procedure, freed, ready, answers)
    if case.ended is None and not case.open and not case.held:
        return replace(case, ended=case.reached)
    return case


def _ready(procedure: Procedure, case: Standing) -> Step | None:
    """Return the first step that nothing under way can lead to; where steps wait for each other only, the first of them."""
    in_order = [step for step in procedure.steps if step.id in case.held]
    for step in in_order:
        under_way = (*case.open, *(held for held in case.held if held != step.id))
        if not any(can_lead(procedure, place, step.id) for place in under_way):
            return step
    return in_order[0] if in_order and not case.open else None
