"""The sweep: with nothing due its cost must not follow how many clocks are open."""

import time
from datetime import timedelta

from benchmarks.ground import NOW, care_center, fresh_ledger
from tickets.ledger.prepared import inserting
from tickets.sweep import sweep
from tickets.tables import Clock

SIZES = (10_000, 100_000)
TURNS = 200
_INSERT = inserting(Clock)


def measure():
    with fresh_ledger() as ledger:
        desk = care_center(ledger).now
        before = 0
        for size in SIZES:
            due = NOW + timedelta(days=1)
            rows = [
                {
                    "ticket": number, "kind": "resolution", "cycle": 1, "desk": desk.slug, "terms_of": desk.slug,
                    "revision": desk.revision, "promise": "24h calendar",
                    "started_at": NOW, "due_at": due, "acts_at": due,
                }
                for number in range(before + 1, size + 1)
            ]  # fmt: skip
            ledger.write_blocking(lambda tx, rows=rows: tx.run_many(_INSERT, rows))
            before = size
            started = time.perf_counter()
            for _ in range(TURNS):
                ledger.write_blocking(lambda tx: sweep(tx, now=NOW))
            milliseconds = (time.perf_counter() - started) / TURNS * 1000
            yield f"sweep: nothing due of {size:,} open clocks", milliseconds, "ms"
