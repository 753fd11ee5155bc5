"""The procedure of a ticket on its page: seen, begun, a step ended, withdrawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from console.forms import Form, OurForm
from console.house import TheHouse
from console.ticket_page import Doing, Number, doing_of
from console.visitors import Here
from procedures import actions, views
from procedures.cases import NoSuchCaseError
from procedures.definition import Procedure
from procedures.questions import Kind, Question
from tickets.actions.errors import UnknownValueError
from tickets.ledger.writer import Tx

Id = Annotated[int, Path(ge=1, lt=10**15)]
StepId = Annotated[str, Path(max_length=100)]

router = APIRouter(prefix="/tickets/{number}/cases", include_in_schema=False)


@router.post("")
async def begin(request: Request, number: Number, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    doing = await doing_of(request, house, visitor, form, number)
    procedure = _named(house.procedures(doing.desk.slug), form.line("procedure"))

    def act(tx: Tx, at: datetime) -> None:
        answers = actions.read_answers(procedure.form, _given(form, procedure.form), desk=doing.desk, at=at)
        actions.start(tx, number, procedure, answers=answers, desk=doing.desk, by=doing.by, at=at)

    return await doing.does(act)


@router.post("/{id}/steps/{step}")
async def end_step(
    request: Request, number: Number, id: Id, step: StepId, house: TheHouse, visitor: Here, form: OurForm  # noqa: A002
) -> Response:  # fmt: skip
    doing = await doing_of(request, house, visitor, form, number)
    procedure = await _procedure_of(doing, id)
    asked = next((each.asks for each in procedure.steps if each.id == step), ())

    def act(tx: Tx, at: datetime) -> None:
        answers = actions.read_answers(asked, _given(form, asked), desk=doing.desk, at=at)
        actions.act(
            tx, id, step, form.line("outcome"), procedure=procedure, answers=answers, reason=form.text("reason"),
            desk=doing.desk, by=doing.by, at=at,
        )  # fmt: skip

    return await doing.does(act)


@router.post("/{id}/withdraw")
async def withdraw(
    request: Request, number: Number, id: Id, house: TheHouse, visitor: Here, form: OurForm  # noqa: A002
) -> Response:  # fmt: skip
    doing = await doing_of(request, house, visitor, form, number)
    procedure = await _procedure_of(doing, id)

    def act(tx: Tx, at: datetime) -> None:
        actions.take_back(tx, id, procedure=procedure, desk=doing.desk, by=doing.by, at=at)

    return await doing.does(act)


async def _procedure_of(doing: Doing, id: int) -> Procedure:  # noqa: A002
    """Return the procedure of one of the ticket's cases, as it was when that began. Raises NoSuchCaseError."""
    cases = await doing.house.ledger.read(lambda session: views.cases_of(session, doing.number))
    case = next((each for each in cases if each.id == id), None)
    if case is None:
        raise NoSuchCaseError(id)
    under = await doing.house.ledger.aside(doing.house.procedures_under, case.desk, case.revision)
    return _named(under, case.procedure)


def _named(procedures: Sequence[Procedure], name: str) -> Procedure:
    found = next((one for one in procedures if one.id == name), None)
    if found is None:
        raise UnknownValueError(f"there is no procedure {name}", field="procedure", value=name)
    return found


def _given(form: Form, questions: Sequence[Question]) -> dict[str, Any]:
    return {
        question.id: form.several(f"answer.{question.id}")
        if question.kind is Kind.CHOICES
        else form.text(f"answer.{question.id}").strip()
        for question in questions
    }
