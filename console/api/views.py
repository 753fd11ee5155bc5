"""Saved views for programs: those that their desks share, and their own."""

from datetime import datetime
from typing import Annotated, Any

from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from pydantic.dataclasses import dataclass

from console.api.bodies import Line, Name
from console.api.caller import Asking, Caller
from console.api.shapes import answer
from console.api.tickets import REFUSALS
from console.house import TheHouse
from console.ids import Id
from console.routes import Router
from console.search.kept import saved_for, saved_of
from tickets.actions import keeping_views
from tickets.actions.errors import RuleError
from tickets.actions.keeping_views import Wish
from tickets.ledger.tx import Tx
from tickets.query import LONGEST
from tickets.views import Order, Saved

Asks = Annotated[
    Name, Field(max_length=LONGEST, description="As on the search page: `status:open kategori:login`")
]

router = Router(tags=["tickets"], responses=REFUSALS)


class NewView(BaseModel):
    name: Name
    query: Asks
    order: Order = Field(default=Order.DUE, description="How pages put its list in order")
    desk: Line | None = Field(
        default=None, description="Share it with a desk, as supervisors may; null: your own"
    )


class ChangedView(BaseModel):
    """What is left out stays."""

    name: Name | None = None
    query: Asks | None = None
    order: Order | None = None
    desk: Line | None = Field(default=None, description="Null takes it back from its desk, to you alone")
    place: int | None = Field(
        default=None, ge=0, lt=1000, description="Among those of its desk or owner, from 0"
    )


@dataclass(frozen=True, kw_only=True)
class ViewList:
    items: tuple[Saved, ...]


ONE: dict[int | str, dict[str, Any]] = {200: {"model": Saved}, **REFUSALS}


@router.get(
    "/views", summary="Saved views: lists of tickets under a name", responses={200: {"model": ViewList}}
)
async def list_views(house: TheHouse, by: Caller) -> JSONResponse:
    """What the caller's desks share, then the caller's own. `GET /tickets?view=` lists the tickets of one."""
    return answer(ViewList(items=await house.ledger.read(lambda session: saved_for(session, by))))


@router.post("/views", summary="Keep a list under a name", status_code=201, responses={201: {"model": Saved}})
async def keep_view(body: NewView, asked: Asking) -> JSONResponse:
    made: list[int] = []
    if body.desk is not None:
        asked.house.desk(body.desk)

    def act(tx: Tx, at: datetime) -> None:
        wish = Wish(name=body.name, query=body.query, ordered=body.order, desk=body.desk)
        made[:] = [keeping_views.keep(tx, wish, by=asked.by, at=at)]

    await asked.does_once(act, body)
    everything = await asked.house.ledger.read(lambda session: saved_for(session, asked.by))
    # Of a request that came twice the view is there already, under the name that it was given.
    kept = next((each for each in everything if each.id in made or each.name == body.name), None)
    if kept is None:
        raise RuleError("the view that this request had made is gone again")
    return answer(kept, 201)


@router.patch("/views/{view}", summary="Change a view", responses=ONE)
async def change_view(view: Id, body: ChangedView, asked: Asking) -> JSONResponse:
    saved = await saved_of(asked.house, asked.by, view)
    wish = Wish(
        name=body.name or saved.name, query=body.query or saved.query, ordered=body.order or saved.order,
        desk=body.desk if "desk" in body.model_fields_set else saved.desk,
    )  # fmt: skip
    if wish.desk is not None:
        asked.house.desk(wish.desk)

    def act(tx: Tx, at: datetime) -> None:
        if body.model_fields_set - {"place"}:
            keeping_views.change(tx, view, wish, by=asked.by, at=at)
        if body.place is not None:
            keeping_views.move(tx, view, body.place, by=asked.by)

    await asked.does_once(act, body)
    return answer(await saved_of(asked.house, asked.by, view))


@router.delete("/views/{view}", summary="Keep it no longer", status_code=204)
async def drop_view(view: Id, asked: Asking) -> Response:
    def act(tx: Tx, at: datetime) -> None:
        keeping_views.drop(tx, view, by=asked.by, at=at)

    await asked.does_once(act, None)
    return Response(status_code=204)
