"""Cases of procedures: begun on a ticket, taken from step to step, withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from pydantic.dataclasses import dataclass

from console.api.bodies import Line, Text
from console.api.caller import Asked, Asking, Caller
from console.api.shapes import answer
from console.api.theirs import theirs
from console.api.tickets import REFUSALS, Number
from console.house import House, TheHouse
from console.ids import Id
from console.routes import Router
from procedures.asking import answer_data
from procedures.asking.given_answers import read_answers
from procedures.asking.questions import Question
from procedures.cases import views
from procedures.cases.rows import NoSuchCaseError, Turn
from procedures.cases.views import CaseView
from procedures.definition.procedure import DONE, Procedure, Step
from procedures.running import actions, handing
from procedures.words.masking import Mask, answers_masked, hidden_at_desk, whole
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.clocks import ClockState
from tickets.ledger.tx import Tx

CREATED = 201
StepId = Annotated[str, Path(max_length=100)]

router = Router(tags=["cases"], responses=REFUSALS)


class Begin(BaseModel):
    procedure: Line
    answers: dict[Line, Any] = Field(
        default_factory=dict, description="By id of the question: as people type them, or as JSON"
    )


class Seen(BaseModel):
    seen: int | None = Field(
        default=None, ge=1, lt=10**9, description="The round that was shown: an earlier one is over"
    )


class End(Seen):
    outcome: Line = Field(
        default=DONE, description="Of a step that decides; `skipped` leaves an optional one out"
    )
    answers: dict[Line, Any] = Field(default_factory=dict, description="To what the step asks")
    reason: Text | None = None
    named: Line | None = Field(
        default=None, description="Who acts next, by id, where the step names somebody"
    )


class Hand(Seen):
    to: Line = Field(description="Somebody of the desk's staff, by id")


class ToRequester(Seen):
    text: Text = Field(description="What the requester is asked, on their channel")


@dataclass(frozen=True, kw_only=True)
class TurnShape:
    """One time that a step was begun."""

    step: str
    number: str
    does: str
    role: str
    round: int
    begun_at: datetime | None  # null: it waits for other branches
    due_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    by: str | None
    reason: str | None
    outcomes: Sequence[str]  # in which of these it can end now
    holder: str | None  # the one person whose turn it is; null: whoever holds the role
    waits_for_requester: bool  # they were asked something
    votes: Sequence[Mapping[str, Any]]  # of a step that a committee decides: by, outcome, at, reason


@dataclass(frozen=True, kw_only=True)
class CaseShape:
    id: int
    desk: str
    ticket: int
    procedure: str
    name: str
    revision: int
    begun_at: datetime
    begun_by: str
    ended_at: datetime | None
    ended: str | None
    parent: int | None  # the case whose step has begun this one
    parent_step: str | None
    answers: Mapping[str, Any]
    steps: Sequence[TurnShape]


@router.get("/procedures", summary="The procedures of a desk")
async def list_procedures(house: TheHouse, by: Caller, desk: str) -> JSONResponse:
    """With the questions of their forms, in the desk's language."""
    require(by, Role.VIEWER, desk)
    language = house.desk(desk).desk.language
    items = [
        {"id": one.id, "name": one.name, "form": [_question(each, language) for each in one.form]}
        for one in house.procedures(desk)
    ]
    return answer({"items": items, "next": None})


@router.post("/tickets/{number}/cases", summary="Begin a case", status_code=CREATED)
async def begin(number: Number, body: Begin, asked: Asking) -> JSONResponse:
    """A ticket has one case at a time."""
    house = asked.house
    begun: list[int] = []

    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, number)
        procedure = actions.chosen(house.procedures(desk.slug), body.procedure)
        answers = read_answers(procedure.form, body.answers, desk=desk, at=at)
        case = actions.start(tx, number, procedure, answers=answers, desk=desk, by=asked.by, at=at)
        begun.append(case.id)

    await asked.does_once(act, body)
    case = begun[-1] if begun else await house.ledger.read(lambda session: views.newest_of(session, number))
    return await shown_case(asked, case or 0, status=CREATED)


@router.get("/cases/{id}", summary="One case")
async def show(id: Id, asked: Asking) -> JSONResponse:  # noqa: A002
    """Every step that was begun, with its clock, the earliest first."""
    return await shown_case(asked, id)


@router.post("/cases/{id}/steps/{step}", summary="End a step")
async def end_step(id: Id, step: StepId, asked: Asking, body: End | None = None) -> JSONResponse:  # noqa: A002
    """409 where somebody else was first, or it is not its turn: `turn` of the error says who ended it, when, and how."""
    given = body or End()
    found, procedure = await found_case(asked, id)
    questions = next((each.asks for each in procedure.steps if each.id == step), ())

    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, found.case.ticket)
        answers = read_answers(questions, given.answers, desk=desk, at=at)
        actions.act(
            tx, id, step, given.outcome, procedure=procedure, answers=answers, reason=given.reason, desk=desk,
            by=asked.by, at=at, named=given.named, seen=given.seen,
        )  # fmt: skip

    await asked.does_once(act, body)
    return await shown_case(asked, id)


