"""One person's word on a step that a committee decides; the last that is needed ends the step."""

from dataclasses import replace

from procedures.cases import rows as cases
from procedures.cases.happened import Doing
from procedures.cases.rights import voters_of
from procedures.cases.rows import CaseNow, Turn, Vote
from procedures.cases.step_clock import subject_of
from procedures.definition.procedure import Step
from tickets.desk import Desk
from tickets.ledger.events import append
from tickets.ledger.tx import Tx

VOTED = "step.voted"
_STAFF = "staff:"  # before the id of a person, in the key of an actor


def cast(tx: Tx, case: CaseNow, turn: Turn, outcome: str, reason: str | None, doing: Doing) -> Turn:
    """Tell the history what somebody has said, and return the turn with it."""
    append(
        tx, VOTED, desk=case.desk, ticket=case.ticket, subject=case.id, at=doing.at, actor=doing.by.key,
        turn=subject_of(case.id, turn.step), step=turn.step, round=turn.round, way=outcome,
    )  # fmt: skip
    vote = Vote(by=doing.by.key, outcome=outcome, at=doing.at, reason=reason)
    return replace(turn, votes=(*turn.votes, vote))


def decided(step: Step, turn: Turn, doing: Doing, *, absent: frozenset[str]) -> str | None:
    """Return the outcome to which the votes of a turn lead; None while it is open. Who has voted counts, also once they left."""
    role = doing.procedure.acting(step)
    people = voters_of(role, doing.desk.desk, absent=absent) if role else frozenset()
    voters = {f"{_STAFF}{one}" for one in people} | {each.by for each in turn.votes}
    said = [each.outcome for each in turn.votes]
    return step.voting.decided(said, voters=len(voters)) if step.voting else None


def kept(tx: Tx, case: CaseNow, turn: Turn) -> CaseNow:
    """Write a turn down that is still open, and return its case."""
    same = (turn.step, turn.round)
    turns = tuple(turn if (each.step, each.round) == same else each for each in case.turns)
    case = replace(case, turns=turns)
    cases.save(tx, case, (turn,))
    return case


def reasons(turn: Turn, outcome: str, desk: Desk) -> str | None:
    """Return why those who have said so did, each with their name; None where nobody gave a reason."""
    names = {f"{_STAFF}{member.id}": member.name for member in desk.staff}
    said = [(names.get(each.by, each.by), each.reason) for each in turn.votes if each.outcome == outcome]
    return "; ".join(f"{name}: {reason}" for name, reason in said if reason) or None
