"""The sweep beside the bare engine's own query: its cost must follow what is due, not how many clocks are open.

Each database holds 10 thousand, 100 thousand and 1 million open clocks in turn. A turn with something due sweeps 500
clocks, each of which appends its event and moves its row; between turns they are made due anew.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Engine, text

from benchmarks.ground import NOW, Figures, care_center, fresh_ledger
from bot.migrations import migrate
from tests.standins import postgres
from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger
from tickets.ledger.types import EPOCH
from tickets.sweep import sweep

SIZES = (10_000, 100_000, 1_000_000)
DUE = 500
CHUNK = 100
TURNS, DUE_TURNS = 200, 9
LATER = NOW + timedelta(days=1)

# One clock a ticket, the due ones scattered over the whole table.
_FILL = {
    "sqlite": """
        WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)
        INSERT INTO clocks (ticket, kind, subject, cycle, desk, terms_of, revision, promise, started_at, due_at, acts_at)
        SELECT i, 'resolution', '', 1, :desk, :desk, :revision, '24h calendar', :now, :later, :later FROM n""",
    "postgresql": """
        INSERT INTO clocks (ticket, kind, subject, cycle, desk, terms_of, revision, promise, started_at, due_at, acts_at)
        SELECT i, 'resolution', '', 1, :desk, :desk, :revision, '24h calendar', :now, :later, :later
        FROM generate_series(CAST(:first AS integer), CAST(:last AS integer)) AS i""",
}
_MAKE_DUE = "UPDATE clocks SET due_at = :due, acts_at = :due, breached_at = NULL WHERE ticket % :step = 0"
_BARE = """
    SELECT ticket, kind, subject, cycle, desk, due_at, acts_at FROM clocks
    WHERE acts_at <= :now ORDER BY acts_at LIMIT :most"""


def measure() -> Figures:
    with fresh_ledger() as ledger:
        yield from _sizes("SQLite", ledger)
    with postgres_ledger() as ledger:
        if ledger is not None:
            yield from _sizes("PostgreSQL", ledger)


def nothing_due(clocks: int) -> tuple[float, float]:
    """Return what a sweep takes on SQLite with as many open clocks and nothing due, and the bare query, in milliseconds."""
    with fresh_ledger() as ledger:
        desk = care_center(ledger).now
        engine = open_engine(ledger.url)
        _fill(ledger, engine, first=1, last=clocks, desk=desk.slug, revision=desk.revision)
        found = _nothing_due(ledger), _bare(ledger, engine, turns=TURNS)
        engine.dispose()
        return found


def each_ledger() -> Iterator[tuple[str, Ledger]]:
    """Yield a fresh ledger on each database that is here, with the database's name."""
    for database, opened in (("SQLite", fresh_ledger()), ("PostgreSQL", postgres_ledger())):
        with opened as ledger:
            if ledger is not None:
                yield database, ledger


@contextmanager
def postgres_ledger() -> Iterator[Ledger | None]:
    """Open a ledger on a throw-away cluster; None where PostgreSQL is not installed."""
    if postgres.binaries() is None:
        yield None
        return
    with postgres.running_cluster() as cluster:
        url = cluster.url(cluster.create())
        migrate(url)
        ledger = Ledger(url, files=cluster.folder / "files")
        try:
            yield ledger
        finally:
            ledger.close()


def _sizes(database: str, ledger: Ledger) -> Figures:
    desk = care_center(ledger).now
    engine = open_engine(ledger.url)
    filled = 0
    for size in SIZES:
        _fill(ledger, engine, first=filled + 1, last=size, desk=desk.slug, revision=desk.revision)
        filled = size
        of = f"of {size:,} open"
        yield f"{database}: nothing due {of}, sweep", _nothing_due(ledger), "ms"
        yield f"{database}: nothing due {of}, bare query", _bare(ledger, engine, turns=TURNS), "ms"
        swept, bare = _with_due(ledger, engine, step=size // DUE)
        yield f"{database}: {DUE} due {of}, sweep with all it writes", swept, "ms"
        yield f"{database}: {DUE} due {of}, bare query", bare, "ms"
    engine.dispose()


def _instant(ledger: Ledger, at: datetime) -> datetime | int:
    return at if ledger.is_postgres else (at - EPOCH) // timedelta(microseconds=1)


def _fill(ledger: Ledger, engine: Engine, **values: Any) -> None:
    with engine.begin() as connection:
        values |= {"now": _instant(ledger, NOW), "later": _instant(ledger, LATER)}
        connection.execute(text(_FILL[engine.dialect.name]), values)
        connection.execute(text("ANALYZE clocks"))


def _nothing_due(ledger: Ledger) -> float:
    return _median_ms(lambda: ledger.write_blocking(lambda tx: sweep(tx, now=NOW)), TURNS)


def _bare(ledger: Ledger, engine: Engine, *, turns: int) -> float:
    """Time the engine's own query on one connection, without writer, events or clocks."""
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        statement = (
            _BARE.replace(":now", "%(now)s").replace(":most", "%(most)s") if ledger.is_postgres else _BARE
        )
        cursor = raw.cursor()
        values = {"now": _instant(ledger, NOW), "most": DUE}
        return _median_ms(lambda: cursor.execute(statement, values).fetchall(), turns)


def _with_due(ledger: Ledger, engine: Engine, *, step: int) -> tuple[float, float]:
    swept, bare = [], []
    for turn in range(DUE_TURNS):
        due = NOW - timedelta(minutes=DUE_TURNS - turn)
        with engine.begin() as connection:
            connection.execute(text(_MAKE_DUE), {"due": _instant(ledger, due), "step": step})
        bare.append(_bare(ledger, engine, turns=5))
        started = time.perf_counter()
        while ledger.write_blocking(lambda tx: sweep(tx, now=NOW, most=CHUNK)) == CHUNK:
            pass
        swept.append((time.perf_counter() - started) * 1000)
    return median(swept), median(bare)


def _median_ms(call: Callable[[], object], turns: int) -> float:
    took = []
    for _ in range(turns):
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return median(took)