@router.post("/cases/{id}/steps/{step}/hand", summary="Hand a turn to somebody else")
async def hand_over(id: Id, step: StepId, body: Hand, asked: Asking) -> JSONResponse:  # noqa: A002
    """Whoever holds the role may take it back in the same way. 409 where the turn is over."""
    found, procedure = await found_case(asked, id)

    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, found.case.ticket)
        handing.hand_over(
            tx, id, step, body.to, procedure=procedure, desk=desk, by=asked.by, at=at, seen=body.seen
        )

    await asked.does_once(act, body)
    return await shown_case(asked, id)


@router.post("/cases/{id}/steps/{step}/ask", summary="Ask the requester")
async def ask_requester(id: Id, step: StepId, body: ToRequester, asked: Asking) -> JSONResponse:  # noqa: A002
    """On their channel; the step's clock goes on. 409 where the turn is over."""
    found, procedure = await found_case(asked, id)

    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, found.case.ticket)
        handing.ask_requester(
            tx, id, step, body.text, procedure=procedure, desk=desk, by=asked.by, at=at, seen=body.seen
        )

    await asked.does_once(act, body)
    return await shown_case(asked, id)


@router.post("/cases/{id}/withdraw", summary="Withdraw a case, as its requester wishes")
async def withdraw(id: Id, asked: Asking) -> JSONResponse:  # noqa: A002
    found, procedure = await found_case(asked, id)

    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, found.case.ticket)
        actions.take_back(tx, id, procedure=procedure, desk=desk, by=asked.by, at=at)

    await asked.does_once(act, None)
    return await shown_case(asked, id)


async def found_case(asked: Asked, id: int) -> tuple[CaseView, Procedure]:  # noqa: A002
    """Return a case of theirs with the procedure as it was when the case began. Raises NoSuchCaseError."""
    house, found = asked.house, await their_case(asked.house, asked.by, id)
    procedures = await house.ledger.aside(house.procedures_under, found.desk, found.case.revision)
    return found, actions.of_case(procedures, found.case)


async def their_case(house: House, by: Actor, id: int) -> CaseView:  # noqa: A002
    """Return a case of theirs. Raises NoSuchCaseError."""
    found = await house.ledger.read(lambda session: views.case(session, id))
    case = theirs(by, found, NoSuchCaseError(id))
    require(by, Role.VIEWER, case.desk)
    return case


async def shown_case(asked: Asked, id: int, *, status: int = 200) -> JSONResponse:  # noqa: A002
    """Answer with a case. Whole identity numbers in it are for those who may read them, and are written down."""
    found, procedure = await found_case(asked, id)
    given, masked = _shape(found, procedure, mask=whole), _shape(found, procedure, mask=hidden_at_desk)
    if asked.numbers.whole and given != masked:
        await asked.numbers.write_down(tickets=[found.case.ticket])
    return answer(given if asked.numbers.whole else masked, status)


def _shape(found: CaseView, procedure: Procedure, *, mask: Mask) -> CaseShape:
    case = found.case
    return CaseShape(
        id=case.id,
        desk=case.desk,
        ticket=case.ticket,
        procedure=case.procedure,
        name=procedure.name,
        revision=case.revision,
        begun_at=case.begun_at,
        begun_by=case.begun_by,
        ended_at=case.ended_at,
        ended=case.ended,
        parent=case.within.case if case.within else None,
        parent_step=case.within.step if case.within else None,
        answers=answers_masked(answer_data.to_data(case.answers), procedure, mask),
        steps=[
            _turn(turn, step, found.clocks.get((turn.step, turn.round)), mask=mask)
            for turn in case.turns
            if (step := procedure.step(turn.step)) is not None
        ],
    )


def _turn(turn: Turn, step: Step, clock: ClockState | None, *, mask: Mask) -> TurnShape:
    return TurnShape(
        step=turn.step,
        number=step.number,
        does=step.does,
        role=step.role,
        round=turn.round,
        begun_at=turn.begun_at,
        due_at=clock.due_at if clock else None,
        breached_at=clock.breached_at if clock else None,
        ended_at=turn.ended_at,
        outcome=turn.outcome,
        by=turn.by,
        reason=mask(turn.reason) if turn.reason else None,
        outcomes=[outcome.id for outcome in step.outcomes] if turn.is_open else [],
        holder=turn.holder,
        votes=[
            {
                "by": each.by,
                "outcome": each.outcome,
                "at": each.at,
                "reason": mask(each.reason) if each.reason else None,
            }
            for each in turn.votes
        ],
        waits_for_requester=turn.asked_by is not None and turn.is_open,
    )


def _question(question: Question, language: str) -> dict[str, Any]:
    return {
        "id": question.id,
        "ask": question.ask.get(language, ""),
        "kind": question.kind,
        "required": question.required,
        "choices": [
            {"id": choice.id, "label": choice.label.get(language, choice.id)} for choice in question.choices
        ],
    }
