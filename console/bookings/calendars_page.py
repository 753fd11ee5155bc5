"""The calendar of bookings for those who subscribe to it, and the page on which supervisors give out its addresses."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.bookings.booked import desks_with_resources, refused_words
from console.doors import Visitor
from console.errors import status_of
from console.forms import SEE_OTHER, OurForm, does_once
from console.house import House, TheHouse
from console.ids import Id
from console.language import language_of
from console.pages.render import moments, page
from console.routes import Router
from console.visitors import Here
from procedures.bookings import readers, views
from procedures.bookings.calendar import calendar
from procedures.bookings.readers import Reader
from tickets.actions.errors import ActError
from tickets.actor import Role
from tickets.ledger.tx import Tx

PATH = "/calendars"
BACK, AHEAD = timedelta(days=60), timedelta(days=400)
Signed = Annotated[str, Path(max_length=200)]

router = Router(include_in_schema=False)


@router.get("/calendar/{signed}.ics")
async def feed(signed: Signed, house: TheHouse) -> Response:
    """Hand out the calendar to whoever has a reader's address. No log-in: calendars cannot."""
    reader = await _reader(house, signed)
    desk, now = house.desk(reader.desk).desk, house.clock()
    resource = desk.resource(reader.resource) if reader.resource else None
    if reader.resource and resource is None:
        raise HTTPException(404, "this calendar is no more")
    found = await house.ledger.read(
        lambda session: views.between(
            session, desk.slug, now - BACK, now + AHEAD, resources=[resource.id] if resource else [],
            changed_since=now - BACK,
        )
    )  # fmt: skip
    if reader.looked_long_ago(now):
        await house.ledger.write(lambda tx: readers.looked(tx, reader.id, at=now), name="calendar")
    name = f"{desk.name}: {resource.name}" if resource else desk.name
    return Response(
        calendar(desk, found, name=name), media_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"},
    )  # fmt: skip


async def _reader(house: House, signed: str) -> Reader:
    id_ = house.calendar_links.read(signed)
    reader = (
        await house.ledger.read(lambda session: readers.reader(session, id_)) if id_ is not None else None
    )
    if reader is None or reader.desk not in house.desks():
        raise HTTPException(404, "this calendar is no more")
    return reader


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, desk: Annotated[str, Query(max_length=60)] = ""
) -> Response:
    return await _shown(request, house, visitor, desk)


@router.post(PATH)
async def share(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    desk = house.desk(form.line("desk"))
    by = visitor.actor(desk.slug)

    def act(tx: Tx, at: datetime) -> None:
        resource = form.line("resource") or None
        readers.share(tx, name=form.line("name"), resource=resource, desk=desk, by=by, at=at)

    try:
        await does_once(house, form, by, act)
    except ActError as refused:
        problem = refused_words(refused, language_of(request))
        return await _shown(request, house, visitor, desk.slug, problem=problem, status=status_of(refused))
    return RedirectResponse(f"{PATH}?desk={desk.slug}", status_code=SEE_OTHER)


@router.post(PATH + "/{id}/take-back")
async def take_back(id: Id, house: TheHouse, visitor: Here, form: OurForm) -> Response:  # noqa: A002
    desk = house.desk(form.line("desk"))
    by = visitor.actor(desk.slug)
    await does_once(house, form, by, lambda tx, at: readers.take_back(tx, id, desk=desk, by=by, at=at))
    return RedirectResponse(f"{PATH}?desk={desk.slug}", status_code=SEE_OTHER)


async def _shown(
    request: Request, house: House, visitor: Visitor, slug: str, *, problem: str = "", status: int = 200
) -> Response:  # fmt: skip
    desks = {
        name: each.desk
        for name, each in desks_with_resources(house, visitor).items()
        if visitor.actor(name).may(Role.SUPERVISOR, name)
    }
    if not desks:
        raise HTTPException(403, "for the supervisors of a desk that has something to book")
    desk = desks.get(slug) or visitor.begins_with(desks)
    found = await house.ledger.read(lambda session: readers.readers_of(session, desk.slug))
    return page(
        request, house, "calendars.html", visitor=visitor, status=status, problem=problem, desks=desks, desk=desk,
        readers=found, names={one.id: one.name for one in desk.resources}, url=house.calendar_links.url,
        when=moments(request, desk.calendar.tz, house.clock()),
    )  # fmt: skip
