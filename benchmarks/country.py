"""A country's worth of desks in one ledger on PostgreSQL: what each of them costs a process that serves all.

The desks are small and alike, their folders lie on the disk; each has a slice of its tickets, a few of them open. The house
is opened for real, twice: with all desks new, and as on every later start. Then each loop takes its turn as in a service in
which nothing happens, and messages come in for one desk after the other.
"""

import asyncio
import gc
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text

from benchmarks.ground import DESKS, Figures
from benchmarks.intake import incoming, said
from bot.conversation.conversing import converse
from bot.conversation.foreseeing import foresee
from bot.desk_files import load_desk
from bot.desks import OpenDesk
from bot.house import House, open_house, refresh
from bot.incoming import Means
from bot.jobs import SECONDS
from bot.migrations import migrate
from bot.settings import Settings
from bot.wiring.building import build
from bot.wiring.service import IDLE_SECONDS, LEARNING_SECONDS, Service
from templates_replies.matcher import Matcher
from tests.standins import postgres
from tickets import views
from tickets.ledger.database import open_engine
from tickets.ledger.waiting import Ahead

MANY, COUNTRY = 1000, 10_000  # desks: as measured unless said otherwise, and to what is reckoned on
TICKETS, OPEN = 20, 3  # of each desk; of these, to be worked on
MESSAGES, LOOKS, VARIANTS = 2000, 200, 4
GATES_SECONDS = 15.0
LATER = timedelta(minutes=10)
_MEANS = Means(codes_key=b"")

_DESK = """
desk: {slug}
name: Layanan {number}
language: id
timezone: Asia/Jakarta
hours: {{mon-thu: ["08:00-12:00", "13:00-16:00"], fri: ["08:00-11:30", "13:00-16:30"]}}
holidays: {{country: ID}}
sla:
  first_response: {{within: 15m, counts: operating}}
  next_response: {{within: 15m, counts: operating}}
  resolution: {{within: 24h, counts: calendar}}
  warn_at: 80%
  close_after: 72h
assignment: {{way: least_loaded}}
accounts: {{webchat: {{}}}}
staff:
  - {{name: Rina, role: supervisor, email: rina@{slug}.example.id}}
  - {{name: Budi, role: agent, email: budi@{slug}.example.id}}
  - {{name: Sari, role: agent, email: sari@{slug}.example.id}}
  - {{name: Dewi, role: agent, email: dewi@{slug}.example.id}}
"""
_CATEGORY = "- id: c{0}\n  name: Perihal {0}\n  examples: [saya lupa sandi {0}, tidak bisa masuk {0}]\n"
_NUMBERS = "generate_series(1, CAST(:desks AS int) * CAST(:tickets AS int)) AS i"
_PLACE = "'desk-' || lpad((i % CAST(:desks AS int))::text, 5, '0')"
_IS_OPEN = "i / CAST(:desks AS int) < CAST(:open AS int)"
_LAY = (
    f"""INSERT INTO tickets (number, desk, account, channel, thread, contact, status, priority, revision, cycle, created_at,
        updated_at, assignee) SELECT i, {_PLACE}, 'x', 'webchat', i::text, i, CASE WHEN {_IS_OPEN} THEN 'open' ELSE 'closed' END,
        0, 1, 1, :now, :now, 'budi@' || {_PLACE} || '.example.id' FROM {_NUMBERS}""",
    f"""INSERT INTO clocks (ticket, kind, subject, cycle, desk, terms_of, revision, promise, started_at, due_at, acts_at)
        SELECT i, 'resolution', '', 1, {_PLACE}, {_PLACE}, 1, '24h calendar', :now, CAST(:now AS timestamptz) + interval '30 days',
        CAST(:now AS timestamptz) + interval '30 days' FROM {_NUMBERS} WHERE {_IS_OPEN}""",
    "INSERT INTO counters (name, value) SELECT 'tickets', max(number) FROM tickets",
    "ANALYZE tickets",
    "ANALYZE clocks",
)  # fmt: skip


class Written(NamedTuple):
    """What a writer with nothing else to do takes."""

    rate: float  # messages a second
    worked: float  # µs of a processor for each, the database's own work left out


def measure(desks: int) -> Figures:
    if postgres.binaries() is None:
        return
    with (
        tempfile.TemporaryDirectory(prefix="tanggap-country-") as folder,
        postgres.running_cluster() as cluster,
    ):
        settings = _settings(Path(folder), cluster.url(cluster.create()), desks)
        migrate(settings.database_url)
        for start in ("all of them new", "a later start"):
            gc.collect()
            before, cpu = _resident(), time.process_time()
            with open_house(settings) as house:
                each = (time.process_time() - cpu) / desks * 1000
                yield f"country: opening a desk, {start}, CPU", each, "ms"
                yield f"country: memory of a desk, {start}", (_resident() - before) / desks, "kB"
                if start != "all of them new":
                    _lay(settings.database_url, desks)
                    yield from _served(house, desks)
    yield from _matcher()


