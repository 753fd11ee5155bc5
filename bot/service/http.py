"""Answering by HTTP: a server that leaves signals alone, and one for those who only watch."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.service.health import Health

DOORS = "/channels/"  # whatever providers post to
_AGAIN = PlainTextResponse(
    "Not stored now, please bring it again.", status_code=503, headers={"Retry-After": "5"}
)


class TurnsAway:
    """Answers 503 at the doors of providers while the intake is full, before anything of the request is read."""

    def __init__(self, app: ASGIApp, *, is_full: Callable[[], bool], turn_away: Callable[[], None]) -> None:
        self._app, self._is_full, self._turn_away = app, is_full, turn_away

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        at_door = scope["type"] == "http" and scope["path"].startswith(DOORS) and scope["method"] == "POST"
        if at_door and self._is_full():
            self._turn_away()
            await _AGAIN(scope, receive, send)
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
