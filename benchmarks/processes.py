"""Several web processes on one PostgreSQL, which flushes each commit, behind a plain TCP balancer: WhatsApp from 64 senders.

For one and more of them: messages a second, what each part works for a message, and how much of the time somebody holds
the lock over all writers, which bounds them together. Pinned: each web process has one core, the others' are free. Where
control groups may be made, each has a tenth of a core as well: then they grow as machines of their own would, while database,
senders and balancer have what they want. Beside it what a writer takes that has nothing else to do, the most that one ledger can.
"""

import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psycopg
import uvloop

from benchmarks.cost.intaking import CONTACTS, said
from benchmarks.cost.office import SLUG, Office, beside, office, settled
from benchmarks.cost.posting import Went, post, webhooks
from benchmarks.country import written
from benchmarks.ground import DESKS, Figures
from benchmarks.shares import may_share, shared
from bot.house import open_house
from bot.migrations import migrate
from bot.settings import Settings
from tests.standins import postgres
from tests.standins.balancer import balancing
from tests.standins.postgres import Cluster
from tickets.ledger.writer import WRITERS_LOCK

WEBS, TURNS, MESSAGES = 3, 2, 400
SMALL_WEBS, SMALL = (1, 2, 4, 6), 0.1  # how many of them, of what share of a core
_LOOKED, _AGAIN = 0.01, 0.2  # seconds
_HOLDER = (
    "SELECT a.state = 'active' FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
    f" WHERE l.locktype = 'advisory' AND l.objid = {WRITERS_LOCK} AND l.objsubid = 1 AND l.granted"
)


_FIGURES = {
    "taken in": "messages/s",
    "web, CPU a message": "ms",
    "who works, CPU a message": "ms",
    "PostgreSQL, CPU a message": "ms",
    "sender and balancer, CPU a message": "ms",
    "somebody had the lock": "% of the time",
    "of that, PostgreSQL worked": "%",
}


class Taken(NamedTuple):
    """What one turn came to, in the order and the units of `_FIGURES`."""

    rate: float
    web: float
    works: float
    database: float
    sender: float
    held: float
    database_of_held: float


def measure() -> Figures:
    if postgres.binaries() is None:
        return
    with (
        tempfile.TemporaryDirectory(prefix="tanggap-processes-") as folder,
        postgres.running_cluster(durable=True) as cluster,
    ):
        yield from _lock(Path(folder), cluster)
        yield from _taken_in(Path(folder), cluster)


def _lock(folder: Path, cluster: Cluster) -> Figures:
    url = cluster.url(cluster.create())
    migrate(url)
    with open_house(Settings(database_url=url, data_dir=folder / "lock", desks=DESKS)) as house:
        desk = house.desks[SLUG]
        written(house, [desk], 0)
        rate = written(house, [desk], 10_000).rate
    yield "processes: written by a writer with nothing else to do: the most of one ledger", rate, "messages/s"


def _taken_in(folder: Path, cluster: Cluster) -> Figures:
    url = cluster.url(cluster.create())
    with ExitStack() as stack:
        sink, relay = stack.enter_context(beside("sink")), stack.enter_context(beside("relay"))

        def another(roles: str) -> AbstractContextManager[Office]:
            return office(folder, sink=sink.port, relay=relay.port, roles=roles, database_url=url)

        def another_web() -> Office:
            return stack.enter_context(another("web"))

        webs = [another_web() for _ in range(WEBS)]
        turns = _Turns(cluster=cluster, url=url, webs=webs)
        with another("workers") as works:
            yield from turns.told("one that works", (1, 2), works=works)
        yield from turns.told("", range(1, WEBS + 1))
        if may_share():
            webs.extend(another_web() for _ in range(max(SMALL_WEBS) - WEBS))
            with shared([each.running.process.pid for each in webs], SMALL):
                yield from turns.told(f"each with {SMALL:.0%} of a core", SMALL_WEBS)
        for number, web in enumerate(webs[:WEBS]):
            _pin(web, number % (os.cpu_count() or 1))
        yield from turns.told("each with a core", range(1, WEBS + 1))


@dataclass(kw_only=True)
class _Turns:
    """Has messages come in again and again, no two of them the same."""

    cluster: Cluster
    url: str
    webs: Sequence[Office]
    _texts: Sequence[str] = field(default_factory=said)
    _first: int = 0

    def told(self, beside: str, counts: Iterable[int], works: Office | None = None) -> Figures:
        """Take turns with so many web processes, and tell their medians."""
        found: dict[int, list[Taken]] = {count: [] for count in counts}
        for turn in range(TURNS + 1):
            for count in sorted(found, reverse=bool(turn % 2)):
                taken = self._take(self.webs[:count], works)
                if turn:  # in the first one statements are compiled
                    found[count].append(taken)
        for count, turns in found.items():
            called = f"processes: {count} web{f', {beside}' if beside else ''}"
            for (name, unit), figures in zip(_FIGURES.items(), zip(*turns, strict=True), strict=True):
                yield f"{called}: {name}", median(figures), unit

    def _take(self, webs: Sequence[Office], works: Office | None) -> Taken:
        coming = webhooks(self._first, MESSAGES, texts=self._texts, contacts=CONTACTS)
        self._first += MESSAGES
        before = self._worked(works)
        with _watching(self.url) as seen:
            went = uvloop.run(_posted([each.http for each in webs], coming))
        if works:
            settled(works.running)  # what follows from a message counts too
        web, worker, database, sender = (
            (now - then) / MESSAGES * 1000 for now, then in zip(self._worked(works), before, strict=True)
        )
        looks, nobody = seen.total(), seen[None]
        return Taken(
            rate=went.rate, web=web, works=worker, database=database, sender=sender,
            held=(looks - nobody) / looks * 100, database_of_held=seen[True] / max(looks - nobody, 1) * 100,
        )  # fmt: skip

    def _worked(self, works: Office | None) -> tuple[float, float, float, float]:
        """Return how long each part has worked until now: web, the one that works, PostgreSQL, who sends."""
        web = sum(each.running.worked_until_now() for each in self.webs)
        return (
            web,
            works.running.worked_until_now() if works else 0.0,
            self.cluster.worked(),
            time.process_time(),
        )


async def _posted(ports: Sequence[int], coming: Sequence[bytes]) -> Went:
    async with balancing(*ports) as balancer:
        return await post(balancer.port, coming, again=_AGAIN)


@contextmanager
def _watching(url: str) -> Iterator[Counter[bool | None]]:
    """Look again and again who has the lock: nobody (None), somebody for whom PostgreSQL works then (True), or does not."""
    seen, enough = Counter[bool | None](), threading.Event()

    def look() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not enough.wait(_LOOKED):
                row = connection.execute(_HOLDER).fetchone()
                seen[None if row is None else row[0]] += 1

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        enough.set()
        watcher.join()


def _pin(web: Office, core: int) -> None:
    for thread in Path(f"/proc/{web.running.process.pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {core})
