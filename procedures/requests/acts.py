"""What happens to a request: offered, begun, filled in, sent, given up. Run by the writer, under the ticket's contact.

Whoever calls has established that it is the contact of the ticket who speaks; what follows is done in their name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from procedures.asking.questions import Kind
from procedures.bookings.asking import require_free
from procedures.cases.rows import CaseNow
from procedures.definition.procedure import Procedure
from procedures.definition.seasons import is_open
from procedures.requests import rows
from procedures.requests.form import settled
from procedures.requests.patience import KEPT_FOR, remind_at
from procedures.requests.rows import RequestNow, Stage
from procedures.running import actions
from tickets import ticket as tickets_
from tickets.actions.errors import ActError, RuleError
from tickets.actor import CONTACT, SYSTEM, Actor
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.lifecycle import TO_DO
from tickets.placing import reopen

LEFT, JOINED = "request.left", "request.joined"  # its ticket, as that was merged into another; and that other


class FileNotHereError(ActError):
    """A file that was sent has not come in yet, or never will."""

    code = "file_not_here"
    field = "answers"

    def __init__(self, question: str, name: str, *, lost: bool) -> None:
        self.question, self.name, self.lost = question, name, lost
        super().__init__(f"{question}: {name} {'could not be received' if lost else 'is still coming'}")


def new_id(tx: Tx) -> int:
    return tx.next_id("requests")


def offer(
    tx: Tx, id_: int, procedures: Iterable[Procedure], *, ticket: int, message: int, desk: DeskNow, stands: timedelta, at: datetime
) -> RequestNow:  # fmt: skip
    """Ask the contact of a ticket whether they want one of these; what they were asked before on it is over."""
    before = rows.live(tx, ticket)
    if before is not None:
        _end(tx, before, Stage.CANCELLED, by=SYSTEM, at=at)
    request = RequestNow(
        id=id_, desk=desk.slug, ticket=ticket, offered=tuple(each.id for each in procedures), message=message,
        begun_at=at, touched_at=at, drop_at=at + stands,
    )  # fmt: skip
    rows.create(tx, request)
    _tell(tx, request, "request.offered", by=SYSTEM, at=at, procedures=list(request.offered))
    return request


def begin(tx: Tx, request: RequestNow, procedure: Procedure, *, desk: DeskNow, at: datetime) -> RequestNow:
    """Let the contact fill in the form of one of those."""
    _tell(tx, request, "request.begun", by=CONTACT, at=at, procedure=procedure.id)
    return keep(tx, replace(request, procedure=procedure.id, stage=Stage.OPEN), desk=desk, at=at)


def keep(tx: Tx, request: RequestNow, *, desk: DeskNow, at: datetime) -> RequestNow:
    """Write down how far the form is: it is kept from now on, and its contact is reminded once."""
    kept = replace(
        request, touched_at=at, drop_at=at + KEPT_FOR, remind_at=remind_at(desk.desk.calendar, at)
    )  # fmt: skip
    rows.save(tx, kept)
    return kept


class OutOfSeasonError(RuleError):
    """The procedure cannot be asked for at this time of the year."""

    code = "out_of_season"


def answer(request: RequestNow, given: Mapping[str, Any]) -> RequestNow:
    """Return a request with more answers, which are no longer to be asked for."""
    asking = None if request.asking in given else request.asking
    return replace(
        request,
        answers={**request.answers, **given},
        passed=request.passed - given.keys(),
        asking=asking,
        aside=None,
    )


def without(request: RequestNow, question: str, *, passed: bool = True) -> RequestNow:
    """Return a request without an answer to a question: left out by its contact, or to be asked for anew."""
    return replace(
        request,
        answers={name: value for name, value in request.answers.items() if name != question},
        passed=request.passed | {question} if passed else request.passed,
        asking=None if request.asking == question else request.asking,
    )


def reminded(tx: Tx, request: RequestNow, *, at: datetime) -> None:
    rows.save(tx, replace(request, remind_at=None))
    _tell(tx, request, "request.reminded", by=SYSTEM, at=at)


def cancel(tx: Tx, request: RequestNow, *, at: datetime) -> None:
    """Give the form up, as its contact wishes."""
    _end(tx, request, Stage.CANCELLED, by=CONTACT, at=at)


def give_up(tx: Tx, request: RequestNow, *, by: Actor, at: datetime) -> None:
    """Give the form up because of what somebody has made of its ticket."""
    _end(tx, request, Stage.CANCELLED, by=by, at=at)


def carry(tx: Tx, request: RequestNow, to: int, *, by: Actor, at: datetime) -> None:
    """Let the form be of another ticket of the same contact, which has none."""
    _tell(tx, request, LEFT, by=by, at=at, procedure=request.procedure, to=to)
    rows.carry(tx, request, to)
    _tell(
        tx,
        replace(request, ticket=to),
        JOINED,
        by=by,
        at=at,
        procedure=request.procedure,
        **{"from": request.ticket},
    )


def lapse(tx: Tx, request: RequestNow, *, at: datetime) -> None:
    """Give up a form that nobody went on with."""
    _end(tx, request, Stage.LAPSED, by=SYSTEM, at=at)


def send(tx: Tx, request: RequestNow, procedure: Procedure, *, desk: DeskNow, at: datetime) -> CaseNow:
    """Hand the form in: its case begins.

    Raises OutOfSeasonError, AnswersMissingError, FileNotHereError, NotToBeHadError, RuleError where a case of the ticket is under way; where it
    does, nothing was written.
    """
    if not is_open(procedure.starts.open, desk.desk.calendar.day_of(at)):
        raise OutOfSeasonError(f"{procedure.id} cannot be asked for now", ticket=request.ticket)
    ticket = tickets_.load(tx, request.ticket)
    given = _with_files(tx, request, procedure)
    require_free(tx, procedure, given, desk=desk.desk, at=at)
    if ticket.status not in TO_DO:
        reopen(tx, ticket, desk=desk, actor=CONTACT.key, asks=False, at=at)
    case = actions.start(tx, ticket.number, procedure, answers=given, desk=desk, by=CONTACT, at=at)
    rows.save(tx, replace(request, stage=Stage.SENT, case=case.id, ended_at=at, remind_at=None))
    _tell(tx, request, "request.sent", by=CONTACT, at=at, procedure=procedure.id, case=case.id)
    return case


def _with_files(tx: Tx, request: RequestNow, procedure: Procedure) -> dict[str, Any]:
    """Return the answers with their files named by what they contain."""
    answers = settled(procedure.form, request.answers)
    kinds = {question.id: question.kind for question in procedure.form}
    files = {each.attachment: each for each in rows.files_of(tx, request)}
    for question, value in answers.items():
        if kinds[question] is Kind.FILE:
            file = files.get(value)
            if file is None or file.sha256 is None:
                lost = file is None or file.failed
                raise FileNotHereError(question, file.name if file else "", lost=lost)
            answers[question] = file.sha256
    return answers


def _end(tx: Tx, request: RequestNow, stage: Stage, *, by: Actor, at: datetime) -> None:
    rows.save(tx, replace(request, stage=stage, ended_at=at, remind_at=None))
    if request.procedure is not None:
        _tell(tx, request, f"request.{stage}", by=by, at=at, procedure=request.procedure)


def _tell(tx: Tx, request: RequestNow, kind: str, *, by: Actor, at: datetime, **data: Any) -> None:
    append(
        tx, kind, desk=request.desk, ticket=request.ticket, subject=request.id, at=at, actor=by.key, **data
    )
