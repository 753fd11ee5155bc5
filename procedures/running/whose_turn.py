"""Whether a step is somebody's to end, or to vote on."""

from procedures.cases.happened import Doing
from procedures.cases.refusals import StepOverError, TurnOfOthersError, VotedError
from procedures.cases.rights import may_end, may_vote
from procedures.cases.rows import CaseNow, Turn
from procedures.definition.procedure import Role, Step
from tickets.actions.errors import UnknownValueError
from tickets.actor import SYSTEM


def theirs(
    case: CaseNow, step_id: str, doing: Doing, *, absent: frozenset[str], seen: int | None = None
) -> tuple[Step, Turn]:
    """Return a step that somebody may end or vote on, and its turn.

    Raises TurnOfOthersError, UnknownValueError, StepOverError, VotedError.
    """
    step = doing.procedure.step(step_id)
    role = doing.procedure.acting(step) if step else None
    if step is None or role is None:
        raise UnknownValueError(f"{doing.procedure.id} has no step {step_id}", field="step", value=step_id)
    turn = case.turn(step_id)
    if not _is_theirs(step, role, turn, doing, absent):
        raise TurnOfOthersError(case, step_id, seen, role=role.name)
    if turn is None or (seen is not None and seen != turn.round):
        raise StepOverError(case, step_id, seen)
    if step.voting is not None and any(each.by == doing.by.key for each in turn.votes):
        raise VotedError(case, turn)
    return step, turn


def _is_theirs(step: Step, role: Role, turn: Turn | None, doing: Doing, absent: frozenset[str]) -> bool:
    desk = doing.desk.desk
    if step.voting is not None and doing.by != SYSTEM:
        return may_vote(doing.by, role, desk, absent=absent)
    return may_end(doing.by, role, desk, absent=absent, holder=turn.holder if turn else None)
