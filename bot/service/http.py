"""Answering by HTTP: a server that leaves signals alone, and one for those who only watch."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.service.health import Health

DOORS = "/channels/"  # whatever providers post to
_AGAIN = PlainTextResponse(
    "Not stored now, please bring it again.", status_code=503, headers={"Retry-After": "5"}
)


class StraightIn:
    """Leads what providers post straight to their doors, past all that only pages need.

    While the intake is full it is answered with 503, before anything of the request is read.
    """

    def __init__(
        self, app: ASGIApp, *, doors: BaseRoute, answer: ASGIApp, is_full: Callable[[], bool],
        turn_away: Callable[[], None],
    ) -> None:  # fmt: skip
        """`answer` is the handling of the doors, with the headers that every answer has."""
        self._app, self._doors, self._answer = app, doors, answer
        self._is_full, self._turn_away = is_full, turn_away

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_posted = scope["type"] == "http" and scope["path"].startswith(DOORS) and scope["method"] == "POST"
        if is_posted and self._is_full():
            self._turn_away()
            await _AGAIN(scope, receive, send)
            return
        match, found = self._doors.matches(scope) if is_posted else (Match.NONE, {})
        if match is Match.FULL:
            scope.update(found)
            await self._answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class UnsignalledServer(uvicorn.Server):
    """Leaves signals to us: uvicorn would raise them again when HTTP has ended, and kill what is still to be finished."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def answer_watchers(health: Health, listening: socket.socket) -> None:
    """Answer on /healthz, /readyz and /metrics and nothing else, until cancelled: for a process without the web."""
    config = uvicorn.Config(
        Starlette(routes=list(health.routes())), log_config=None, lifespan="off", server_header=False
    )
    server = UnsignalledServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving
