"""The month's report in a ledger with a long past: its summary beside the database's own aggregate, its files, and what intake feels of it.

The files are made as an operator makes them, by `tanggap report monthly`, so that time and memory are those of the whole
process with its start. What intake feels is how long a message waits until it is in the ledger while the console has the
report made: aside, as it does, and for comparison in the process that takes messages in.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from threading import Thread

from sqlalchemy import text

from benchmarks.ground import DESKS, Figures, care_center
from benchmarks.intake import incoming, said
from benchmarks.month_ledger import BEGUN, MONTH, MONTH_SECONDS, lay
from benchmarks.sweeping import each_ledger
from bot.conversation.conversing import converse
from bot.desks import OpenDesk
from bot.incoming import Means
from bot.making.apart import in_a_process, in_a_thread
from bot.migrations import migrate
from reports.handed import Known
from reports.making.order import REPORT, Order, Surroundings
from reports.making.work import Task
from reports.measures import names_of
from reports.periods import Days
from reports.statistics import statistics
from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger
from tickets.ledger.types import EPOCH

TICKETS, IN_MONTH = 200_000, 20_000
FORMS = ("xlsx", "pdf", "csv")
TURNS = 5
EVERY, UNDISTURBED = 0.025, 15.0  # seconds between two messages, and how long they come without a report
MADE_AT = BEGUN + timedelta(seconds=MONTH_SECONDS, hours=33)
# What the summary has to ask at least: how many tickets there are of each kind, and how their promises were kept.
_BARE = (
    """SELECT channel, category, assignee, team, count(*), count(CASE WHEN status IN ('solved', 'closed') THEN 1 END) FROM tickets
        WHERE desk = :desk AND created_at >= :start AND created_at < :end AND spam_at IS NULL AND merged_into IS NULL
        GROUP BY channel, category, assignee, team""",
    """SELECT channel, category, assignee, team, kind, count(*), count(CASE WHEN breached_at IS NULL AND met_at IS NOT NULL THEN 1 END),
            count(breached_at) FROM tickets JOIN clocks ON clocks.ticket = tickets.number
        WHERE tickets.desk = :desk AND created_at >= :start AND created_at < :end AND spam_at IS NULL AND merged_into IS NULL
            AND kind IN ('first_response', 'resolution')
        GROUP BY channel, category, assignee, team, kind""",
)  # fmt: skip


def measure(tickets: int = TICKETS, in_month: int = IN_MONTH, url: str | None = None) -> Figures:
    """Measure on a database of that URL, which is filled if it is empty; without one, on each that is here."""
    if url is not None:
        migrate(url)
        with tempfile.TemporaryDirectory(prefix="tanggap-bench-") as folder:
            ledger = Ledger(url, files=Path(folder))
            try:
                yield from _measured(ledger, tickets, in_month)
            finally:
                ledger.close()
        return
    for _, ledger in each_ledger():
        yield from _measured(ledger, tickets, in_month)


def _measured(ledger: Ledger, tickets: int, in_month: int) -> Figures:
    database = "PostgreSQL" if ledger.is_postgres else "SQLite"
    with ledger.reading() as session:
        is_empty = session.execute(text("SELECT 1 FROM tickets LIMIT 1")).first() is None
    if is_empty:
        lay(ledger, tickets=tickets, in_month=in_month)
    desk = care_center(ledger)
    yield from _summary(database, ledger, desk)
    with tempfile.TemporaryDirectory(prefix="tanggap-bench-") as folder:
        for form in FORMS:
            yield from _file(database, ledger, form, Path(folder))
        yield from _intake(database, ledger, desk, Path(folder))


def _summary(database: str, ledger: Ledger, desk: OpenDesk) -> Figures:
    """Measure the figures of the month and the bare aggregate in turns."""
    names = names_of(desk.now.desk, category_names={}, staff_names={})
    days = Days.of(date(2026, 10, 1), date(2026, 10, 31), zone="Asia/Jakarta")
    took: dict[str, list[float]] = {"summary": [], "summary, this process works": [], "bare aggregate": []}
    engine = open_engine(ledger.url)
    found = 0
    for _ in range(TURNS):
        with ledger.reading() as session:
            waited, worked = time.perf_counter(), time.thread_time()
            found = statistics(session, desk=desk.slug, days=days, now=MADE_AT, names=names).tickets
            took["summary"].append(time.perf_counter() - waited)
            took["summary, this process works"].append(time.thread_time() - worked)
        with engine.connect() as connection:
            waited = time.perf_counter()
            for statement in _BARE:
                connection.execute(text(statement), _span(ledger, desk.slug)).all()
            took["bare aggregate"].append(time.perf_counter() - waited)
    engine.dispose()
    yield f"{database}: tickets of the month", found, "tickets"
    for label, seconds in took.items():
        yield f"{database}: {label}", median(seconds), "s"
    yield (
        f"{database}: summary / bare aggregate",
        median(took["summary"]) / median(took["bare aggregate"]),
        "ratio",
    )


def _span(ledger: Ledger, desk: str) -> dict[str, object]:
    ends = {"start": BEGUN, "end": BEGUN + timedelta(seconds=MONTH_SECONDS)}
    if ledger.is_postgres:
        return {"desk": desk, **ends}
    return {"desk": desk, **{name: (at - EPOCH) // timedelta(microseconds=1) for name, at in ends.items()}}


def _file(database: str, ledger: Ledger, form: str, folder: Path) -> Figures:
    """Make a file by the command, and ask the system what the process took."""
    environment = os.environ | {
        "TANGGAP_DATA_DIR": str(folder), "TANGGAP_DATABASE_URL": ledger.url, "TANGGAP_DESKS": str(DESKS),
    }  # fmt: skip
    command = ["from bot.cli.main import run; run()", "report", "monthly", "--desk", "itb-care-center"]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", *command, "--month", MONTH, "--format", form, "-o", str(folder / f"report.{form}")],
        env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"tanggap report ended with {process.returncode}")
    yield f"{database}: {form}", time.perf_counter() - started, "s"
    yield f"{database}: {form}, its process works", used.ru_utime + used.ru_stime, "s"
    yield f"{database}: {form}, most memory", used.ru_maxrss / 1024, "MB"
    yield f"{database}: {form}, size", (folder / f"report.{form}").stat().st_size / 1e6, "MB"


def _intake(database: str, ledger: Ledger, desk: OpenDesk, folder: Path) -> Figures:
    until = time.perf_counter() + UNDISTURBED
    yield from _waits(f"{database}: a message", ledger, desk, lambda: time.perf_counter() < until)
    task = Task(
        key=1, order=Order(what=REPORT, format="xlsx", month=MONTH), to=folder / "made.xlsx", database_url=ledger.url,
        around=Surroundings(desk=desk.now.desk, known=Known(category_names={}, staff_names={}), now=MADE_AT),
        files=folder, bucket=None, search_index=folder / "search.db",
    )  # fmt: skip
    for beside, make in (("a process", in_a_process), ("a thread", in_a_thread)):
        thread = Thread(target=lambda make=make: asyncio.run(make(task, lambda _progress: None)))
        thread.start()
        label = f"{database}: a message while the workbook is made in {beside}"
        yield from _waits(label, ledger, desk, thread.is_alive)
        thread.join()


def _waits(label: str, ledger: Ledger, desk: OpenDesk, goes_on: Callable[[], bool]) -> Figures:
    """Let messages come one after the other at their pace, and tell how long each waited until it was in the ledger."""
    took: list[float] = []
    begun = time.perf_counter()
    while goes_on():
        next_at = begun + len(took) * EVERY
        time.sleep(max(next_at - time.perf_counter(), 0))
        started = time.perf_counter()
        each = incoming(said(time.monotonic_ns(), desk.slug), desk)
        ledger.write_blocking(partial(converse, incoming=each, desk=desk, means=Means(codes_key=b"")))
        took.append((time.perf_counter() - started) * 1000)
    yield f"{label}, median", median(took), "ms"
    yield f"{label}, 95th percentile", quantiles(took, n=20)[-1], "ms"
    yield f"{label}, how many a second", len(took) / (time.perf_counter() - begun), "messages/s"
