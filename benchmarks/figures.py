"""The statistics of a period: what the figures of the newest tenth cost on a desk with a long past.

The desk of the boards' measure, its tickets spread over categories, channels and people; first responses count open
time, and one resolution in ten stood still for a while.
"""

import time

from sqlalchemy import text

from benchmarks.boards import PAST, fill
from benchmarks.ground import NOW, Figures, care_center
from benchmarks.sweeping import each_ledger
from reports.measures import names_of
from reports.periods import Days
from reports.statistics import statistics
from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger

SIZES = (100_000, 1_000_000)

_SPREAD = (
    """UPDATE tickets SET category = 'category-' || (number % 20), assignee = 'agent-' || (number % 11),
        channel = CASE number % 4 WHEN 0 THEN 'whatsapp' WHEN 1 THEN 'telegram' WHEN 2 THEN 'email' ELSE 'webchat' END""",
    "UPDATE clocks SET promise = '15m operating' WHERE kind = 'first_response'",
    "UPDATE clocks SET met_at = started_at + {microseconds}",
    """UPDATE clocks SET pauses = '[["2025-10-01T00:00:00+00:00","2026-10-01T00:00:00+00:00"]]'
        WHERE kind = 'resolution' AND ticket % 10 = 0""",
)
_LATER = "(ticket * 7919 % 100000) * 1000000"


def measure() -> Figures:
    for database, ledger in each_ledger():
        yield from _sizes(database, ledger)


def _sizes(database: str, ledger: Ledger) -> Figures:
    desk = care_center(ledger).now
    names = names_of(desk.desk, category_names={}, staff_names={})
    today, filled = NOW.date(), 0
    days = Days.of(today - PAST / 10, today, zone="Asia/Jakarta")
    for size in SIZES:
        fill(ledger, desk.slug, first=filled + 1, size=size)
        _spread(ledger)
        filled = size
        with ledger.reading() as session:
            clock, worked = time.perf_counter(), time.thread_time()
            found = statistics(session, desk=desk.slug, days=days, now=NOW, names=names)
            clock, worked = time.perf_counter() - clock, time.thread_time() - worked
        of = f"{found.tickets:,} of {size:,} tickets"
        yield f"{database}: the statistics of {of}", clock * 1000, "ms"
        yield f"{database}: of which this process works", worked * 1000, "ms"


def _spread(ledger: Ledger) -> None:
    engine = open_engine(ledger.url)
    later = f"make_interval(secs => {_LATER} / 1000000)" if ledger.is_postgres else _LATER
    with engine.begin() as connection:
        for statement in _SPREAD:
            connection.execute(text(statement.replace("{microseconds}", later)))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
