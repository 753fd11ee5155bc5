"""The supervisors' board: what its figures and indicators cost on a desk with a long past.

Each ticket has two clocks and four messages; all but the newest 3,000 tickets are closed, and one message in a hundred
did not arrive.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from statistics import median

from sqlalchemy import text

from benchmarks.ground import NOW, Figures, care_center
from benchmarks.sweeping import each_ledger
from reports.indicators import indicators
from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger
from tickets.ledger.types import EPOCH
from tickets.views.board import board

SIZES = (20_000, 200_000)
OPEN = 3_000
TURNS = 9
PAST = timedelta(days=365)

_IS_OPEN = "(i > :size - :open)"
_NUMBERS = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :size) SELECT i FROM n)",
    "postgresql": "(SELECT i FROM generate_series(CAST(:first AS bigint), CAST(:size AS bigint)) AS i)",
}
_STATUS = f"""CASE WHEN NOT {_IS_OPEN} THEN 'closed' WHEN i % 6 = 0 THEN 'new' WHEN i % 6 = 5 THEN 'solved'
    WHEN i % 6 = 4 THEN 'waiting' ELSE 'open' END"""
_FILL = (
    "INSERT INTO contacts (id, desk, created_at) SELECT i, :desk, {at} FROM {numbers} AS s",
    f"""INSERT INTO tickets (number, desk, account, channel, thread, contact, status, category, priority, revision,
            cycle, created_at, updated_at, solved_at)
        SELECT i, :desk, 'x', 'whatsapp', CAST(i AS text), i, {_STATUS},
            CASE WHEN {_IS_OPEN} AND i % 6 = 0 THEN NULL ELSE 'password' END, 0, 1, 1, {{at}}, {{at}},
            CASE WHEN {_IS_OPEN} AND i % 6 < 5 THEN NULL ELSE {{at}} END FROM {{numbers}} AS s""",
    *(
        f"""INSERT INTO clocks (ticket, kind, subject, cycle, desk, terms_of, revision, promise, started_at, due_at,
                warned_at, met_at, paused_at, breached_at, lapsed_at)
            SELECT i, '{kind}', '', 1, :desk, :desk, 1, '24h calendar', {{at}}, {{at}},
                CASE WHEN i % 4 = 0 THEN {{at}} END,
                CASE WHEN {_IS_OPEN} AND {runs} THEN NULL ELSE {{at}} END,
                CASE WHEN {_IS_OPEN} AND i % 6 = 4 THEN {{at}} END,
                CASE WHEN i % 8 = 0 THEN {{at}} END, CASE WHEN i % 8 = 0 THEN {{at}} END FROM {{numbers}} AS s"""
        for kind, runs in (("first_response", "i % 6 = 0"), ("resolution", "i % 6 < 5"))
    ),
    *(
        f"""INSERT INTO messages (id, at, desk, ticket, account, channel, direction, author, text, automatic, bounce,
                attempts, delivery)
            SELECT i * 4 + {place}, {{at}}, :desk, i, 'x', 'whatsapp', '{direction}', '{author}', 'lupa sandi', :no, :no,
                0, {delivery} FROM {{numbers}} AS s"""
        for place, direction, author, delivery in (
            (0, "in", "contact", "NULL"),
            (1, "out", "bot", "'delivered'"),
            (2, "in", "contact", "NULL"),
            (3, "out", "agent", "CASE WHEN i % 25 = 0 THEN 'failed' ELSE 'delivered' END"),
        )
    ),
)  # fmt: skip


def measure() -> Figures:
    for database, ledger in each_ledger():
        yield from _sizes(database, ledger)


def _sizes(database: str, ledger: Ledger) -> Figures:
    desk = care_center(ledger).now
    filled = 0
    for size in SIZES:
        fill(ledger, desk.slug, first=filled + 1, size=size)
        filled = size
        of = f"of {size:,} tickets"
        with ledger.reading() as session:
            yield f"{database}: the whole board {of}", _ms(
                partial(board, session, desk.slug, desk.desk.supervision, now=NOW)
            ), "ms"  # fmt: skip
            yield f"{database}: the month's indicators {of}", _ms(
                partial(indicators, session, desk=desk.slug, zone="Asia/Jakarta", now=NOW)
            ), "ms"  # fmt: skip


def fill(ledger: Ledger, desk: str, *, first: int, size: int) -> None:
    engine = open_engine(ledger.url)
    step = PAST / size
    if ledger.is_postgres:
        at = f"(timestamptz '{NOW.isoformat()}' - make_interval(secs => ({size} - i) * {step.total_seconds()}))"
    else:
        at = f"({(NOW - EPOCH) // timedelta(microseconds=1)} - ({size} - i) * {step // timedelta(microseconds=1)})"
    values = {"desk": desk, "first": first, "size": size, "open": OPEN, "no": False}
    with engine.begin() as connection:
        connection.execute(text("UPDATE tickets SET status = 'closed', category = 'password'"))
        connection.execute(text("UPDATE clocks SET met_at = started_at"))
        for statement in _FILL:
            filled = statement.replace("{at}", at).replace("{numbers}", _NUMBERS[engine.dialect.name])
            connection.execute(
                text(filled), {name: value for name, value in values.items() if f":{name}" in filled}
            )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def _ms(call: Callable[[], object]) -> float:
    took = []
    for _ in range(TURNS):
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return median(took)
