"""The people of a desk: who is here, how much they have to do; being away, coming back, handing over."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, Field

from console.api.bodies import Line, Name
from console.api.caller import Asked, Asking, Caller, only_theirs
from console.api.shapes import ErrorShape, answer
from console.house import House, TheHouse
from console.routes import Router
from tickets import staff
from tickets.actions import handover, presence
from tickets.actions.errors import UnknownValueError
from tickets.actions.handover import Move
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx
from tickets.presence import AbsenceNow, Away
from tickets.views import AtWork, at_work

_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorShape, "description": "No valid token"},
    403: {"model": ErrorShape, "description": "The token has no right to this"},
    409: {"model": ErrorShape, "description": "A rule of the desk forbids it now"},
    422: {"model": ErrorShape, "description": "The request names what the desk does not have"},
}

router = Router(prefix="/people", tags=["people"], responses=_REFUSALS)


class Somebody(BaseModel):
    desk: Name
    agent: Name = Field(description="Id, mailbox or name of somebody of the desk")


class GoAway(Somebody):
    kind: Away = Field(
        description="`break`: nothing new meanwhile; `out_of_office`: their tickets are handed over"
    )
    since: AwareDatetime | None = Field(default=None, description="Left out: from now")
    until: AwareDatetime | None = Field(default=None, description="Left out: until they are back")
    substitute: Line | None = Field(default=None, description="Who takes over what they hold")
    note: Line | None = None


class HandOver(Somebody):
    to: Line | None = Field(default=None, description="Left out: spread as the desk gives tickets out")


@router.get("", summary="Who is here, and how much they have to do")
async def list_people(house: TheHouse, by: Caller, desk: str) -> JSONResponse:
    only_theirs(by, desk)
    return answer({"items": await _shown(house, house.desk(desk))})


@router.post("/away", summary="Somebody takes a break or is out of office")
async def go_away(body: GoAway, asked: Asking) -> JSONResponse:
    desk = asked.house.desk(body.desk)

    def act(tx: Tx, at: datetime) -> None:
        substitute = _colleague(tx, desk, body.substitute, field="substitute") if body.substitute else None
        presence.go_away(
            tx, _colleague(tx, desk, body.agent), body.kind, desk=desk, since=body.since, until=body.until,
            substitute=substitute, note=body.note, by=asked.by, at=at,
        )  # fmt: skip

    return await _done(asked, act, body, desk)


@router.post("/back", summary="Somebody is here again")
async def come_back(body: Somebody, asked: Asking) -> JSONResponse:
    desk = asked.house.desk(body.desk)

    def act(tx: Tx, at: datetime) -> None:
        presence.come_back(tx, _colleague(tx, desk, body.agent), desk=desk, by=asked.by, at=at)

    return await _done(asked, act, body, desk)


@router.get("/hand-over", summary="What a hand-over would move")
async def plan_a_hand_over(
    house: TheHouse, by: Caller, desk: str, agent: str, to: Annotated[str | None, Query()] = None
) -> JSONResponse:
    found, at = house.desk(desk), house.clock()

    def plan(tx: Tx) -> tuple[Move, ...]:
        receiver = _colleague(tx, found, to, field="to") if to else None
        return handover.preview(tx, _colleague(tx, found, agent), desk=found, to=receiver, by=by, at=at)

    return answer({"moves": await house.ledger.write(plan, name="preview")})


@router.post("/hand-over", summary="Hand over what somebody holds")
async def hand_over(body: HandOver, asked: Asking) -> JSONResponse:
    desk = asked.house.desk(body.desk)

    def act(tx: Tx, at: datetime) -> None:
        to = _colleague(tx, desk, body.to, field="to") if body.to else None
        asked.house.acts.hand_over(tx, _colleague(tx, desk, body.agent), desk=desk, to=to, by=asked.by, at=at)

    return await _done(asked, act, body, desk)


async def _done(asked: Asked, act: Any, body: Somebody, desk: DeskNow) -> JSONResponse:
    """Do it once and answer with the people of the desk as they stand then."""
    await asked.does_once(act, body)
    return answer({"items": await _shown(asked.house, desk)})


async def _shown(house: House, desk: DeskNow) -> list[dict[str, Any]]:
    people = await house.ledger.read(lambda session: at_work(session, desk.desk, now=house.clock()))
    return [_person(each) for each in people]


def _person(each: AtWork) -> dict[str, Any]:
    person = each.person
    return {
        "id": person.id, "name": person.name, "role": person.role, "teams": each.teams, "load": each.load,
        "capacity": each.capacity, "absence": _absence(each.away) if each.away else None,
        "planned": [_absence(absence) for absence in each.planned],
    }  # fmt: skip


def _absence(absence: AbsenceNow) -> dict[str, Any]:
    return {
        "kind": absence.kind, "since": absence.since, "until": absence.until, "substitute": absence.substitute,
        "note": absence.note,
    }  # fmt: skip


def _colleague(tx: Tx, desk: DeskNow, words: str, *, field: str = "agent") -> str:
    found = staff.named(tx, desk.slug, words)
    if found is None:
        raise UnknownValueError(f"nobody called {words} works at {desk.slug}", field=field, value=words)
    return found.id
