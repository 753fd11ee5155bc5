"""How soon a browser is told of what another process has stored: two web processes on one PostgreSQL, server-sent events.

A contact writes to the one process, a page is open at the other. It is measured from the answer to the webhook, which
comes after the commit, until the page has the event; news that was there before the answer counts as nothing.
"""

import asyncio
import secrets
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import httpx
import uvloop

from benchmarks.cost.intaking import said
from benchmarks.cost.office import SLUG, Office, beside, office
from benchmarks.cost.posting import post, webhooks
from console import doors
from console.visitors import LIVE, SESSION
from tests.standins import postgres
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx

TIMES = 60
PAUSE = 1.0  # seconds: what comes in quick succession is told once


def told() -> tuple[float, float] | None:
    """Return the median and the 95th percentile in milliseconds; None where PostgreSQL is not installed."""
    if postgres.binaries() is None:
        return None
    with postgres.running_cluster() as cluster, tempfile.TemporaryDirectory(prefix="tanggap-cost-") as folder:
        url = cluster.url(cluster.create())
        first, second = Path(folder) / "first", Path(folder) / "second"
        first.mkdir()
        second.mkdir()
        with (
            beside("sink") as sink,
            office(first, sink=sink.port, relay=sink.port, roles="web", database_url=url) as one,
            office(second, sink=sink.port, relay=sink.port, roles="web", database_url=url) as other,
        ):
            waits = uvloop.run(_waits(one, other, _key(url, Path(folder))))
    return quantiles(waits, n=2)[0], quantiles(waits, n=20)[-1]


def _key(url: str, folder: Path) -> str:
    """Let a supervisor of the desk in; the key of their session."""
    ledger = Ledger(url, files=folder / "files")
    at = datetime.now(UTC)

    def let_in(tx: Tx) -> str:
        email = f"{secrets.token_hex(4)}@example.ac.id"
        doors.accept(tx, doors.make_invitation(tx, at), email=email, name="Ani", password_hash="", at=at)
        return doors.start_session(tx, email, at=at)

    try:
        return ledger.write_blocking(let_in)
    finally:
        ledger.close()


async def _waits(one: Office, other: Office, key: str) -> list[float]:
    heard: asyncio.Queue[float] = asyncio.Queue()
    requests = webhooks(0, TIMES, texts=said(), contacts=TIMES)
    waits = []
    async with asyncio.TaskGroup() as group:  # whoever cannot listen ends it
        listening = group.create_task(_listen(other, key, heard))
        await asyncio.sleep(PAUSE)
        for request in requests:
            while not heard.empty():
                heard.get_nowait()
            await post(one.http, [request], at_once=1)
            answered = time.perf_counter()
            waits.append(max(0.0, await heard.get() - answered) * 1000)
            await asyncio.sleep(PAUSE)
        listening.cancel()
    return waits


async def _listen(other: Office, key: str, heard: asyncio.Queue[float]) -> None:
    async with (
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{other.http}", cookies={SESSION.over_https: key}, timeout=None
        ) as browser,
        browser.stream("GET", LIVE) as stream,
    ):
        assert stream.status_code == httpx.codes.OK, (SLUG, stream.status_code)
        async for line in stream.aiter_lines():
            if line == "event: news":
                heard.put_nowait(time.perf_counter())