def _settings(folder: Path, url: str, desks: int) -> Settings:
    for number in range(desks):
        desk = folder / "desks" / f"desk-{number:05}"
        desk.mkdir(parents=True)
        (desk / "desk.yaml").write_text(_DESK.format(slug=desk.name, number=number))
        (desk / "categories.yaml").write_text("".join(_CATEGORY.format(each) for each in range(8)))
    return Settings(database_url=url, data_dir=folder / "var", desks=folder / "desks")


def _lay(url: str, desks: int) -> None:
    engine = open_engine(url)
    values = {"desks": desks, "tickets": TICKETS, "open": OPEN, "now": datetime.now(UTC)}
    with engine.begin() as connection:
        for statement in _LAY:
            connection.execute(text(statement), values)
    engine.dispose()


def _served(house: House, desks: int) -> Figures:
    with asyncio.Runner() as runner:
        service = runner.run(_built(house))
        for name, seconds, turn in _turns(service):
            runner.run(_awaited(turn))  # the first turn settles what a new house has
            cpu = time.process_time()
            runner.run(_awaited(turn))
            took = time.process_time() - cpu
            yield f"country: a turn of {name}, every {seconds:g} s, CPU", took * 1000, "ms"
            share = took / seconds / desks * COUNTRY * 100
            yield f"country: {name} with {COUNTRY:,} desks, of a core", share, "%"
        yield "country: all followers with nothing new, CPU", runner.run(_nothing_to_follow(service)), "ms"
        yield "country: an open page looks, CPU", _look(house), "µs"
        every = list(house.desks)
        for of, among, first in (("one desk", every[:1], 0), ("one of all", every, MESSAGES)):
            yield f"country: a message to {of}, written down, CPU", written(house, among, first).worked, "µs"
        runner.run(service.close())


async def _built(house: House) -> Service:
    service = build(house, clock=lambda: datetime.now(UTC) + LATER)  # what a new revision brings is over
    await service.settle_what_was_left()
    return service


async def _awaited(turn: Callable[[], Awaitable[object]]) -> None:
    await turn()


def _turns(service: Service) -> Iterator[tuple[str, float, Callable[[], Awaitable[object]]]]:
    jobs = service.jobs
    for name, turn in (
        ("sweep", jobs.sweep), ("assign", jobs.assign), ("repromise", jobs.repromise), ("close_silent", jobs.close_silent),
        ("digest", jobs.digest), ("rules", jobs.start_rules), ("reports", jobs.bring_reports), ("people", service.people.refresh),
    ):  # fmt: skip
        yield name, SECONDS[name], turn
    yield "gates", GATES_SECONDS, service.gates.turn
    yield "desks", IDLE_SECONDS, lambda: service.ledger.aside(refresh, service.house)
    yield "learning", LEARNING_SECONDS, service.learning.turn


async def _nothing_to_follow(service: Service) -> float:
    while await service.following.turn():
        pass
    cpu = time.process_time()
    await service.following.turn()
    return (time.process_time() - cpu) * 1000


def _look(house: House) -> float:
    seen = frozenset({next(iter(house.desks)).slug})
    cpu = time.process_time()
    for _ in range(LOOKS):
        with house.ledger.reading() as session:
            views.newest_event(session, desks=seen)
    return (time.process_time() - cpu) / LOOKS * 1e6


def written(house: House, desks: Sequence[OpenDesk], first: int) -> Written:
    """Take messages in, those that wait together committed together, as a service under load does."""
    coming = []
    for number in range(first, first + MESSAGES):
        desk = desks[number % len(desks)]
        coming.append((desk, replace(incoming(said(number, desk.slug), desk), at=datetime.now(UTC))))
    cpu, started = time.process_time(), time.perf_counter()
    under_way = [
        house.ledger.writer.submit(
            partial(converse, incoming=each, desk=desk, means=_MEANS),
            ahead=Ahead(foresee, each.said),
        )
        for desk, each in coming
    ]
    for each in under_way:
        each.result()
    return Written(
        rate=MESSAGES / (time.perf_counter() - started),
        worked=(time.process_time() - cpu) / MESSAGES * 1e6,
    )


def _matcher() -> Figures:
    """Measure what a trained matcher of the largest desk that is shipped takes: small desks that are alike share one."""
    loaded = load_desk(DESKS / "itb-care-center", {})
    trained = []
    gc.collect()
    before, cpu = _resident(), time.process_time()
    for variant in range(VARIANTS):
        first, *others = loaded.catalogue.categories
        varied = replace(first, examples=(*first.examples, f"perihal {variant}"))
        matcher = Matcher.fit(replace(loaded.catalogue, categories=(varied, *others)))
        matcher.train()
        trained.append(matcher)
    yield "country: a trained matcher of 45 categories, memory", (_resident() - before) / VARIANTS, "kB"
    yield "country: training it, CPU", (time.process_time() - cpu) / VARIANTS * 1000, "ms"


def _resident() -> int:
    """Return the memory of this process that is in use, in kB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])
