"""What it costs to ask what a group bears now, and to take it, while many tickets wait for their topics."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from statistics import median

from benchmarks.ground import NOW, Figures, care_center
from benchmarks.sweeping import each_ledger
from bot.carrying.portions import portion
from tickets import budgets, outbox
from tickets.allowance import PlaceLimits
from tickets.budgets import Carried, Load
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.ledger.writer import Job, Result
from tickets.message import Sent
from tickets.parcels import Audience, Priority

SIZES = (200, 2_000)
TURNS = 9
LIMITS = PlaceLimits()
LEASE = timedelta(minutes=2)
MINUTE = timedelta(minutes=1)


def measure() -> Figures:
    for database, ledger in each_ledger():
        yield from _sizes(database, ledger)


def _sizes(database: str, ledger: Ledger) -> Figures:
    desk = care_center(ledger).slug
    waiting, now = 0, NOW
    for size in SIZES:
        for ticket in range(waiting, size):
            ledger.write_blocking(partial(_wait, ticket=ticket, desk=desk))
        waiting = size
        taken: list[float] = []
        nothing: list[float] = []
        for _ in range(TURNS):
            now += MINUTE
            loads = _timed(ledger, partial(_claim, now=now), taken)
            assert len(loads) == LIMITS.burst // 2
            assert _timed(ledger, partial(_claim, now=now), nothing) == []
            ledger.write_blocking(partial(_wait_on, loads=loads, now=now))
        of = f"with {size:,} tickets waiting"
        yield f"{database}: a group takes what it bears at once, {of}", median(taken), "ms"
        yield f"{database}: a group bears nothing now, {of}", median(nothing), "ms"


def _wait(tx: Tx, *, ticket: int, desk: str) -> None:
    for act in ("topic", "mirror", "mirror"):
        outbox.enqueue(
            tx, dedup=f"{act}:{tx.next_id('bench')}", account="x", audience=Audience.STAFF, act=act,
            order_key=f"topic:{ticket}", priority=Priority.INCOMING, desk=desk, ticket=ticket, at=NOW, payload={},
            budget="x:-1001",
        )  # fmt: skip


def _timed(ledger: Ledger, job: Job[Result], took: list[float]) -> Result:
    started = time.perf_counter()
    result = ledger.write_blocking(job)
    took.append((time.perf_counter() - started) * 1000)
    return result


def _claim(tx: Tx, *, now: datetime) -> list[Load]:
    return budgets.claim(tx, limits=lambda _budget: LIMITS, portion=portion, now=now, lease=LEASE)


def _wait_on(tx: Tx, *, loads: Sequence[Load], now: datetime) -> None:
    """Let what was taken wait on."""
    for load in loads:
        untold = Carried(told=0, sent=Sent(external_ids=()), calls=load.calls)
        budgets.settle(tx, load, untold, limits=LIMITS, at=now)
