"""What is done to a case: begun, taken one step further, withdrawn. Run by the writer, as every act is.

Each act is one sequence: whether it is theirs to do, what they answered, where that leads (`engine`, pure), what has
changed (`turns`, pure); then the case is written, the history told, what else hangs on it done (`effects`), and the requester told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from procedures.asking.given_answers import laid_over
from procedures.cases import rows as cases
from procedures.cases.engine import (
    NotTheirTurnError,
    Standing,
    TooLateError,
    UnknownOutcomeError,
    begin,
    finish,
    withdraw,
)
from procedures.cases.engine import stop as stopped
from procedures.cases.happened import Doing, Happened, Moment
from procedures.cases.history import record
from procedures.cases.lengths import measured
from procedures.cases.naming import named_for, with_name
from procedures.cases.on_tickets import STOPPED
from procedures.cases.presence import not_here
from procedures.cases.rights import require_beginner, require_requester
from procedures.cases.rows import CaseNow, Turn, Vote, Within
from procedures.cases.step_clock import clock_of
from procedures.cases.turns import Move, moment_of, moved
from procedures.definition.procedure import DONE, SKIPPED, Procedure, Step
from procedures.definition.seasons import is_open
from procedures.running import voting
from procedures.running.effects import follow_up
from procedures.running.telling import tell_requester
from procedures.running.whose_turn import theirs
from tickets import ticket as tickets_
from tickets.actions.errors import ActError, RuleError, UnknownValueError
from tickets.actor import SYSTEM, Actor
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.revisions import terms_of

OUT_OF_SEASON = "case.out_of_season"  # somebody of the desk has begun one while contacts may not


class WaitsForSubRequestError(RuleError):
    """The step waits for the procedure that it has begun."""

    code = "waits_for_sub_request"


class ReasonMissingError(ActError):
    """Whoever decides so must say why."""

    code = "reason_missing"
    field = "reason"


def chosen(procedures: Iterable[Procedure], name: str) -> Procedure:
    """Return one of a desk's procedures by its short name. Raises UnknownValueError."""
    found = next((one for one in procedures if one.id == name), None)
    if found is None:
        raise UnknownValueError(f"there is no procedure {name}", field="procedure", value=name)
    return found


def of_case(procedures: Iterable[Procedure], case: CaseNow) -> Procedure:
    """Return the one on which a case runs, its roles held by those whom the answers name. Raises UnknownValueError."""
    return chosen(procedures, case.procedure).held_for(case.answers)


