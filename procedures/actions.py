"""What is done to a case: begun, taken one step further, withdrawn. Run by the writer, as every act is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from procedures import cases
from procedures.cases import CaseNow, Turn
from procedures.definition import SKIPPED, Procedure, Step
from procedures.engine import (
    NotTheirTurnError,
    Standing,
    TooLateError,
    UnknownOutcomeError,
    begin,
    finish,
    withdraw,
)
from procedures.questions import AnswerError, Kind, Question, read_value
from procedures.rights import require_turn
from procedures.standards import due_at
from procedures.step_clock import BEGUN, DONE, DROPPED, subject_of
from procedures.telling import tell_requester
from procedures.turns import changed
from tickets import absences, attachments
from tickets import ticket as tickets_
from tickets.actions.errors import ActError, RuleError, UnknownValueError
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.hours import Span
from tickets.ledger.events import append
from tickets.ledger.writer import Tx


class StepOverError(RuleError):
    """The case does not stand at this step any more, or not yet."""

    code = "step_over"


class AnswersMissingError(ActError):
    """The form, or the step, asks for more."""

    code = "answers_missing"
    field = "answers"

    def __init__(self, names: Iterable[str]) -> None:
        self.missing = tuple(names)
        super().__init__(f"not answered: {', '.join(self.missing)}")


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


def read_answers(
    questions: Iterable[Question], given: Mapping[str, Any], *, desk: DeskNow, at: datetime
) -> dict[str, Any]:
    """Return the values of answers as a form or JSON gives them. Raises UnknownValueError for one that cannot be taken."""
    today = at.astimezone(desk.desk.calendar.tz).date()
    answers = {}
    for question in questions:
        if given.get(question.id) not in (None, "", []):
            try:
                answers[question.id] = read_value(question, given[question.id], today=today)
            except AnswerError as error:
                raise UnknownValueError(
                    f"{question.id}: {error.fault}",
                    field=f"answers.{question.id}",
                    value=str(given[question.id]),
                ) from error
    return answers


def start(
    tx: Tx, number: int, procedure: Procedure, *, answers: Mapping[str, Any], desk: DeskNow, by: Actor, at: datetime
) -> CaseNow:  # fmt: skip
    """Begin a case of a ticket; a ticket has one at a time. `answers` are those to the form."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    if any(case.ended is None for case in cases.of_ticket(tx, number)):
        raise RuleError(f"a case of ticket #{number} is under way", ticket=number)
    given = _answers(procedure.form, answers, before={})
    _refuse_strange_files(tx, number, procedure.form, answers)
    case = cases.create(
        tx, desk=desk.slug, ticket=number, procedure=procedure.id, revision=desk.revision, begun_by=by.key,
        begun_at=at, answers=given,
    )  # fmt: skip
    append(
        tx, "case.begun", desk=case.desk, ticket=number, subject=case.id, at=at, actor=by.key,
        procedure=procedure.id, revision=desk.revision,
    )  # fmt: skip
    return _moved(tx, case, procedure, begin(procedure, given), desk=desk, by=by, at=at)


def act(
    tx: Tx, case_id: int, step_id: str, outcome: str, *, procedure: Procedure, answers: Mapping[str, Any],
    reason: str | None, desk: DeskNow, by: Actor, at: datetime,
) -> CaseNow:  # fmt: skip
    """End a step in one of its ways. Raises StepOverError where somebody else was first."""
    case = cases.load(tx, case_id)
    step, turn = procedure.step(step_id), case.turn(step_id)
    role = procedure.role(step.role) if step else None
    if step is None or role is None:
        raise UnknownValueError(f"{procedure.id} has no step {step_id}", field="step", value=step_id)
    require_turn(by, role, desk.desk, absent=frozenset(absences.away_now(tx, desk.slug, at)))
    if turn is None:
        raise StepOverError(f"case {case_id} does not stand at {step_id}", ticket=case.ticket)
    ending = step.outcome(outcome)
    if ending is not None and ending.reason and not (reason or "").strip():
        raise ReasonMissingError(f"{outcome} asks for a reason")
    given = case.answers if outcome == SKIPPED else _answers(step.asks, answers, before=case.answers)
    _refuse_strange_files(tx, case.ticket, step.asks, answers)
    try:
        after = finish(procedure, case.standing, step_id, outcome, answers=given)
    except UnknownOutcomeError as error:
        raise UnknownValueError(str(error), field="outcome", value=outcome) from error
    over = replace(turn, ended_at=at, outcome=outcome, by=by.key, reason=(reason or "").strip() or None)
    _tell(tx, case, DONE, over, at=at, by=by, way=outcome)
    rest = tuple(each for each in case.turns if each != turn)
    case = replace(case, answers=given, turns=(*rest, over))
    told = step.tells if outcome != SKIPPED else None
    case = _moved(tx, case, procedure, after, over, desk=desk, by=by, at=at)
    tell_requester(tx, case, procedure, told, reason=over.reason, desk=desk, by=by, at=at)
    return case


