"""The figures of a procedure over a hundred thousand cases of ten steps each, a year's and a month's of them: with the length that each
turn keeps as it ends, and counted when asked, as for turns that ended before lengths were kept.

Every step has a standard and a clock; one in ten is late, and one case in ten is still open.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from statistics import median
from typing import Any

from sqlalchemy import text

from benchmarks.ground import NOW, Figures, care_center
from benchmarks.sweeping import each_ledger
from procedures.definition.procedure import DONE, End, Outcome, Procedure, Role, Step
from procedures.definition.times import Standard
from reports.periods import Days
from reports.procedures import ProcedureFigures, procedure_figures
from tickets.desk import DeskNow
from tickets.hours import Span
from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger
from tickets.ledger.types import EPOCH

CASES, STEPS = 100_000, 10
TURNS = 3
_STANDARD = Standard(within=Span.parse("2h"))
PROCEDURE = Procedure(
    id="layanan", name="Layanan", roles=(Role(id="staf", name="Staf"),), form=(), ends=(End(id="selesai", name="Selesai"),),
    steps=tuple(
        Step(
            id=f"s{at}", number=str(at), does="Mengerjakan", role="staf", standard=_STANDARD,
            outcomes=(Outcome(id=DONE, label={}, to=(f"s{at + 1}" if at < STEPS else "selesai",)),),
        )
        for at in range(1, STEPS + 1)
    ),
)  # fmt: skip
_NUMBERS = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :cases) SELECT i FROM n)",
    "postgresql": "(SELECT i FROM generate_series(1, CAST(:cases AS bigint)) AS i)",
}
_AFTER = {"sqlite": "({at} + {seconds} * 1000000)", "postgresql": "({at} + {seconds} * interval '1 second')"}
_STEPS = "(" + " UNION ALL ".join(f"SELECT {at} AS s" for at in range(1, STEPS + 1)) + ")"


def measure() -> Figures:
    for database, ledger in each_ledger():
        desk = care_center(ledger).now
        _fill(ledger, desk=desk.slug, revision=desk.revision)
        yield from _figures(f"{database}, lengths kept", ledger, desk)
        _run(ledger, "UPDATE case_turns SET took = NULL, late = NULL")
        yield from _figures(f"{database}, lengths counted when asked", ledger, desk)


def _figures(name: str, ledger: Ledger, desk: DeskNow) -> Figures:
    today = NOW.date()
    for period, days in (("a year", 364), ("a month", 29)):
        asked = Days.of(today - timedelta(days=days), today, zone=desk.desk.calendar.zone)
        with ledger.reading() as session:
            ask = partial(procedure_figures, session, PROCEDURE, desk=desk.slug, days=asked, now=NOW)
            (took, work), found = _timed(ask)
        what = f"{name}: figures of {period}, {found.cases:,} cases of {STEPS} steps"
        yield what, took, "ms"
        yield f"{what}, our own processor time", work, "ms"


def _timed(ask: Callable[[], ProcedureFigures]) -> tuple[tuple[float, float], ProcedureFigures]:
    times = []
    for _ in range(TURNS):
        started, worked = time.perf_counter(), time.process_time()
        found = ask()
        times.append((time.perf_counter() - started, time.process_time() - worked))
    waited, work = (median(each) * 1000 for each in zip(*times, strict=True))
    return (waited, work), found


def _fill(ledger: Ledger, **values: Any) -> None:
    kind = "postgresql" if ledger.is_postgres else "sqlite"
    start = NOW - timedelta(days=364)
    begun = _AFTER[kind].format(at=":start", seconds="CAST(i * 314 AS bigint)")
    step_at = _AFTER[kind].format(at=begun, seconds="(s * 3600)")
    over_at = _AFTER[kind].format(
        at=begun, seconds="(s * 3600 + CASE WHEN i % 10 = s THEN 9000 ELSE 1200 END)"
    )
    due_at = _AFTER[kind].format(at=begun, seconds="(s * 3600 + 7200)")
    numbers, is_open = _NUMBERS[kind], f"i % 10 = 0 AND s = {STEPS}"
    statements = (
        f"""INSERT INTO cases (id, desk, ticket, procedure, revision, ended, begun_by, begun_at, ended_at)
            SELECT i, :desk, i, 'layanan', :revision, CASE WHEN i % 10 = 0 THEN NULL ELSE 'selesai' END, 'staff:x',
            {begun}, CASE WHEN i % 10 = 0 THEN NULL ELSE {begun} END FROM {numbers} AS n""",
        f"""INSERT INTO case_turns ("case", step, round, place, begun_at, ended_at, outcome, took, late)
            SELECT i, 's' || s, 1, s, {step_at}, CASE WHEN {is_open} THEN NULL ELSE {over_at} END,
            CASE WHEN {is_open} THEN NULL ELSE 'done' END, CASE WHEN {is_open} THEN NULL WHEN i % 10 = s THEN 9000000000 ELSE 1200000000 END,
            CASE WHEN i % 10 = s THEN 1800000000 END FROM {numbers} AS n CROSS JOIN {_STEPS} AS t""",
        f"""INSERT INTO clocks (ticket, kind, subject, cycle, desk, terms_of, revision, promise, started_at, due_at)
            SELECT i, 'step', i || '/s' || s, 1, :desk, :desk, :revision, '2h operating', {step_at}, {due_at}
            FROM {numbers} AS n CROSS JOIN {_STEPS} AS t""",
    )  # fmt: skip
    at = start if ledger.is_postgres else (start - EPOCH) // timedelta(microseconds=1)
    _run(ledger, *statements, "ANALYZE", start=at, cases=CASES, **values)


def _run(ledger: Ledger, *statements: str, **values: Any) -> None:
    engine = open_engine(ledger.url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(
                text(statement), {name: each for name, each in values.items() if f":{name}" in statement}
            )
    engine.dispose()
