"""What the same work costs as a desk's past grows: messages taken in, parcels sent, pages looked at. On SQLite.

What is filled in is that of the board's measure. Its cost is the processor's time, so that whoever else works on the
machine counts little; both sizes are measured by the same process, several times, and the least counts.
"""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

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
from tickets.ledger.tx import Tx
from tickets.search import SearchIndex

SIZES = (10_000, 1_000_000)
MESSAGES, TURNS, LOOKS = 600, 6, 2
_MEANS = Means(codes_key=b"")
Figures = dict[str, float]  # milliseconds of a processor


class _Room(NamedTuple):
    size: int
    ledger: Ledger
    desk: OpenDesk
    folder: Path


def grown(sizes: Sequence[int] = SIZES) -> list[Figures]:
    """Return what things cost with as many tickets, in milliseconds of a processor: turn by turn, for others work too."""
    with ExitStack() as stack:
        rooms = [_room(stack, size) for size in sizes]
        looks = [_looked_at(room) for _ in range(LOOKS) for room in rooms]
        turns = [_worked_on(room, turn) for turn in range(TURNS + 1) for room in rooms][len(rooms) :]
        return [_pages(looks[at :: len(rooms)]) | _least(turns[at :: len(rooms)]) for at in range(len(rooms))]


def _room(stack: ExitStack, size: int) -> _Room:
    ledger = stack.enter_context(fresh_ledger())
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tanggap-cost-")))
    desk = care_center(ledger)
    ledger.write_blocking(lambda tx: staff.sync(tx, desk.now.desk, NOW))
    fill(ledger, desk.slug, first=1, size=size)
    ledger.write_blocking(lambda tx: _number_on(tx, size))
    return _Room(size, ledger, desk, folder)


def _number_on(tx: Tx, size: int) -> None:
    """Let what comes in be numbered after what was filled in."""
    for series in ("tickets", "contacts", "messages"):
        tx.next_id(series, least=size * 4 + 4)


def _worked_on(room: _Room, turn: int) -> Figures:
    """Take messages in, half of them from contacts who have just written, and send what the bot answers."""
    ledger, desk, texts = room.ledger, room.desk, said()
    coming = [
        intake.incoming(replace(intake.said(number), text=texts[number]), desk)
        for number in range(turn * MESSAGES, (turn + 1) * MESSAGES)
    ]
    began = time.process_time()
    for waiting in [
        ledger.writer.submit(partial(converse, incoming=each, desk=desk, means=_MEANS)) for each in coming
    ]:
        waiting.result()
    taken_in, began = time.process_time() - began, time.process_time()
    sent = delivering.send_all(ledger)
    return {
        "intake": taken_in / MESSAGES * 1000,
        "delivery": (time.process_time() - began) / sent * 1000,
    }


def _looked_at(room: _Room) -> dict[str, list[float]]:
    ledger, desk = room.ledger, room.desk
    who = next(person.email for person in desk.now.desk.staff if person.email and person.role == "supervisor")
    key = ledger.write_blocking(lambda tx: let_in(tx, who))
    index = SearchIndex.open(ledger, room.folder / "search.db")
    while index.advance():
        pass
    house = House(
        ledger=ledger, desks=lambda: {desk.slug: desk.now}, catalogue=lambda _desk: desk.catalogue, clock=lambda: NOW,
        secret_key="x", search=index,
    )  # fmt: skip
    paths = {
        "inbox": "/inbox",
        "ticket": f"/tickets/{room.size - OPEN // 2}",
        "search": "/search?q=sandi",
    }
    found = {name: asyncio.run(pages.measured(house, ledger, key, path))[0] for name, path in paths.items()}
    index.close()
    return found


def _pages(looks: Sequence[dict[str, list[float]]]) -> Figures:
    found = {name: list(chain.from_iterable(look[name] for look in looks)) for name in looks[0]}
    return {f"{name}, 95th": quantiles(took, n=20)[-1] for name, took in found.items()} | {
        f"{name}, least": min(took) for name, took in found.items()
    }


def _least(turns: Sequence[Figures]) -> Figures:
    return {name: min(turn[name] for turn in turns) for name in turns[0]}
