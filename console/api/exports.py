"""Exports, for programs: asked for, made aside, looked at, and fetched."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from pydantic.dataclasses import dataclass

from console.api.bodies import Line
from console.api.caller import Asked, Asking
from console.api.shapes import answer
from console.api.tickets import REFUSALS
from console.chosen_desk import EVERY
from console.ids import Id
from console.reports.asking import checked, gone_of_each, one_of, theirs
from console.reports.made_files import handed_out
from console.routes import Router
from reports.exports.asked import WHAT
from reports.making import queue
from reports.making.order import LONGEST_FILTER, Order
from reports.making.shelf import Making
from tickets.actions.errors import NotAllowedError
from tickets.actions.rights import require
from tickets.actor import Role
from tickets.ledger.tx import Tx

router = Router(tags=["reports"], responses=REFUSALS)


class NewExport(BaseModel):
    """Which records: of the tickets created in some local days, or the findings written down in them."""

    desk: Line = Field(description="A desk's slug, or `all`: all desks of the token, each line with its own")
    what: Literal["tickets", "messages", "clocks", "cases", "findings"]
    from_: date = Field(alias="from", description="The first local day")
    to: date = Field(description="The last local day, included")
    format: Literal["csv", "xlsx", "jsonl"] = "csv"
    filter: str = Field(
        default="", max_length=LONGEST_FILTER,
        description='Which tickets, as in a search: `kategori:login -status:closed "kode otp"`',
    )  # fmt: skip
    language: Literal["id", "en"] | None = Field(
        default=None, description="Of a workbook; left out: the desk's own"
    )
    identities: bool = Field(
        default=False, description="Numbers and addresses written out; for tokens good for `identity:read`"
    )


@dataclass(frozen=True, kw_only=True)
class ExportShape:
    id: int
    desk: str  # of an export of several, the first of them
    beside: list[str]  # the others
    what: str
    format: str
    filter: str
    first_on: date | None
    last_on: date | None
    identities: bool
    state: str  # waiting, running, done, failed
    stage: str | None  # of one that is being made: reading, writing
    done: int | None  # rows that were read
    of: int | None  # of so many; None: nobody knows
    error: str | None  # why there is no file
    name: str | None
    size: int | None  # bytes
    asked_at: datetime
    ended_at: datetime | None
    expires_at: datetime | None  # when the file goes
    gone: list[str]  # months, such as 2026-10, of which it has no history: that was kept for long enough


@router.post("/exports", summary="Have an export made", status_code=202)
async def ask_for(body: NewExport, asked: Asking) -> JSONResponse:
    """For a supervisor's token, one at a time. Answers at once; `GET /exports/{id}` says how far it is."""
    own, *beside = _wanted(asked, body.desk)
    if body.identities and not asked.numbers.whole:
        raise NotAllowedError("the token may not read identity numbers")
    desk, made = asked.house.desk(own).desk, list[int]()
    order = Order(
        what=body.what, format=body.format, language=body.language, identities=body.identities, first_on=body.from_,
        last_on=body.to, filter=body.filter, beside=tuple(beside),
    )  # fmt: skip
    await checked(asked.house, order, desk, by=asked.by)

    def act(tx: Tx, at: datetime) -> None:
        made[:] = [queue.ask(tx, order, desk.slug, by=asked.by, at=at)]

    await asked.does_once(act, body)
    if not made:  # the same request came before
        return await _listed(asked, own)
    return answer(await _shown(asked, made[0]), 202)


@router.get("/exports", summary="Exports that were asked for")
async def list_exports(asked: Asking, *, desk: str) -> JSONResponse:
    """Those that this token has asked for at a desk and that are kept still, the newest first."""
    require(asked.by, Role.SUPERVISOR, desk)
    return await _listed(asked, desk)


@router.get("/exports/{id}", summary="How far an export is")
async def show_export(id: Id, asked: Asking) -> JSONResponse:  # noqa: A002  the column
    """Of those that this token has asked for."""
    return answer(await _shown(asked, id))


@router.get("/exports/{id}/file", summary="The file of an export", response_class=Response)
async def take_out(id: Id, asked: Asking) -> Response:  # noqa: A002
    """Kept for a day after it was made; 404 until it is there. Each time leaves a line in the trail."""
    made = await _theirs(asked, id)
    if made.order.identities and not asked.numbers.whole:
        raise NotAllowedError("the token may not read identity numbers")
    return await handed_out(asked.house, made, who=asked.by.key, knock=asked.numbers.knock)


@router.delete("/exports/{id}", summary="Stop an export, or let its file go", status_code=204)
async def drop(id: Id, asked: Asking) -> Response:  # noqa: A002
    """Of those that this token has asked for."""
    await _theirs(asked, id)
    at = asked.house.clock()
    await asked.house.ledger.write(lambda tx: queue.drop(tx, id, by=asked.by, at=at), name="api")
    return Response(status_code=204)


def _wanted(asked: Asked, desk: str) -> Sequence[str]:
    """Return the desks that are meant. Raises NotAllowedError where the token supervises none of them, or not the one that is named."""
    if desk != EVERY:
        require(asked.by, Role.SUPERVISOR, desk)
        return [desk]
    found = [slug for slug in sorted(asked.house.desks()) if asked.by.may(Role.SUPERVISOR, slug)]
    if not found:
        raise NotAllowedError("for supervisors")
    return found


async def _theirs(asked: Asked, key: int) -> Making:
    return await one_of(asked.house, key, dict.fromkeys(asked.house.desks(), asked.by))


async def _listed(asked: Asked, desk: str) -> JSONResponse:
    found = [
        each
        for each in await theirs(asked.house, {asked.by.key})
        if each.desk == desk and each.order.what in WHAT
    ]
    return answer({"items": await _shapes(asked, found), "next": None})


async def _shown(asked: Asked, key: int) -> ExportShape:
    (shape,) = await _shapes(asked, [await _theirs(asked, key)])
    return shape


async def _shapes(asked: Asked, made: Sequence[Making]) -> Sequence[ExportShape]:
    gone = await gone_of_each(asked.house, made)
    return [_shape(each, months) for each, months in zip(made, gone, strict=True)]


def _shape(made: Making, gone: Sequence[str]) -> ExportShape:
    order, progress = made.order, made.progress
    return ExportShape(
        id=made.id, desk=made.desk, beside=list(order.beside), what=order.what, format=order.format, filter=order.filter, first_on=order.first_on,
        last_on=order.last_on, identities=order.identities, state=str(made.state),
        stage=str(progress.what) if progress else None, done=progress.done if progress else None,
        of=progress.of if progress else None, error=made.failed_why, name=made.name, size=made.size,
        asked_at=made.asked_at, ended_at=made.ended_at, expires_at=made.expires_at, gone=list(gone),
    )  # fmt: skip
