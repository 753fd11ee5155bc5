"""Answering by HTTP: a server that leaves signals alone, and one for those who only watch."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from bot.service.health import Health


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
