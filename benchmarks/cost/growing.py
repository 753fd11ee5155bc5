"""What the same work costs as a desk's past grows: messages taken in, parcels sent, pages looked at. On SQLite.

What is filled in is that of the board's measure. Its cost is the processor's time, so that whoever else works on the
machine counts little; both sizes are measured by the same process, several times, and the least counts.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import quantiles

from benchmarks import delivering, intake, pages
from benchmarks.boards import OPEN, fill
from benchmarks.cost.intaking import said
from benchmarks.ground import NOW, care_center, fresh_ledger
from benchmarks.inboxes import let_in
from bot.conversation.conversing import converse
from bot.desks import OpenDesk
from bot.incoming import Means
from console.house import House
from tickets import staff
from tickets.ledger.store import Ledger
from tickets.ledger.writer import Tx
from tickets.search import SearchIndex

SIZES = (10_000, 1_000_000)
MESSAGES, TURNS = 600, 5
_MEANS = Means(codes_key=b"")
Figures = dict[str, float]  # milliseconds of a processor


def grown(sizes: tuple[int, ...] = SIZES) -> Iterator[tuple[int, Figures]]:
    """Yield what things cost with as many tickets, in milliseconds of a processor."""
    for size in sizes:
        with fresh_ledger() as ledger, tempfile.TemporaryDirectory(prefix="tanggap-cost-") as folder:
            desk = care_center(ledger)
            ledger.write_blocking(lambda tx, desk=desk: staff.sync(tx, desk.now.desk, NOW))
            fill(ledger, desk.slug, first=1, size=size)
            ledger.write_blocking(lambda tx, size=size: _number_on(tx, size))
            yield size, _looked_at(ledger, desk, Path(folder), size) | _worked_on(ledger, desk)


def _number_on(tx: Tx, size: int) -> None:
    """Let what comes in be numbered after what was filled in."""
    for series in ("tickets", "contacts", "messages"):
        tx.next_id(series, least=size * 4 + 4)


def _worked_on(ledger: Ledger, desk: OpenDesk) -> Figures:
    """Take messages in, half of them from contacts who have just written, and send what the bot answers."""
    texts, found = said(), []
    for turn in range(TURNS + 1):
        first = turn * MESSAGES
        coming = [
            intake.incoming(replace(intake.said(number), text=texts[number]), desk)
            for number in range(first, first + MESSAGES)
        ]
        began = time.process_time()
        for waiting in [
            ledger.writer.submit(partial(converse, incoming=each, desk=desk, means=_MEANS)) for each in coming
        ]:
            waiting.result()
        taken_in, began = time.process_time() - began, time.process_time()
        sent = delivering.send_all(ledger)
        if turn:  # in the first one statements are compiled
            found.append((taken_in / MESSAGES, (time.process_time() - began) / sent))
    return {
        name: min(took) * 1000
        for name, took in zip(("intake", "delivery"), zip(*found, strict=True), strict=True)
    }


def _looked_at(ledger: Ledger, desk: OpenDesk, folder: Path, size: int) -> Figures:
    people = desk.now.desk.staff
    who = next(person.email for person in people if person.email and person.role == "supervisor")
    key = ledger.write_blocking(lambda tx: let_in(tx, who))
    index = SearchIndex.open(ledger, folder / "search.db")
    while index.advance():
        pass
    house = House(
        ledger=ledger, desks=lambda: {desk.slug: desk.now}, catalogue=lambda _desk: desk.catalogue, clock=lambda: NOW,
        secret_key="x", search=index,
    )  # fmt: skip
    paths = {"inbox": "/inbox", "ticket": f"/tickets/{size - OPEN // 2}", "search": "/search?q=sandi"}
    found = {name: asyncio.run(pages.measured(house, ledger, key, path))[0] for name, path in paths.items()}
    index.close()
    return {f"{name}, 95th": quantiles(took, n=20)[-1] for name, took in found.items()} | {
        f"{name}, least": min(took) for name, took in found.items()
    }
