"""A form that is filled in on a page: everything at once; what can be taken is kept, and complete it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from procedures.asking.questions import AnswerError, Fault, Kind
from procedures.asking.reading import read_value
from procedures.bookings.errors import NotToBeHadError
from procedures.cases.rows import CaseNow
from procedures.cases.telling import contact_language
from procedures.cases.whereabouts import whereabouts
from procedures.definition.procedure import Procedure
from procedures.requests import acts, rows
from procedures.requests.form import asked, missing
from procedures.requests.rows import RequestNow, Stage
from procedures.words.answer_words import all_in_words, label_of
from templates_replies import request_phrases as phrases
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actions.handing_in import hand_in
from tickets.desk import DeskNow
from tickets.ledger.blobs import Stored
from tickets.ledger.tx import Tx

Typed = Mapping[str, str | Sequence[str]]  # by question; several of a question with several choices


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """What became of it."""

    request: RequestNow
    case: CaseNow | None = None  # None: something is missing, or cannot be taken
    faults: Mapping[str, AnswerError] = field(default_factory=dict)  # by question
    not_to_be_had: NotToBeHadError | None = None  # what the form books is taken then


def submit(
    tx: Tx, request: RequestNow, procedure: Procedure, typed: Typed, files: Mapping[str, Stored], *, desk: DeskNow,
    at: datetime, sends: bool = True,
) -> Submitted:  # fmt: skip
    """Take what was filled in; what was emptied is forgotten. Sent, it is told on the ticket's channel as well.

    Where it is not to be sent yet, it is only kept.

    Raises RuleError where a case of the ticket is under way.
    """
    if request.stage is Stage.OFFERED:
        request = acts.begin(tx, request, procedure, desk=desk, at=at)
    request, faults = _typed_in(request, procedure, typed, desk=desk, at=at)
    request = _filed(tx, request, procedure, files, desk=desk, at=at)
    request = acts.keep(tx, request, desk=desk, at=at)
    if not sends:
        return Submitted(request=request)
    faults |= {
        each.id: AnswerError(Fault.EMPTY)
        for each in missing(procedure.form, request.answers)
        if each.id not in faults
    }
    counting = {each.id for each in asked(procedure.form, request.answers)}
    faults = {name: fault for name, fault in faults.items() if name in counting}
    if faults:
        return Submitted(request=request, faults=faults)
    try:
        case = acts.send(tx, request, procedure, desk=desk, at=at)
    except acts.FileNotHereError as error:
        return Submitted(request=request, faults={error.question: AnswerError(Fault.NO_FILE)})
    except NotToBeHadError as error:
        return Submitted(request=request, not_to_be_had=error)
    _confirm(tx, case, procedure, desk=desk, at=at)
    return Submitted(request=request, case=case)


def _typed_in(
    request: RequestNow, procedure: Procedure, typed: Typed, *, desk: DeskNow, at: datetime
) -> tuple[RequestNow, dict[str, AnswerError]]:
    today = desk.desk.calendar.day_of(at)
    faults: dict[str, AnswerError] = {}
    for question in procedure.form:
        if question.kind is Kind.FILE:
            continue
        given = typed.get(question.id)
        request = acts.without(request, question.id, passed=not question.required)
        if given:
            try:
                value = read_value(question, given, today=today)
                request = acts.answer(request, {question.id: value})
            except AnswerError as error:
                faults[question.id] = error
    return request, faults


def _filed(
    tx: Tx,
    request: RequestNow,
    procedure: Procedure,
    files: Mapping[str, Stored],
    *,
    desk: DeskNow,
    at: datetime,
) -> RequestNow:
    """Hang the files on the ticket, and let each answer its question."""
    if not files:
        return request
    before = {each.attachment for each in rows.files_of(tx, request)}
    ticket = tickets_.load(tx, request.ticket)
    language = contact_language(ticket, desk)
    labels = [label_of(each, language) for each in procedure.form if each.id in files]
    text = phrases.handed_in(language, procedure=procedure.name, labels=labels)
    hand_in(tx, ticket, text, list(files.values()), at=at)
    fresh = (each.attachment for each in rows.files_of(tx, request) if each.attachment not in before)
    return acts.answer(request, dict(zip(files, fresh, strict=False)))


def _confirm(tx: Tx, case: CaseNow, procedure: Procedure, *, desk: DeskNow, at: datetime) -> None:
    """Say on the ticket's channel what was handed in, and how it stands."""
    ticket = tickets_.load(tx, case.ticket)
    language = contact_language(ticket, desk)
    stands = whereabouts(tx, case, procedure, language, desk=desk, at=at)
    said = all_in_words(procedure, case.answers, language)
    known = [
        (label_of(each, language), said[each.id])
        for each in procedure.form
        if each.id in said and each.kind is not Kind.FILE
    ]
    text = phrases.sent(language, procedure=procedure.name, ticket=case.ticket, stands=stands)
    words = answering.Words(text=f"{text}\n\n{phrases.lines(language, known)}")
    answering.say_automatically(tx, ticket, words, at=at, kind="request")
