"""Whoever acts on a turn that is over, or not theirs, is refused in the same way by every door, and the history tells of it.

An act that is refused writes nothing, not even that: the door that hears of it has `note_refused` write it down, in a
transaction of its own.
"""

from datetime import datetime
from enum import StrEnum

from procedures.cases.rows import CaseNow, Turn
from procedures.cases.step_clock import subject_of
from tickets.actions.errors import NotAllowedError, RuleError
from tickets.ledger.events import append
from tickets.ledger.tx import Tx

REFUSED = "step.refused"


class Why(StrEnum):
    """Why nothing came of it."""

    OVER = "step_over"  # the step had ended
    VOTED = "voted"  # they have voted already
    NOT_THEIRS = "not_theirs"  # it is somebody else's turn
    SENDER = "sender"  # a mail from another address than the one that was called
    FORGED = "forged"  # a mail that is not from its sender


class StepOverError(RuleError):
    """The case does not stand at this step any more, or not yet."""

    code = "step_over"

    def __init__(self, case: CaseNow, step: str, seen: int | None) -> None:
        super().__init__(f"case {case.id} does not stand at {step}", ticket=case.ticket)
        self.case = case
        self.turn = _meant(case, step, seen)


class VotedError(RuleError):
    """They have said yes or no already, and each says it once."""

    code = "voted_already"

    def __init__(self, case: CaseNow, turn: Turn) -> None:
        super().__init__(f"they have voted on {turn.step} already", ticket=case.ticket)
        self.case = case
        self.turn: Turn | None = turn


class TurnOfOthersError(NotAllowedError):
    """It is somebody else's turn."""

    def __init__(self, case: CaseNow, step: str, seen: int | None, *, role: str) -> None:
        super().__init__(f"it is the turn of {role}")
        self.case = case
        self.turn = _meant(case, step, seen)


_WHY = {StepOverError: Why.OVER, TurnOfOthersError: Why.NOT_THEIRS, VotedError: Why.VOTED}


def note_refused(tx: Tx, error: Exception, *, by: str, at: datetime) -> Turn | None:
    """Tell the history who was refused, where an error says so of a turn that had come; return that turn."""
    if not isinstance(error, StepOverError | TurnOfOthersError | VotedError) or error.turn is None:
        return None
    why = next(why for kind, why in _WHY.items() if isinstance(error, kind))
    note_refusal(tx, error.case, error.turn.step, error.turn.round, why, by=by, at=at)
    return error.turn


def note_refusal(
    tx: Tx, case: CaseNow, step: str, round_: int, why: Why, *, by: str | None, at: datetime
) -> None:
    """Tell the history. `by` is an actor; None for somebody whom the desk does not know."""
    append(
        tx, REFUSED, desk=case.desk, ticket=case.ticket, subject=case.id, at=at, actor=by,
        turn=subject_of(case.id, step), step=step, round=round_, why=str(why),
    )  # fmt: skip


def _meant(case: CaseNow, step: str, seen: int | None) -> Turn | None:
    """Return the turn that somebody meant: in the round that they saw, else the last; None where it has not come yet."""
    turns = [turn for turn in case.turns if turn.step == step and (not seen or turn.round == seen)]
    return turns[-1] if turns else None
