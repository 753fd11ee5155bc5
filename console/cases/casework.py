"""The procedure of a ticket on its page: seen, begun, a step ended, withdrawn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Request
from fastapi.responses import Response

from console.cases.procedures_page import drawn, marks_of
from console.cases.sop_files import Ending, sop_file
from console.forms import Form
from console.house import House, TheHouse
from console.ids import Id
from console.language import language_of
from console.pages.render import moments, page
from console.requests.typed_answers import typed_in
from console.routes import Router
from console.ticket.cases import newer
from console.ticket.doing import Doing, OnTicket, found_for
from console.visitors import Here
from procedures.asking.given_answers import read_answers
from procedures.asking.questions import Question
from procedures.cases import views
from procedures.cases.rows import CaseNow, NoSuchCaseError
from procedures.definition.procedure import Procedure
from procedures.running import actions, handing
from procedures.sop_table.form import Paper
from procedures.sop_table.progress import Reader, on_table, progress, reader_of
from procedures.words.masking import hidden_at_desk
from tickets.actor import Role
from tickets.desk import Desk
from tickets.ledger.tx import Tx
from tickets.views import colleagues

StepId = Annotated[str, Path(max_length=100)]

router = Router(prefix="/tickets/{number}/cases", include_in_schema=False)


@router.get("/{id}")
async def show(
    request: Request, number: Id, id: Id, house: TheHouse, visitor: Here  # noqa: A002
) -> Response:  # fmt: skip
    """Show the SOP form's table with the case on it: what is done, by whom, how long it took, where it stands."""
    found = await found_for(house, visitor, number)
    case, procedure = await case_of(house, number, id)
    desk = house.desk(found.ticket.desk).desk
    when = moments(request, desk.calendar.tz, house.clock())
    reader = replace(await _on_paper(request, house, desk, id), when=when)
    shown = on_table(case, procedure, reader)
    return page(
        request, house, "case_table.html", visitor=visitor, ticket=found.ticket, shown=procedure, case=case,
        drawn=drawn(procedure, reader.language, shown), marks=marks_of(procedure, reader.language), on_case=shown,
        rows=progress(case, procedure, reader),
        newer=newer(house, case, procedure) is not None and visitor.actor(case.desk).may(Role.SUPERVISOR, case.desk),
    )  # fmt: skip


@router.get("/{id}/table.{ending}")
async def take(
    request: Request, number: Id, id: Id, ending: Ending, house: TheHouse, visitor: Here,  # noqa: A002
    paper: Paper = Paper.A4,
) -> Response:  # fmt: skip
    """Hand the same out as a file."""
    found = await found_for(house, visitor, number)
    case, procedure = await case_of(house, number, id)
    desk = house.desk(found.ticket.desk).desk
    reader = await _on_paper(request, house, desk, id)
    return await sop_file(
        house, procedure, ending, reader.language, zone=desk.calendar.tz, paper=paper,
        case=on_table(case, procedure, reader), name=f"{procedure.id}-{number}",
    )  # fmt: skip


async def _on_paper(request: Request, house: House, desk: Desk, id: int) -> Reader:  # noqa: A002
    people, seen = await house.ledger.read(
        lambda session: (colleagues(session, frozenset({desk.slug})), views.case(session, id))
    )
    names = {each.id: each.name for each in people}
    return reader_of(
        seen.clocks if seen else {}, desk, names, mask=hidden_at_desk, language=language_of(request)
    )


@router.post("")
async def begin(doing: OnTicket) -> Response:
    procedure = actions.chosen(doing.house.procedures(doing.desk.slug), doing.form.line("procedure"))

    def act(tx: Tx, at: datetime) -> None:
        answers = read_answers(procedure.form, _given(doing.form, procedure.form), desk=doing.desk, at=at)
        actions.start(tx, doing.number, procedure, answers=answers, desk=doing.desk, by=doing.by, at=at)

    return await doing.does(act)


@router.post("/{id}/steps/{step}")
async def end_step(id: Id, step: StepId, doing: OnTicket) -> Response:  # noqa: A002
    form, procedure = doing.form, await _procedure_of(doing, id)
    asked = next((each.asks for each in procedure.steps if each.id == step), ())

    def act(tx: Tx, at: datetime) -> None:
        answers = read_answers(asked, _given(form, asked), desk=doing.desk, at=at)
        actions.act(
            tx, id, step, form.line("outcome"), procedure=procedure, answers=answers, reason=form.text("reason"),
            named=form.line("named") or None, seen=form.number("seen"), desk=doing.desk, by=doing.by, at=at,
        )  # fmt: skip

    return await doing.does(act)


@router.post("/{id}/steps/{step}/hand")
async def hand_over(id: Id, step: StepId, doing: OnTicket) -> Response:  # noqa: A002
    procedure = await _procedure_of(doing, id)

    def act(tx: Tx, at: datetime) -> None:
        handing.hand_over(
            tx, id, step, doing.form.line("to"), procedure=procedure, seen=doing.form.number("seen"), desk=doing.desk,
            by=doing.by, at=at,
        )  # fmt: skip

    return await doing.does(act)


@router.post("/{id}/steps/{step}/ask")
async def ask_requester(id: Id, step: StepId, doing: OnTicket) -> Response:  # noqa: A002
    procedure = await _procedure_of(doing, id)

    def act(tx: Tx, at: datetime) -> None:
        handing.ask_requester(
            tx, id, step, doing.form.text("text"), procedure=procedure, seen=doing.form.number("seen"), desk=doing.desk,
            by=doing.by, at=at,
        )  # fmt: skip

    return await doing.does(act)


@router.post("/{id}/withdraw")
async def withdraw(id: Id, doing: OnTicket) -> Response:  # noqa: A002
    procedure = await _procedure_of(doing, id)

    def act(tx: Tx, at: datetime) -> None:
        actions.take_back(tx, id, procedure=procedure, desk=doing.desk, by=doing.by, at=at)

    return await doing.does(act)


async def _procedure_of(doing: Doing, id: int) -> Procedure:  # noqa: A002
    return (await case_of(doing.house, doing.number, id))[1]


async def case_of(house: House, number: int, id: int) -> tuple[CaseNow, Procedure]:  # noqa: A002
    """Return one of the ticket's cases, with the procedure as it was when that began. Raises NoSuchCaseError."""
    cases = await house.ledger.read(lambda session: views.cases_of(session, number))
    case = next((each for each in cases if each.id == id), None)
    if case is None:
        raise NoSuchCaseError(id)
    under = await house.ledger.aside(house.procedures_under, case.desk, case.revision)
    return case, actions.of_case(under, case)


def _given(form: Form, questions: Sequence[Question]) -> dict[str, Any]:
    return {question.id: typed_in(form, question) for question in questions}
