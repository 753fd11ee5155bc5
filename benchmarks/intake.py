"""Taking a message in: the bare engine's six rows, the ledger's own part, and the whole conversation with matcher."""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from benchmarks.ground import NOW, Figures, care_center, fresh_ledger, shipped_desk
from benchmarks.sweeping import each_ledger
from bot.conversation.conversing import converse
from bot.desks import OpenDesk
from bot.incoming import Incoming, Means
from bot.listening import listen, words_to_match
from tickets.intake import Reading, take_in
from tickets.ledger.store import Ledger
from tickets.ledger.writer import Job
from tickets.message import Channel, Person, Place, Said

Item = TypeVar("Item")

COUNT, SENDERS, TOGETHER = 3000, 1500, 64
_MEANS = Means(codes_key=b"")
TEXTS = (
    "nilai kuis saya belum muncul ya kak",
    "lupa password",
    "link zoom tidak bisa dibuka",
    "video tidak bisa diputar",
)


def measure() -> Figures:
    bare = _bare_engine()
    ledger, ledger_cpu = _ledger()
    whole, whole_cpu, reading = _conversation()
    yield "intake: bare sqlite3, six rows, group commit", bare, "messages/s"
    yield "intake: ledger (ticket, clocks, events)", ledger, "messages/s"
    yield "intake: ledger, CPU a message", ledger_cpu, "µs"
    yield "intake: conversation (bot's reply queued)", whole, "messages/s"
    yield "intake: conversation, CPU a message", whole_cpu, "µs"
    yield "intake: reading and matching, CPU a message", reading, "µs"
    yield "intake: ledger / bare engine", ledger / bare, "ratio"
    yield from _procedures()


def _procedures() -> Figures:
    """Measure what procedures add to messages that have nothing to do with any: the same desk with and without them."""
    for database, ledger in each_ledger():
        desk = shipped_desk(ledger, "itb-studio")
        for number, (each, served) in enumerate(
            (("without procedures", replace(desk, procedures=())), ("with a procedure", desk)) * 3
        ):
            yield f"intake: {database}, desk {each}, CPU a message", _joining(ledger, served, number), "µs"


def _joining(ledger: Ledger, desk: OpenDesk, turn: int) -> float:
    """Let known contacts go on with tickets that they have."""
    coming = [incoming(said(turn * COUNT + number, desk.slug), desk) for number in range(COUNT)]
    return _timed(ledger, lambda each: lambda tx: converse(tx, each, desk=desk, means=_MEANS), coming)[1]


def said(number: int, desk: str = "itb-care-center") -> Said:
    """Return what one of the senders writes; no two numbers are the same message."""
    sender, text = f"+62811{number % SENDERS:06}", TEXTS[number % len(TEXTS)]
    place = Place(account=f"{desk}/whatsapp", channel=Channel.WHATSAPP, address=sender)
    return Said(
        event_id=f"SM{number}", external_id=f"SM{number}", place=place, sender=Person(address=sender, name="Ana"),
        text=text, raw=text.encode() * 20,
    )  # fmt: skip


def _bare_engine() -> float:
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            db.execute(f"PRAGMA {pragma}")
        for table in range(6):
            db.execute(f"CREATE TABLE t{table} (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c INTEGER)")
        started = time.perf_counter()
        for start in range(0, COUNT, TOGETHER):
            db.execute("BEGIN IMMEDIATE")
            for number in range(start, min(start + TOGETHER, COUNT)):
                for table in range(6):
                    db.execute(
                        f"INSERT INTO t{table} (a, b, c) VALUES (?, ?, ?)", ("x" * 40, "y" * 200, number)
                    )
            db.execute("COMMIT")
        elapsed = time.perf_counter() - started
        db.close()
    return COUNT / elapsed


def _timed(
    ledger: Ledger, job_of: Callable[[Item], Job[object]], items: Sequence[Item]
) -> tuple[float, float]:
    """Return how many a second, and the processor's microseconds for one."""
    cpu, wall = time.process_time(), time.perf_counter()
    futures = [ledger.writer.submit(job_of(item)) for item in items]
    for future in futures:
        future.result()
    return COUNT / (time.perf_counter() - wall), (time.process_time() - cpu) / COUNT * 1e6


def _ledger() -> tuple[float, float]:
    with fresh_ledger() as ledger:
        desk = care_center(ledger).now

        def job_of(message: Said) -> Job[object]:
            return lambda tx: take_in(tx, message, desk=desk, reading=Reading(), files=(), at=NOW)

        return _timed(ledger, job_of, [said(number) for number in range(COUNT)])


def _conversation() -> tuple[float, float, float]:
    with fresh_ledger() as ledger:
        desk = care_center(ledger)
        cpu = time.process_time()
        coming = [incoming(said(number), desk) for number in range(COUNT)]
        reading = (time.process_time() - cpu) / COUNT * 1e6

        def job_of(each: Incoming) -> Job[object]:
            return lambda tx: converse(tx, each, desk=desk, means=_MEANS)

        return (*_timed(ledger, job_of, coming), reading)


def incoming(message: Said, desk: OpenDesk) -> Incoming:
    """Read a message as the service reads it before it is written."""
    heard = listen(message)
    suggestions = desk.matcher.suggest(words_to_match(message))
    return Incoming(said=message, heard=heard, suggestions=suggestions, files=(), raw_sha256=None, at=NOW)
