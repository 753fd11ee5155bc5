"""A requester's turn that is answered on its page: everything at once; what is complete ends the step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from procedures.asking.conditions import Answers
from procedures.asking.questions import AnswerError, Fault, Kind, Question
from procedures.asking.reading import read_value
from procedures.cases import rows as cases
from procedures.cases.happened import Doing
from procedures.cases.presence import not_here
from procedures.cases.rights import may_answer_own
from procedures.cases.rows import CaseNow, Turn
from procedures.cases.telling import KIND, contact_language
from procedures.cases.whereabouts import whereabouts
from procedures.definition.procedure import DONE, Procedure, Step
from procedures.running import actions
from procedures.running.whose_turn import theirs
from procedures.words.answer_words import ways_of
from templates_replies import requester_turn_phrases as phrases
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actions.handing_in import hand_in
from tickets.actor import CONTACT
from tickets.desk import DeskNow
from tickets.ledger.blobs import Stored
from tickets.ledger.tx import Tx

Typed = Mapping[str, str | Sequence[str]]  # by question; several of a question with several choices
WAY, REASON = "way", "reason"  # of the faults, beside the questions


@dataclass(frozen=True, kw_only=True)
class Given:
    """What somebody has filled in on the page of a turn."""

    step: str
    seen: int  # the round that they were shown
    way: str
    reason: str = ""
    typed: Typed = field(default_factory=dict)
    files: Mapping[str, Stored] = field(default_factory=dict)  # by question
    more: Sequence[Stored] = ()  # files that answer no question


def turns_of(case: CaseNow, procedure: Procedure) -> Iterator[tuple[Step, Turn]]:
    """Yield the turns of a case that its requester may end now."""
    for turn in case.turns:
        step = procedure.step(turn.step) if turn.is_open else None
        role = procedure.acting(step) if step is not None else None
        if step is not None and role is not None and may_answer_own(role, step):
            yield step, turn


def questions_of(step: Step, known: Answers) -> tuple[Question, ...]:
    """Return what the page of a turn asks; what the case knows already may be left out."""
    return tuple(replace(each, required=each.required and each.id not in known) for each in step.asks)


def submit(
    tx: Tx, case_id: int, given: Given, *, procedure: Procedure, desk: DeskNow, at: datetime
) -> Mapping[str, AnswerError]:
    """End the step as its requester says, and confirm it on their channel; else return what is wrong, by field.

    Nothing is written then. Raises StepOverError, TurnOfOthersError, UnknownValueError.
    """
    doing = Doing(procedure=procedure, desk=desk, by=CONTACT, at=at)
    case = cases.load(tx, case_id)
    step, _ = theirs(case, given.step, doing, absent=not_here(tx, desk.slug, at), seen=given.seen)
    answers, faults = _answers(case, step, given, desk=desk, at=at)
    outcome = step.outcome(given.way)
    if given.way not in {way for way, _ in ways_of(step, "id")}:
        faults[WAY] = AnswerError(Fault.EMPTY)
    if outcome is not None and outcome.reason and not given.reason.strip():
        faults[REASON] = AnswerError(Fault.EMPTY)
    if faults:
        return faults
    ticket = tickets_.load(tx, case.ticket)
    language = contact_language(ticket, desk)
    way = dict(ways_of(step, language))[given.way]
    files = [*given.files.values(), *given.more]
    if files:
        hand_in(tx, ticket, f"{procedure.name}: {step.does}", files, at=at)
    after = actions.act(
        tx, case.id, step.id, given.way, procedure=procedure, answers=answers, reason=given.reason, desk=desk,
        by=CONTACT, at=at, seen=given.seen,
    )  # fmt: skip
    said = phrases.taken(language, step=step.does, way=None if given.way == DONE else way)
    stands = whereabouts(tx, after, procedure, language, desk=desk, at=at)
    answering.say_automatically(
        tx,
        tickets_.load(tx, case.ticket),
        answering.Words(text=f"{said}\n{stands}".strip()),
        at=at,
        kind=KIND,
    )
    return {}


def _answers(
    case: CaseNow, step: Step, given: Given, *, desk: DeskNow, at: datetime
) -> tuple[dict[str, Any], dict[str, AnswerError]]:
    """Return the answers as values, and what is wrong with those that cannot be taken, or are missing."""
    today = desk.desk.calendar.day_of(at)
    answers: dict[str, Any] = {}
    faults: dict[str, AnswerError] = {}
    for question in questions_of(step, case.answers):
        if question.only_if is not None and not question.only_if.hold({**case.answers, **answers}):
            continue
        typed = given.typed.get(question.id)
        file = given.files.get(question.id)
        if question.kind is Kind.FILE and file is not None:
            answers[question.id] = file.sha256
        elif question.kind is not Kind.FILE and typed:
            try:
                answers[question.id] = read_value(question, typed, today=today)
            except AnswerError as error:
                faults[question.id] = error
        elif question.required:
            faults[question.id] = AnswerError(Fault.EMPTY)
    return answers, faults
