"""The figures of a procedure over many cases: each step against its standard, what holds cases up, how they end."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.doors import Visitor, trail
from console.doors.trail import Kind
from console.figures.procedure_tables import bottleneck_words, cards, sheets
from console.figures.statistics_asked import Period, Wanted
from console.figures.statistics_tables import percent, written
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.routes import Router
from console.supervised import supervised
from console.visitors import Here, knock_of
from procedures.definition.procedure import Procedure
from reports.procedures import ProcedureFigures, procedure_figures
from templates_replies.moments import date_in_words, in_words
from tickets.desk import Desk

PATH = "/procedures/figures"
NOT_FOUND = 404

router = Router(include_in_schema=False)
Asked = Annotated[Wanted, Depends()]
Named = Annotated[str, Query(max_length=60)]


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, wanted: Asked, procedure: Named = ""
) -> Response:
    desks = supervised(house, visitor)
    desk = desks.get(wanted.desk) or visitor.begins_with(desks)
    known = house.procedures(desk.slug)
    chosen = next((one for one in known if one.id == procedure), known[0] if known else None)
    if chosen is None:
        raise HTTPException(NOT_FOUND)
    language, found = language_of(request), await _figures(house, desk, chosen, wanted)
    return page(
        request, house, "procedure_figures.html", visitor=visitor, desks=desks, desk=desk, wanted=wanted, known=known,
        shown=chosen, found=found, periods=tuple(Period), on=partial(date_in_words, language=language),
        percent=percent, length=partial(in_words, language=language, in_days=False), cards=cards(found, language),
        sheets=sheets(found, language), bottleneck=bottleneck_words(found, language),
    )  # fmt: skip


@router.get(PATH + "/{chart}.csv")
async def take_out(
    request: Request, chart: str, house: TheHouse, visitor: Here, wanted: Asked, procedure: Named
) -> Response:
    """Hand out the table of a chart; the trail says so. Lengths are minutes, shares from 0 to 1."""
    desk = supervised(house, visitor).get(wanted.desk)
    chosen = (
        next((one for one in house.procedures(wanted.desk) if one.id == procedure), None) if desk else None
    )
    if desk is None or chosen is None:
        raise HTTPException(NOT_FOUND)
    found = await _figures(house, desk, chosen, wanted)
    sheet = next((each for each in sheets(found, language_of(request)) if each.key == chart), None)
    if sheet is None:
        raise HTTPException(NOT_FOUND)
    await _note(request, house, visitor, chart)
    name = f"{chosen.id}-{chart}-{found.days.first_on}-{found.days.last_on}.csv"
    return Response(
        written(sheet), media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


async def _figures(house: House, desk: Desk, procedure: Procedure, wanted: Wanted) -> ProcedureFigures:
    now = house.clock()
    days = wanted.days(zone=desk.calendar.zone, today=desk.calendar.day_of(now))
    return await house.ledger.read(
        lambda session: procedure_figures(session, procedure, desk=desk.slug, days=days, now=now)
    )


async def _note(request: Request, house: House, visitor: Visitor, chart: str) -> None:
    entry = trail.by(visitor, Kind.EXPORTED, knock_of(request), what="procedures", format="csv", chart=chart)
    now = house.clock()
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="trail")
