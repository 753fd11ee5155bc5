"""The pages that are open all day: what the server spends on each, beside what its questions to the database cost alone.

What is filled in is that of the board's measure, a million tickets unless `--tickets` says otherwise: all but the newest
3,000 are closed. A page is asked for as a browser does; its time is the processor's over all threads, so that whoever else
works on the machine does not count, and what comes once a minute (the month's figures) comes once. The statements that a
page sends are then sent again, bare, and measured in the same way.
"""

import asyncio
import gc
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
from sqlalchemy import Engine, event, text

from benchmarks.boards import OPEN, fill
from benchmarks.ground import NOW, Figures, care_center, fresh_ledger
from benchmarks.inboxes import TURNS, let_in
from console.app import create_app
from console.house import House
from console.visitors import SESSION
from tickets import staff
from tickets.desk import StaffMember
from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger
from tickets.search import SearchIndex

TICKETS = 1_000_000
_OF_THE_LEDGER = "tanggap.db"

Statement = tuple[str, Any]


def measure(tickets: int = TICKETS) -> Figures:
    with fresh_ledger() as ledger, tempfile.TemporaryDirectory(prefix="tanggap-pages-") as folder:
        desk = care_center(ledger)
        ledger.write_blocking(lambda tx: staff.sync(tx, desk.now.desk, NOW))
        key = ledger.write_blocking(lambda tx: let_in(tx, _supervisor(desk.now.desk.staff)))
        fill(ledger, desk.now.slug, first=1, size=tickets)
        index = SearchIndex.open(ledger, Path(folder) / "search.db")
        while index.advance():
            pass
        house = House(
            ledger=ledger, desks=lambda: {desk.now.slug: desk.now}, catalogue=lambda _desk: desk.catalogue,
            clock=lambda: NOW, secret_key="x", search=index,
        )  # fmt: skip
        for name, path in _pages(tickets).items():
            took, bare = asyncio.run(measured(house, ledger, key, path))
            of = f"of {tickets:,} tickets"
            yield f"SQLite: {name} {of}, median", median(took), "ms"
            yield f"SQLite: {name} {of}, 95th", quantiles(took, n=20)[-1], "ms"
            yield f"SQLite: {name} {of}, its statements alone, median", median(bare), "ms"
        index.close()


def _supervisor(people: Sequence[StaffMember]) -> str:
    return next(person.email for person in people if person.email and person.role == "supervisor")


def _pages(tickets: int) -> dict[str, str]:
    return {
        "the inbox": "/inbox",
        "an open ticket": f"/tickets/{tickets - OPEN // 2}",
        "an old ticket": f"/tickets/{tickets // 2}",
        "the board": "/board",
        "the tickets behind a figure": "/board/breached?desk=itb-care-center",
        "a search": "/search?q=sandi",
    }


async def measured(house: House, ledger: Ledger, key: str, path: str) -> tuple[list[float], list[float]]:
    """Return what the page took each time, and its statements alone."""
    transport = httpx.ASGITransport(create_app(house))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://desk.test", cookies={SESSION.name: key}
    ) as browser:
        await _ms(browser, path)  # templates are read once, and the month is measured
        gc.collect()
        gc.freeze()  # as the service does when it begins
        took = [await _ms(browser, path) for _ in range(TURNS)]
        statements = await _statements(browser, path)
    return took, _alone(ledger, statements)


async def _ms(browser: httpx.AsyncClient, path: str) -> float:
    started = time.process_time()
    answer = await browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return (time.process_time() - started) * 1000


async def _statements(browser: httpx.AsyncClient, path: str) -> list[Statement]:
    """Return what a page asks the ledger, in the order in which it does."""
    heard: list[Statement] = []

    def hear(connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if (
            str(connection.engine.url.database).endswith(_OF_THE_LEDGER)
            and statement.lstrip()[:6] == "SELECT"
        ):
            heard.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        await browser.get(path)
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    return heard


def _alone(ledger: Ledger, statements: Sequence[Statement]) -> list[float]:
    engine = open_engine(ledger.url)
    took = []
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        for _ in range(TURNS):
            started = time.process_time()
            for statement, parameters in statements:
                connection.exec_driver_sql(statement, parameters).fetchall()
            took.append((time.process_time() - started) * 1000)
    engine.dispose()
    return took
