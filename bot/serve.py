"""Serving: opens the house, runs its loops, and answers on HTTP and SMTP until told to stop."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import structlog
import uvicorn
import uvloop

from bot.heap import one_heap
from bot.house import House, HouseError, exclusive, open_house, utc_now
from bot.service.http import UnsignalledServer, answer_watchers
from bot.service.logs import configure_logs
from bot.settings import LogFormat, Settings
from bot.wiring.building import build
from bot.wiring.service import Service, run_together
from console import doors
from later import Later
from tickets.ledger.tx import Tx

if TYPE_CHECKING:
    from bot import web
    from bot.demo import filling
    from console.app import Web
else:
    filling = Later("bot.demo.filling")
    web = Later("bot.web")

log = structlog.get_logger()

__all__ = ["Role", "serve"]

SHUT_DOWN_SECONDS = 2  # for answers that are under way


class Role(StrEnum):
    """What a process does. Together by default; apart on PostgreSQL."""

    WEB = "web"  # HTTP and SMTP
    WORKERS = "workers"  # delivery, clocks, cards, alerts, mailboxes, polling


def serve(settings: Settings, *, roles: str = "all", demo: bool = False) -> None:
    """Serve until SIGINT or SIGTERM. `roles`: all, web, workers, or several with commas. Raises HouseError."""
    wanted = _roles(roles)
    one_heap()
    if demo:
        settings = filling.demo_settings(settings)
    configure_logs(json=settings.log_format is LogFormat.JSON)
    with exclusive(settings), open_house(settings) as house:
        if demo:
            filling.fill(house, until=utc_now())
        for warning in house.warnings:
            log.warning("house.warning", says=warning)
        runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
        with runner:
            runner.run(_serve(house, wanted))


def _roles(words: str) -> frozenset[Role]:
    names = {word.strip() for word in words.split(",")}
    if names == {"all"}:
        return frozenset(Role)
    unknown = names - set(Role)
    if unknown:
        raise HouseError(f"there is no role {min(unknown)}; expected all, web or workers")
    return frozenset(Role(name) for name in names)


async def _serve(house: House, roles: frozenset[Role]) -> None:
    told = _told_to_stop()
    settings = house.settings
    listening = _bound(settings, settings.http_port, "HTTP_PORT") if Role.WEB in roles else None
    watched = None
    if listening is None and settings.watch_port is not None:
        watched = _bound(settings, settings.watch_port, "WATCH_PORT")
    service = build(house)
    await service.settle_what_was_left()
    gc.collect()
    gc.freeze()  # what is there for good need not be looked through again while messages wait
    loops: dict[str, Callable[[], Awaitable[None]]] = dict(service.always())
    if Role.WEB in roles:
        loops |= service.doors()
    if Role.WORKERS in roles:
        loops |= service.work()
    if watched is not None:
        loops["watched"] = partial(answer_watchers, service.health, watched)
    scheduler = service.jobs.scheduler()
    running = asyncio.create_task(run_together(loops))
    try:
        if Role.WORKERS in roles:
            scheduler.start()
        if listening is not None:
            await _answer(service, listening, running, told)
        else:
            await asyncio.wait({running, told}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        if scheduler.running:
            scheduler.shutdown(wait=False)
        told.cancel()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await service.close()


def _bound(settings: Settings, port: int, setting: str) -> socket.socket:
    """Take an HTTP port. Raises HouseError, where uvicorn would leave the process without a word."""
    host = settings.http_host
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise HouseError(
            f"HTTP cannot be served at {host} port {port} ({error.strerror}); set TANGGAP_{setting} to another port"
        ) from error


async def _answer(
    service: Service, listening: socket.socket, running: asyncio.Task[None], told: asyncio.Task[bool]
) -> None:
    app = web.web_app(service)
    config = uvicorn.Config(
        app, log_config=None, lifespan="off", timeout_graceful_shutdown=SHUT_DOWN_SECONDS,
        server_header=False, proxy_headers=True,
    )  # fmt: skip
    server = UnsignalledServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():  # noqa: ASYNC110  uvicorn tells it no other way
        await asyncio.sleep(0.02)
    if server.started:
        await _greet(service)
    opening = asyncio.create_task(asyncio.to_thread(_open_pages, app))
    await asyncio.wait({serving, running, told}, return_when=asyncio.FIRST_COMPLETED)
    service.ledger.wakes.end()  # live streams would not end by themselves
    server.should_exit = True
    await serving
    await opening


def _open_pages(app: "Web") -> None:
    """Load the pages now that messages are taken in, that nobody has to wait for them who comes a second later."""
    app.open()
    gc.freeze()


def _told_to_stop() -> asyncio.Task[bool]:
    """Listen for SIGINT and SIGTERM; the task ends with the first of them."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    return asyncio.create_task(told.wait())


async def _greet(service: Service) -> None:
    """Say what to open and how to log in."""
    settings = service.house.settings
    at = service.clock()

    def invite(tx: Tx) -> str | None:
        return doors.make_invitation(tx, at) if doors.nobody_yet(tx) else None

    key = await service.ledger.write(invite, name="greet")
    lines = [f"Tanggap is serving at {settings.local_url}"]
    lines += [
        f"  web chat of {desk.slug}: {settings.public_url}/chat/{desk.slug}" for desk in service.house.desks
    ]
    if service.channels.smtp is not None:
        lines.append(f"  mail is taken at {settings.smtp_host}:{settings.smtp_port}")
    if key is not None:
        lines.append(
            f"  first log in: {settings.public_url}/setup/{key}  (works once, makes the administrator)"
        )
    lines.append("Stop with Ctrl-C.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
