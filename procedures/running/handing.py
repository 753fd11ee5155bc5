"""What whoever's turn it is may do besides ending the step: hand it to a colleague, ask the requester something."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from procedures.cases import rows as cases
from procedures.cases.happened import Doing
from procedures.cases.presence import not_here
from procedures.cases.rights import may_end
from procedures.cases.rows import CaseNow, Turn
from procedures.cases.step_clock import subject_of
from procedures.cases.telling import say_to_requester
from procedures.definition.procedure import Procedure
from procedures.running.whose_turn import theirs
from tickets import absences, attachments
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actions.errors import AbsentError, NothingToSayError, RuleError, UnknownValueError
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.blobs import Stored
from tickets.ledger.events import append
from tickets.ledger.tx import Tx

HANDED, ASKED = "step.handed", "step.asked"
LONGEST_QUESTION = 2_000  # characters


def hand_over(
    tx: Tx, case_id: int, step_id: str, to: str, *, procedure: Procedure, desk: DeskNow, by: Actor, at: datetime,
    seen: int | None = None,
) -> CaseNow:  # fmt: skip
    """Hand one turn of a step to somebody else of the desk's staff, by id; whoever holds the role may take it back."""
    case, doing = cases.load(tx, case_id), Doing(procedure=procedure, desk=desk, by=by, at=at)
    away, absent = absences.away_now(tx, desk.slug, at), not_here(tx, desk.slug, at)
    turn = _turn_of(case, step_id, doing, absent=absent, seen=seen)
    if to in away:
        raise AbsentError(away[to], at=at)
    if to in absent or not any(member.id == to for member in desk.desk.staff):
        raise UnknownValueError(f"{to} is not of this desk", field="to", value=to)
    if turn.holder == to:
        return case
    return _changed(tx, case, replace(turn, holder=to), doing, HANDED, to=to, before=turn.holder)


def ask_requester(
    tx: Tx, case_id: int, step_id: str, question: str, *, procedure: Procedure, desk: DeskNow, by: Actor,
    at: datetime, seen: int | None = None,
) -> CaseNow:  # fmt: skip
    """Ask the requester something on their channel; their next message is told to whoever asked. The step's clock goes on."""
    case, doing = cases.load(tx, case_id), Doing(procedure=procedure, desk=desk, by=by, at=at)
    step, turn = theirs(case, step_id, doing, absent=not_here(tx, desk.slug, at), seen=seen)
    if not question.strip():
        raise NothingToSayError("a question needs words")
    message = say_to_requester(tx, case, doing, step, question.strip()[:LONGEST_QUESTION])
    if message is None:
        raise RuleError("the requester takes no messages", ticket=case.ticket)
    return _changed(tx, case, replace(turn, asked_by=by.key), doing, ASKED, message=message)


def hand_in(
    tx: Tx, case_id: int, step_id: str, files: Sequence[Stored], text: str, *, procedure: Procedure, desk: DeskNow,
    by: Actor, at: datetime, seen: int | None = None,
) -> int | None:  # fmt: skip
    """Put what a step has made on the ticket, as a note of whoever's turn it is; return the id of the first file."""
    case, doing = cases.load(tx, case_id), Doing(procedure=procedure, desk=desk, by=by, at=at)
    theirs(case, step_id, doing, absent=not_here(tx, desk.slug, at), seen=seen)
    ticket = tickets_.load(tx, case.ticket)
    message = answering.put_note(tx, ticket, text, by=by, at=at, files=files)
    return attachments.first_of(tx, message)


def _turn_of(
    case: CaseNow, step_id: str, doing: Doing, *, absent: frozenset[str], seen: int | None
) -> Turn:  # fmt: skip
    """Return the turn that somebody may hand over: who has it, and who would have it if nobody had been named."""
    step, turn = doing.procedure.step(step_id), case.turn(step_id)
    role = doing.procedure.acting(step) if step else None
    may_take_back = role is not None and may_end(doing.by, role, doing.desk.desk, absent=absent)
    if turn is None or not may_take_back or seen not in {None, turn.round}:
        turn = theirs(case, step_id, doing, absent=absent, seen=seen)[1]
    if step is not None and step.voting is not None:
        raise RuleError("a vote is handed to nobody", ticket=case.ticket)
    if role is not None and role.requester:
        raise RuleError("what the requester does is handed to nobody", ticket=case.ticket)
    return turn


def _changed(tx: Tx, case: CaseNow, turn: Turn, doing: Doing, kind: str, **data: object) -> CaseNow:
    append(
        tx, kind, desk=case.desk, ticket=case.ticket, subject=case.id, at=doing.at, actor=doing.by.key,
        turn=subject_of(case.id, turn.step), step=turn.step, round=turn.round, **data,
    )  # fmt: skip
    case = replace(
        case,
        turns=tuple(
            turn if (each.step, each.round) == (turn.step, turn.round) else each for each in case.turns
        ),
    )
    cases.save(tx, case, (turn,))
    return case
