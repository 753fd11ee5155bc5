"""Cases that a step of another case has begun: begun, and followed back to that step when they end.

Both are cases of one ticket. Everything here is done by the service itself, after the history has told of it.
"""

from datetime import datetime

from procedures.asking.given_answers import AnswersMissingError
from procedures.cases import rows as cases
from procedures.cases.rows import CaseNow, Turn
from procedures.definition.begins import Begins
from procedures.definition.procedure import DONE, Procedure, Step
from procedures.running import actions
from tickets.actions.errors import RuleError
from tickets.actor import SYSTEM
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx


def begin_sub(
    tx: Tx, case: CaseNow, turn: Turn, begins: Begins, other: Procedure, *, desk: DeskNow, at: datetime
) -> CaseNow | None:
    """Begin the case for which a turn waits; None where it was begun already. Raises AnswersMissingError."""
    if any(_is_of(each, case, turn) for each in cases.of_ticket(tx, case.ticket)):
        return None
    answers = {theirs: case.answers[ours] for theirs, ours in begins.answers if ours in case.answers}
    missing = [
        question.id
        for question in other.form
        if question.required and question.id not in answers
        and (question.only_if is None or question.only_if.hold(answers))
    ]  # fmt: skip
    if missing:
        raise AnswersMissingError(missing)
    within = cases.Within(case=case.id, step=turn.step, round=turn.round)
    return actions.start(tx, case.ticket, other, answers=answers, desk=desk, by=SYSTEM, at=at, within=within)


def go_on(
    tx: Tx, sub: CaseNow, case: CaseNow, procedure: Procedure, *, desk: DeskNow, at: datetime
) -> CaseNow | None:
    """Let the case whose step has begun `sub` go on by how that ended; None where it does not wait for it any more.

    Where no outcome is called as the end is (it was withdrawn), whoever has the step decides.
    """
    step, turn = _waiting(sub, case, procedure)
    outcome = outcome_for(step, sub.ended) if step is not None else None
    if step is None or turn is None or outcome is None:
        return None
    why = next((each.reason for each in reversed(sub.turns) if each.reason), None)
    way = step.outcome(outcome)
    return actions.act(
        tx, case.id, step.id, outcome, procedure=procedure, answers={}, desk=desk, by=SYSTEM, at=at,
        reason=why or sub.ended if way and way.reason else why,
    )  # fmt: skip


def pass_on(
    tx: Tx, case: CaseNow, turn: Turn, *, procedure: Procedure, desk: DeskNow, at: datetime
) -> CaseNow:  # fmt: skip
    """End a step that does not wait for what it has begun."""
    return actions.act(
        tx,
        case.id,
        turn.step,
        DONE,
        procedure=procedure,
        answers={},
        reason=None,
        desk=desk,
        by=SYSTEM,
        at=at,
    )


def take_back_sub(tx: Tx, sub: CaseNow, procedure: Procedure, *, desk: DeskNow, at: datetime) -> None:
    """Withdraw a case whose step was dropped; one that is too far for that goes on by itself."""
    try:
        actions.take_back(tx, sub.id, procedure=procedure, desk=desk, by=SYSTEM, at=at)
    except RuleError:
        return


def outcome_for(step: Step, end: str | None) -> str | None:
    """Return how a step ends by how the case that it has begun did; None where that must be decided by hand."""
    if end is None:
        return None
    if step.outcome(end) is not None:
        return end
    return None if step.decides else DONE


def _waiting(sub: CaseNow, case: CaseNow, procedure: Procedure) -> tuple[Step | None, Turn | None]:
    turn = case.turn(sub.within.step) if sub.within else None
    step = procedure.step(turn.step) if turn and _is_of(sub, case, turn) else None
    return step, turn


def _is_of(sub: CaseNow, case: CaseNow, turn: Turn) -> bool:
    return sub.within == cases.Within(case=case.id, step=turn.step, round=turn.round)
