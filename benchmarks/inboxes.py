"""The inbox: what a page of it costs on a desk with a long past, view by view, as the server spends it.

What is filled in is that of the board's measure: all but the newest 3,000 tickets are closed. A page is what a browser
gets: the session looked up, the views counted, thirty lines read, the template filled in. It is measured as the
processor's time over all threads, so that whoever else works on the machine does not count.
"""

import asyncio
import time
from statistics import median, quantiles

import httpx

from benchmarks.boards import fill
from benchmarks.ground import NOW, Figures, care_center, fresh_ledger
from console import doors
from console.app import create_app
from console.house import House
from console.inbox.filters import VIEWS
from console.visitors import SESSION
from templates_replies.catalogue import Catalogue
from tickets import staff
from tickets.desk import DeskNow
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx

SIZES = (10_000, 100_000, 1_000_000)
TURNS = 20


def measure() -> Figures:
    with fresh_ledger() as ledger:
        desk = care_center(ledger)
        ledger.write_blocking(lambda tx: staff.sync(tx, desk.now.desk, NOW))
        who = next(person.email for person in desk.now.desk.staff if person.email)
        key = ledger.write_blocking(lambda tx: let_in(tx, who))
        filled = 0
        for size in SIZES:
            fill(ledger, desk.now.slug, first=filled + 1, size=size)
            filled = size
            for view, took in asyncio.run(_pages(ledger, desk.now, desk.catalogue, key)).items():
                yield f"SQLite: the inbox, {view}, of {size:,} tickets, median", median(took), "ms"
                yield f"SQLite: the inbox, {view}, of {size:,} tickets, 95th", quantiles(took, n=20)[-1], "ms"


def let_in(tx: Tx, email: str) -> str:
    link = doors.make_invitation(tx, NOW, email=email)
    doors.accept(tx, link, email=email, name="Somebody", password_hash="", at=NOW)
    return doors.start_session(tx, email, at=NOW)


async def _pages(ledger: Ledger, desk: DeskNow, catalogue: Catalogue, key: str) -> dict[str, list[float]]:
    house = House(
        ledger=ledger, desks=lambda: {desk.slug: desk}, catalogue=lambda _desk: catalogue, clock=lambda: NOW, secret_key="x",
    )  # fmt: skip
    transport = httpx.ASGITransport(create_app(house))
    cookies = {SESSION.name: key}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://desk.test", cookies=cookies
    ) as browser:
        await _ms(browser, "all")  # templates are read once
        return {view: [await _ms(browser, view) for _ in range(TURNS)] for view in VIEWS}


async def _ms(browser: httpx.AsyncClient, view: str) -> float:
    started = time.process_time()
    answer = await browser.get("/inbox", params={"view": view})
    assert answer.status_code == 200
    return (time.process_time() - started) * 1000
