"""The register of findings, for programs: read by everybody of a desk, written by its supervisors."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated

from fastapi import Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from pydantic.dataclasses import dataclass

from console.api.bodies import Line, Said, Text
from console.api.caller import Asked, Asking, Caller
from console.api.shapes import answer
from console.api.tickets import REFUSALS
from console.house import House, TheHouse
from console.ids import Id
from console.routes import Router
from tickets import views
from tickets.actions import registering
from tickets.actions.errors import NotAllowedError
from tickets.actions.registering import NoSuchFindingError
from tickets.actor import Actor, Role
from tickets.findings import Effect, Matter, Source
from tickets.hours import Calendar
from tickets.ledger.tx import Tx
from tickets.views import FindingView, WantedFindings
from tickets.views.findings import Show

PAGE, LONGEST_LIST = 50, 200
Act = Callable[[Tx, Actor, Calendar, datetime], None]

router = Router(tags=["findings"], responses=REFUSALS)


class NewFinding(BaseModel):
    desk: Line
    text: Said = Field(description="What was found")
    source: Source = Source.HAND
    service: Line | None = Field(
        default=None, description="What it is about: `category:<id>` or `procedure:<id>`"
    )
    ticket: int | None = Field(default=None, ge=1, lt=10**15)
    cause: Text = ""
    action: Text = ""
    responsible: Line | None = Field(default=None, description="Staff id")
    due_on: date | None = None


class ChangedFinding(BaseModel):
    """What is left out stays."""

    text: Said | None = None
    source: Source | None = None
    service: Line | None = None
    ticket: int | None = Field(default=None, ge=1, lt=10**15)
    cause: Text | None = None
    action: Text | None = None
    responsible: Line | None = None
    due_on: date | None = None


class FindingWords(BaseModel):
    text: Said


class Closing(BaseModel):
    text: Said = Field(description="What was done, and what shows it")
    effect: Effect


@dataclass(frozen=True, kw_only=True)
class NoteShape:
    at: datetime
    by: str
    step: str
    text: str


@dataclass(frozen=True, kw_only=True)
class FindingShape:
    id: int
    desk: str
    found_at: datetime
    found_by: str
    source: str
    service: str | None
    ticket: int | None
    clock: str | None
    text: str
    cause: str
    action: str
    responsible: str | None
    due_on: date | None
    stand: str  # open, proposed, closed
    overdue: bool
    proposed_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    effect: str | None  # full, partly, none
    result: str | None
    notes: Sequence[NoteShape]  # empty in lists


@router.get("/findings", summary="The register of findings of a desk")
async def list_findings(
    house: TheHouse, by: Caller, *, desk: str, show: Show = Show.ALL,
    source: Source | None = None, responsible: Annotated[str, Query(max_length=200)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=LONGEST_LIST)] = PAGE,
    after: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> JSONResponse:  # fmt: skip
    """What is not done comes first, by the day until which it is to be."""
    _require_sight(by, desk)
    today = _today(house, desk)
    wanted = WantedFindings(
        desks={desk: today}, show=show, source=source, responsible=responsible or None, q=q
    )
    found = await house.ledger.read(
        lambda session: views.findings(session, wanted, most=limit + 1, skipped=after)
    )
    return answer(
        {
            "items": [_shape(each, today) for each in found[:limit]],
            "next": after + limit if len(found) > limit else None,
        }
    )


@router.post("/findings", summary="Write a finding down", status_code=201)
async def record(body: NewFinding, asked: Asking) -> JSONResponse:
    """For supervisors."""
    calendar, made = asked.house.desk(body.desk).desk.calendar, list[int]()
    matter = Matter(**body.model_dump(exclude={"desk"}))

    def act(tx: Tx, at: datetime) -> None:
        made[:] = [registering.record(tx, body.desk, matter, calendar=calendar, by=asked.by, at=at)]

    await asked.does_once(act, body)
    if not made:  # the same request came before
        return answer({"items": [], "next": None}, 200)
    return await _shown(asked.house, asked.by, made[0], 201)


@router.get("/findings/{id}", summary="One finding")
async def show_finding(id: Id, house: TheHouse, by: Caller) -> JSONResponse:  # noqa: A002  the column
    """With its history, oldest first."""
    return await _shown(house, by, id)


@router.patch("/findings/{id}", summary="Write it down otherwise")
async def change(id: Id, body: ChangedFinding, asked: Asking) -> JSONResponse:  # noqa: A002
    """For supervisors, while it is not closed. Null takes a value away."""
    found = await _found(asked.house, asked.by, id)
    names = set(NewFinding.model_fields) - {"desk"}
    before = {name: getattr(found, name) for name in names} | {"clock": found.clock}
    given = body.model_dump(exclude_unset=True)
    kept = {name: before[name] for name in ("text", "source", "cause", "action") if given.get(name) is None}
    matter = Matter(**before | given | kept)

    def act(tx: Tx, by: Actor, calendar: Calendar, at: datetime) -> None:
        registering.change(tx, id, matter, calendar=calendar, by=by, at=at)

    return await _does(asked, id, body, act)


@router.post("/findings/{id}/note", summary="Tell how far it has come")
async def note(id: Id, body: FindingWords, asked: Asking) -> JSONResponse:  # noqa: A002
    return await _does(
        asked, id, body, lambda tx, by, _, at: registering.note(tx, id, body.text, by=by, at=at)
    )


@router.post("/findings/{id}/propose", summary="Say that it is done")
async def propose(id: Id, body: FindingWords, asked: Asking) -> JSONResponse:  # noqa: A002
    return await _does(
        asked, id, body, lambda tx, by, _, at: registering.propose(tx, id, body.text, by=by, at=at)
    )


@router.post("/findings/{id}/send-back", summary="Say that it is not done after all")
async def send_back(id: Id, body: FindingWords, asked: Asking) -> JSONResponse:  # noqa: A002
    def act(tx: Tx, by: Actor, calendar: Calendar, at: datetime) -> None:
        registering.send_back(tx, id, body.text, calendar=calendar, by=by, at=at)

    return await _does(asked, id, body, act)


@router.post("/findings/{id}/close", summary="Close it, and say how far it has helped")
async def close(id: Id, body: Closing, asked: Asking) -> JSONResponse:  # noqa: A002
    return await _does(
        asked, id, body, lambda tx, by, _, at: registering.close(tx, id, body.text, body.effect, by=by, at=at)
    )


@router.post("/findings/{id}/reopen", summary="Open it again")
async def reopen(id: Id, body: FindingWords, asked: Asking) -> JSONResponse:  # noqa: A002
    def act(tx: Tx, by: Actor, calendar: Calendar, at: datetime) -> None:
        registering.reopen(tx, id, body.text, calendar=calendar, by=by, at=at)

    return await _does(asked, id, body, act)


async def _does(asked: Asked, id: int, body: BaseModel, act: Act) -> JSONResponse:  # noqa: A002
    found = await _found(asked.house, asked.by, id)
    calendar = asked.house.desk(found.desk).desk.calendar
    await asked.does_once(lambda tx, at: act(tx, asked.by, calendar, at), body)
    return await _shown(asked.house, asked.by, id)


async def _found(house: House, by: Actor, id: int) -> FindingView:  # noqa: A002
    """Return a finding that is for their eyes. Raises NoSuchFindingError."""
    found = await house.ledger.read(lambda session: views.finding(session, id))
    if found is None or not by.may(Role.VIEWER, found.desk):
        raise NoSuchFindingError(id)
    return found


async def _shown(house: House, by: Actor, id: int, status: int = 200) -> JSONResponse:  # noqa: A002
    found = await _found(house, by, id)
    notes = await house.ledger.read(lambda session: views.finding_notes(session, id))
    shapes = [NoteShape(at=one.at, by=one.by, step=str(one.step), text=one.text) for one in notes]
    return answer(_shape(found, _today(house, found.desk), shapes), status)


def _require_sight(by: Actor, desk: str) -> None:
    if not by.may(Role.VIEWER, desk):
        raise NotAllowedError(f"{by.key} may not see {desk}")


def _today(house: House, desk: str) -> date:
    return house.desk(desk).desk.calendar.day_of(house.clock())


def _shape(found: FindingView, today: date, notes: Sequence[NoteShape] = ()) -> FindingShape:
    return FindingShape(
        id=found.id, desk=found.desk, found_at=found.found_at, found_by=found.found_by, source=str(found.source),
        service=found.service, ticket=found.ticket, clock=found.clock, text=found.text, cause=found.cause, action=found.action,
        responsible=found.responsible, due_on=found.due_on, stand=str(found.stand), overdue=found.is_overdue(today),
        proposed_at=found.proposed_at, closed_at=found.closed_at, closed_by=found.closed_by,
        effect=str(found.effect) if found.effect else None, result=found.result, notes=notes,
    )  # fmt: skip