def take_back(
    tx: Tx, case_id: int, *, procedure: Procedure, desk: DeskNow, by: Actor, at: datetime
) -> CaseNow:  # fmt: skip
    """Withdraw a case, as its requester wishes."""
    case = cases.load(tx, case_id)
    require_agent(by, tickets_.load(tx, case.ticket))
    try:
        after = withdraw(procedure, case.standing)
    except (NotTheirTurnError, TooLateError) as error:
        raise RuleError(str(error), ticket=case.ticket) from error
    case = _moved(tx, case, procedure, after, desk=desk, by=by, at=at)
    tell_requester(tx, case, procedure, None, reason=None, desk=desk, by=by, at=at)
    return case


def _moved(
    tx: Tx, case: CaseNow, procedure: Procedure, after: Standing, *over: Turn, desk: DeskNow, by: Actor, at: datetime
) -> CaseNow:  # fmt: skip
    """Write down where a case stands now, and tell the history."""
    others = _placed(case, changed(case, after, at=at))
    for turn in others:
        _tell_other(tx, case, procedure, turn, desk=desk, by=by, at=at)
    named = {(turn.step, turn.round) for turn in others}
    kept = tuple(turn for turn in case.turns if (turn.step, turn.round) not in named)
    case = replace(
        case,
        reached=after.reached,
        ended=after.ended,
        ended_at=at if after.ended is not None else None,
        turns=tuple(sorted((*kept, *others), key=lambda turn: turn.place)),
    )
    if after.ended is not None:
        append(
            tx, "case.ended", desk=case.desk, ticket=case.ticket, subject=case.id, at=at, actor=by.key, end=after.ended
        )  # fmt: skip
    cases.save(tx, case, (*over, *others))
    return case


def _placed(case: CaseNow, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Number the new turns on from those that the case has had."""
    first = max((turn.place for turn in case.turns), default=0)
    return tuple(
        turn if turn.place else replace(turn, place=first + at) for at, turn in enumerate(turns, start=1)
    )


def _tell_other(
    tx: Tx, case: CaseNow, procedure: Procedure, turn: Turn, *, desk: DeskNow, by: Actor, at: datetime
) -> None:
    step = procedure.step(turn.step)
    if step is None or turn.begun_at is None:
        return  # it waits for its branches, or did: nothing has happened
    if turn.is_open:
        promise = _promise(step, case, desk, at)
        _tell(
            tx,
            case,
            BEGUN,
            turn,
            at=at,
            by=by,
            revision=desk.revision,
            **({"promise": promise} if promise else {}),
        )
    elif turn.outcome == SKIPPED:
        _tell(tx, case, "step.passed", turn, at=at, by=by)
    else:
        _tell(tx, case, DROPPED, turn, at=at, by=by)


def _tell(tx: Tx, case: CaseNow, kind: str, turn: Turn, *, at: datetime, by: Actor, **data: Any) -> None:
    append(
        tx, kind, desk=case.desk, ticket=case.ticket, subject=case.id, at=at, actor=by.key,
        turn=subject_of(case.id, turn.step), step=turn.step, round=turn.round, **data,
    )  # fmt: skip


def _promise(step: Step, case: CaseNow, desk: DeskNow, at: datetime) -> dict[str, str] | None:
    """Return what the step's clock is promised: its own length, or the plain time until its date where that is sooner."""
    standard = step.standard
    if standard is None:
        return None
    due = due_at(standard, at, calendar=desk.desk.calendar, answers=case.answers)
    if due is None:
        return None
    by_length = replace(standard, deadline=None)
    if standard.within and due == due_at(by_length, at, calendar=desk.desk.calendar, answers={}):
        return standard.within.to_data()
    seconds = max(1, round((due - at).total_seconds()))
    return Span.parse(f"{seconds}s", "calendar").to_data()


def _answers(
    questions: Iterable[Question], given: Mapping[str, Any], *, before: Mapping[str, Any]
) -> dict[str, Any]:
    """Lay what was answered over what is known. Raises AnswersMissingError; what was not asked for is left out."""
    answers = dict(before)
    missing = []
    for question in questions:
        asked = question.only_if is None or question.only_if.hold(answers)
        if asked and given.get(question.id) is not None:
            answers[question.id] = given[question.id]
        elif asked and question.required and question.id not in before:
            missing.append(question.id)
    if missing:
        raise AnswersMissingError(missing)
    return answers


def _refuse_strange_files(
    tx: Tx, ticket: int, questions: Iterable[Question], answers: Mapping[str, Any]
) -> None:
    """A file that answers a question was said on the ticket: nobody names one of somebody else's."""
    named = [each.id for each in questions if each.kind is Kind.FILE and each.id in answers]
    known = attachments.sums_of_ticket(tx, ticket) if named else frozenset()
    for name in named:
        if answers[name] not in known:
            said = f"{name}: no such file is attached to ticket #{ticket}"
            raise UnknownValueError(said, field=f"answers.{name}", value=str(answers[name]))
