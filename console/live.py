"""Telling open pages that something is new, as server-sent events with the newest event's id to resume from."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse

from console.house import House, TheHouse
from console.visitors import Here
from tickets import views

LASTS = 5 * 60  # seconds; the browser comes again by itself, and is asked again who it is
PAUSE = 0.2  # seconds: what is written in quick succession is told once
LOOKS_EVERY = 20.0  # seconds, even if nobody woke us: a wake-up is a hint and may be lost

router = APIRouter(include_in_schema=False)


@router.get("/live")
async def live(
    house: TheHouse,
    visitor: Here,
    *,
    after: Annotated[int, Query(ge=0)] = 0,
    ticket: Annotated[int | None, Query(ge=1)] = None,
    last_event_id: Annotated[int | None, Header()] = None,
) -> StreamingResponse:
    position = after if last_event_id is None else last_event_id
    return StreamingResponse(
        _news(house, visitor.desks, ticket, position),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def _news(
    house: House, desks: frozenset[str] | None, ticket: int | None, position: int
) -> AsyncIterator[str]:
    sleeper = house.ledger.wakes.sleeper()
    clock = asyncio.get_running_loop().time
    ends_at = clock() + LASTS
    try:
        yield "retry: 2000\n\n"
        while clock() < ends_at and not sleeper.over:
            newest = await house.ledger.read(
                lambda session: views.newest_event(session, desks=desks, ticket=ticket)
            )
            if newest > position:
                position = newest
                yield f"id: {newest}\nevent: news\ndata: {newest}\n\n"
            else:
                yield ": nothing new\n\n"
            await asyncio.sleep(PAUSE)
            await sleeper.sleep(LOOKS_EVERY)
    finally:
        sleeper.close()
