"""Serves an ASGI application on a free port of the loopback while a test needs it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any

import uvicorn

from tests.standins.certificate import Certificate


@contextlib.asynccontextmanager
async def serving(app: Any, certificate: Certificate | None = None) -> AsyncIterator[str]:
    """Yield the base URL under which the application answers; what hangs at the end is cut after two seconds."""
    tls = {"ssl_certfile": certificate.file, "ssl_keyfile": certificate.key} if certificate else {}
    config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=2, **tls)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        task = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await _started(server, task)
            yield f"{'https' if certificate else 'http'}://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            await task


async def _started(server: uvicorn.Server, task: asyncio.Task[None]) -> None:
    while not server.started:
        if task.done():
            raise RuntimeError("The server ended before it had started.")
        await asyncio.sleep(0.005)
