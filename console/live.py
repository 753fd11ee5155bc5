"""Telling open pages that something is new, as server-sent events with the newest event's id to resume from.

The page of one ticket is told too who else has it open, and who is typing there.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Annotated

from fastapi import Header, Query, Request
from fastapi.responses import Response, StreamingResponse

from console.company import Beside, Company, Seat
from console.doors import Visitor
from console.forms import OurForm
from console.guard import LOOKS_EVERY as GUARDED_EVERY
from console.guard import Guard
from console.house import House, TheHouse
from console.ids import Id
from console.language import language_of
from console.newest import Newest
from console.routes import Router
from console.ticket.composer import in_company
from console.visitors import LIVE, Here
from tickets import views
from tickets.actor import Role
from tickets.ledger.news import News
from tickets.ticket import NoSuchTicketError

LASTS = 5 * 60  # seconds; the browser comes again by itself, and is asked again who it is
PAUSE = 0.2  # seconds: what is written in quick succession is told once
LOOKS_EVERY = 20.0  # seconds, even if nobody woke us: a wake-up is a hint and may be lost
NO_CONTENT = 204

Said = Callable[[Beside], dict[str, str]]  # who is there, in words

router = Router(include_in_schema=False)


@router.get(LIVE)
async def live(
    request: Request,
    house: TheHouse,
    visitor: Here,
    *,
    after: Annotated[int, Query(ge=0)] = 0,
    ticket: Annotated[int | None, Query(ge=1, lt=10**15)] = None,
    last_event_id: Annotated[int | None, Header()] = None,
) -> StreamingResponse:
    position = after if last_event_id is None else last_event_id
    seat, language = None, language_of(request)
    guard: Guard = request.app.state.guard
    newest: Newest = request.app.state.newest
    if ticket is not None and await _sees(house, visitor, ticket):
        seat = Seat(_company(request), ticket, visitor.email, visitor.name)
    return StreamingResponse(
        _news(
            house, guard, newest, visitor, ticket, position, seat, lambda beside: in_company(beside, language)
        ),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


@router.post("/tickets/{number}/typing")
async def typing(request: Request, number: Id, house: TheHouse, visitor: Here, _form: OurForm) -> Response:
    """Tell the others who have the ticket open that somebody is typing; it is over by itself."""
    if not await _sees(house, visitor, number, least=Role.AGENT):
        raise NoSuchTicketError(number)
    _company(request).types(number, visitor.email, visitor.name)
    return Response(status_code=NO_CONTENT)


async def _news(
    house: House, guard: Guard, newest: Newest, visitor: Visitor, ticket: int | None, position: int, seat: Seat | None,
    said: Said,
) -> AsyncIterator[str]:  # fmt: skip
    sleeper = house.ledger.wakes.sleeper(News.HISTORY)
    clock = asyncio.get_running_loop().time
    ends_at, looks_at = clock() + LASTS, 0.0
    told: Beside | None = None
    if seat is not None:
        seat.take(sleeper.wake)
    try:
        yield "retry: 2000\n\n"
        with guard.watching(visitor.session):
            while clock() < ends_at and not sleeper.over and await guard.lets_in(visitor.session):
                if clock() >= looks_at:
                    looks_at = clock() + LOOKS_EVERY
                    there = await newest.event(desks=visitor.desks, ticket=ticket)
                    if there > position:
                        position = there
                        yield f"id: {there}\nevent: news\ndata: {there}\n\n"
                    else:
                        yield ": nothing new\n\n"
                if seat is not None and seat.beside() != told:
                    told = seat.beside()
                    yield f"event: company\ndata: {json.dumps(said(told))}\n\n"
                await asyncio.sleep(PAUSE)
                if await sleeper.sleep(GUARDED_EVERY if seat is None else seat.changes_within(GUARDED_EVERY)):
                    looks_at = 0.0
                if seat is not None:
                    seat.renew()
    finally:
        if seat is not None:
            seat.leave(comes_again=clock() >= ends_at)
        sleeper.close()


async def _sees(house: House, visitor: Visitor, number: int, *, least: Role = Role.VIEWER) -> bool:
    """Whether a ticket is for their eyes, and they have at least this role at its desk."""
    place = await house.ledger.read(lambda session: views.place_of(session, number))
    return place is not None and visitor.may_see(*place) and visitor.actor(place[0]).may(least, place[0])


def _company(request: Request) -> Company:
    company: Company = request.app.state.company
    return company
