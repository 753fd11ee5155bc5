"""Who runs what only one may run: a mailbox, a bot's polling. Held by PostgreSQL advisory locks, over all processes.

On SQLite there is one process and it owns everything. A lock goes with the connection that took it, so that a process
that dies frees what it held; a process that loses its connection stops what it ran before it tries again.

To a machine that goes away without a word the server would hold on for hours: it is to ask after us, and lets go after
four seconds. A holder that hears nothing from the server stops after three.
"""

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import make_url, text
from sqlmodel import Session

from tickets.ledger.database import driver_of, normalise_url

if TYPE_CHECKING:
    import psycopg

log = structlog.get_logger()

_SERIES = 0x7A_4E  # the first half of our advisory locks' keys
LOOK_SECONDS = 1.0
_SILENT_FOR = 2  # seconds after which a holder takes the server for gone; it asks it every LOOK_SECONDS
_NOTICES_SILENCE: Mapping[str, Any] = {
    "connect_timeout": _SILENT_FOR,
    "tcp_user_timeout": _SILENT_FOR * 1000,
    # the server's side: it asks after us when it has heard nothing for two seconds, twice, a second apart
    "options": "-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2",
}
# An advisory lock of two keys stands there as two ids without a sign.
_HELD = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2"
    " AND classid::bigint = :series AND objid::bigint = :key"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def _key(name: str) -> int:
    return zlib.crc32(name.encode()) - 2**31


def is_held(session: Session, name: str) -> bool:
    """Whether any process runs what bears this name. On SQLite the one process runs everything."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    asked = {"series": _SERIES, "key": _key(name) % 2**32}
    return bool(session.execute(_HELD, asked).scalar_one())


class Ownership:
    def __init__(self, url: str) -> None:
        parsed = make_url(normalise_url(url))
        self._conninfo: str | None = None
        self._driver = driver_of(url)
        if parsed.get_backend_name() == "postgresql":
            self._conninfo = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._lock = asyncio.Lock()

    async def run(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run `work` while this process owns `name`, and wait for it while another does. Until cancelled."""
        while True:
            if await self._take(name):
                await self._run_held(name, work)
            await asyncio.sleep(LOOK_SECONDS)

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _run_held(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.ensure_future(work())
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=LOOK_SECONDS)
                if not task.done() and not await self._holds():
                    log.warning("ownership.lost", name=name)
                    return
            await task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _take(self, name: str) -> bool:
        if self._conninfo is None:
            return True
        key = _key(name)
        async with self._lock:
            try:
                if self._connection is None:
                    self._connection = await self._driver.AsyncConnection.connect(
                        self._conninfo, autocommit=True, **_NOTICES_SILENCE
                    )
                cursor = await self._connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (_SERIES, key))
                row = await cursor.fetchone()
            except self._driver.OperationalError:
                await self._drop()
                return False
        return bool(row and row[0])

    async def _holds(self) -> bool:
        if self._conninfo is None:
            return True
        async with self._lock:
            if self._connection is None:
                return False
            try:
                await self._connection.execute("SELECT 1")
            except self._driver.OperationalError:
                await self._drop()
                return False
        return True

    async def _drop(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