def start(
    tx: Tx, number: int, procedure: Procedure, *, answers: Mapping[str, Any], desk: DeskNow, by: Actor, at: datetime,
    within: Within | None = None,
) -> CaseNow:  # fmt: skip
    """Begin a case of a ticket; a ticket has one at a time, beside those that it begins itself (`within`).

    `answers` are those to the form. Where the first row is the request itself, it is over by this.
    """
    require_beginner(by, procedure, tickets_.load(tx, number))
    if within is None and any(case.ended is None for case in cases.of_ticket(tx, number)):
        raise RuleError(f"a case of ticket #{number} is under way", ticket=number)
    case = cases.create(
        tx, desk=desk.slug, ticket=number, procedure=procedure.id, revision=desk.revision, begun_by=by.key,
        begun_at=at, answers=laid_over(tx, number, procedure.form, answers, before={}), within=within,
    )  # fmt: skip
    doing = Doing(procedure=procedure.held_for(case.answers), desk=desk, by=by, at=at)
    if not is_open(procedure.starts.open, desk.desk.calendar.day_of(at)):
        append(
            tx, OUT_OF_SEASON, desk=case.desk, ticket=number, subject=case.id, at=at, actor=by.key,
            procedure=procedure.id,
        )  # fmt: skip
    case = _move(tx, case, begin(procedure, case.answers), doing, begins=True)
    if procedure.request is None:
        return case
    return act(
        tx, case.id, procedure.request.id, DONE, procedure=procedure, answers={}, reason=None, desk=desk, by=by, at=at
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What ending a step comes to, before anything of it is done."""

    case: CaseNow  # with the answers, and who was named
    doing: Doing  # by the procedure as the answers have it
    step: Step
    over: Turn  # as it is once it has ended
    after: Standing


def act(
    tx: Tx, case_id: int, step_id: str, outcome: str, *, procedure: Procedure, answers: Mapping[str, Any],
    reason: str | None, desk: DeskNow, by: Actor, at: datetime, named: str | None = None, seen: int | None = None,
) -> CaseNow:  # fmt: skip
    """End a step in one of its ways. Raises StepOverError where somebody else was first.

    `named` is whom they say acts next, where the step asks for that; `seen` the round that they were shown.
    """
    doing = Doing(procedure=procedure, desk=desk, by=by, at=at)
    step = procedure.step(step_id)
    if step is not None and step.voting is not None and by != SYSTEM:
        return _vote(tx, case_id, step_id, outcome, reason=reason, doing=doing, seen=seen)
    return _end(
        tx, case_id, step_id, outcome, answers=answers, reason=reason, doing=doing, named=named, seen=seen
    )


def _vote(
    tx: Tx, case_id: int, step_id: str, outcome: str, *, reason: str | None, doing: Doing, seen: int | None
) -> CaseNow:
    """Keep somebody's word on what a committee decides, and end the step where that is enough."""
    case = cases.load(tx, case_id)
    doing = replace(doing, procedure=doing.procedure.held_for(case.answers))
    absent = not_here(tx, doing.desk.slug, doing.at)
    step, turn = theirs(case, step_id, doing, absent=absent, seen=seen)
    why = _reason(step, outcome, reason)
    _after(case, step, outcome, case.answers, doing)
    turn = voting.cast(tx, case, turn, outcome, why, doing)
    decided = voting.decided(step, turn, doing, absent=absent)
    if decided is None:
        return voting.kept(tx, case, turn)
    why = voting.reasons(turn, decided, doing.desk.desk)
    return _end(
        tx,
        case_id,
        step_id,
        decided,
        answers={},
        reason=why,
        doing=doing,
        named=None,
        seen=seen,
        votes=turn.votes,
    )


def _end(
    tx: Tx, case_id: int, step_id: str, outcome: str, *, answers: Mapping[str, Any], reason: str | None, doing: Doing,
    named: str | None, seen: int | None, votes: tuple[Vote, ...] = (),
) -> CaseNow:  # fmt: skip
    end = judged(
        tx, case_id, step_id, outcome, answers=answers, reason=reason, doing=doing, named=named, seen=seen
    )
    case = _move(tx, end.case, end.after, end.doing, over=replace(end.over, votes=votes))
    tells = end.step.tells if outcome != SKIPPED else None
    tell_requester(tx, case, end.doing, tells, reason=end.over.reason)
    return case


def judged(
    tx: Tx, case_id: int, step_id: str, outcome: str, *, answers: Mapping[str, Any], reason: str | None, doing: Doing,
    named: str | None, seen: int | None,
) -> Judged:  # fmt: skip
    """Return what ending a step in one of its ways comes to; writes nothing.

    Raises TurnOfOthersError, StepOverError, ReasonMissingError, AnswersMissingError, NameMissingError, UnknownValueError.
    """
    case = cases.load(tx, case_id)
    procedure = doing.procedure
    doing = replace(doing, procedure=procedure.held_for(case.answers))
    absent = not_here(tx, doing.desk.slug, doing.at)
    step, turn = theirs(case, step_id, doing, absent=absent, seen=seen)
    if step.begins is not None and step.begins.waits:
        _require_over(tx, case, turn)
    why = _reason(step, outcome, reason)
    given = (
        case.answers
        if outcome == SKIPPED
        else laid_over(tx, case.ticket, step.asks, answers, before=case.answers)
    )
    doing = replace(doing, procedure=procedure.held_for(given))  # an answer may say who acts next
    after = _after(case, step, outcome, given, doing)
    names = with_name(case, doing.procedure, step, after, named, desk=doing.desk.desk, absent=absent)
    return Judged(
        case=replace(case, answers=given, named=names),
        doing=doing,
        step=step,
        over=replace(turn, ended_at=doing.at, outcome=outcome, by=doing.by.key, reason=why),
        after=after,
    )


def take_back(
    tx: Tx, case_id: int, *, procedure: Procedure, desk: DeskNow, by: Actor, at: datetime
) -> CaseNow:  # fmt: skip
    """Withdraw a case, as its requester wishes."""
    case = cases.load(tx, case_id)
    require_requester(by, tickets_.load(tx, case.ticket))
    try:
        after = withdraw(procedure, case.standing)
    except (NotTheirTurnError, TooLateError) as error:
        raise RuleError(str(error), ticket=case.ticket) from error
    doing = Doing(procedure=procedure, desk=desk, by=by, at=at)
    case = _move(tx, case, after, doing)
    tell_requester(tx, case, doing, None, reason=None)
    return case


def stop(
    tx: Tx, case_id: int, *, procedure: Procedure, desk: DeskNow, why: str, by: str | None, at: datetime
) -> None:
    """End a case however far it is, because of what became of its ticket (`why`, which `by` did).

    The requester is told nothing.
    """
    case = cases.load(tx, case_id)
    if case.ended is not None:
        return
    append(
        tx, STOPPED, desk=case.desk, ticket=case.ticket, subject=case.id, at=at, actor=by,
        procedure=case.procedure, why=why,
    )  # fmt: skip
    _move(tx, case, stopped(case.standing), Doing(procedure=procedure, desk=desk, by=SYSTEM, at=at))


def _require_over(tx: Tx, case: CaseNow, turn: Turn) -> None:
    """Raise WaitsForSubRequestError while the case that a turn has begun is under way: its end decides."""
    own = Within(case=case.id, step=turn.step, round=turn.round)
    for each in cases.of_ticket(tx, case.ticket):
        if each.within == own and each.ended is None:
            raise WaitsForSubRequestError(f"{turn.step} waits for case {each.id}", ticket=case.ticket)


def _reason(step: Step, outcome: str, given: str | None) -> str | None:
    reason, ending = (given or "").strip(), step.outcome(outcome)
    if ending is not None and ending.reason and not reason:
        raise ReasonMissingError(f"{outcome} asks for a reason")
    return reason or None


def _after(case: CaseNow, step: Step, outcome: str, answers: Mapping[str, Any], doing: Doing) -> Standing:
    try:
        return finish(doing.procedure, case.standing, step.id, outcome, answers=answers)
    except UnknownOutcomeError as error:
        raise UnknownValueError(str(error), field="outcome", value=outcome) from error


def _move(
    tx: Tx, before: CaseNow, after: Standing, doing: Doing, *, begins: bool = False, over: Turn | None = None
) -> CaseNow:  # fmt: skip
    """Write down where a case stands now, tell the history, and do what else hangs on it; `over` is what somebody ended."""
    named = named_for(doing.procedure, before.named)
    over = _measured(tx, before, over, doing) if over else None
    move = moved(before, after, over=over, named=named, at=doing.at)
    happened = tuple(_happened(move, doing, begins=begins, over=over))
    for each in happened:
        record(tx, each)
    cases.save(tx, move.case, move.turns)
    follow_up(tx, happened)
    return move.case


def _measured(tx: Tx, case: CaseNow, over: Turn, doing: Doing) -> Turn:
    """Return a turn that somebody has ended with how long it took, by the hours under which its clock was promised."""
    step = doing.procedure.step(over.step)
    clock = clock_of(tx, case.ticket, case=case.id, step=over.step, round_=over.round)
    terms = doing.desk.desk.terms if clock is None else terms_of(tx, clock.desk, clock.revision)
    return measured(over, step, due_at=clock.due_at if clock else None, calendar=terms.calendar)


def _happened(move: Move, doing: Doing, *, begins: bool, over: Turn | None) -> Iterator[Happened]:
    """Yield what has happened by a move, in the order in which it is told."""
    if begins:
        yield Happened(moment=Moment.CASE_BEGUN, case=move.case, doing=doing)
    for turn in move.turns:
        moment = Moment.STEP_DONE if turn is over else moment_of(turn)
        step = doing.procedure.step(turn.step)
        if moment is not None and step is not None:
            yield Happened(moment=moment, case=move.case, doing=doing, step=step, turn=turn)
    if move.case.ended is not None:
        yield Happened(moment=Moment.CASE_ENDED, case=move.case, doing=doing)
