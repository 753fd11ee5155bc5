"""How the files of the golden month are read: each says its totals."""

from collections import Counter
from datetime import datetime, timedelta
from statistics import median

import openpyxl
import pytest

from reports.labels import Labels
from tests.reports.golden import COUNTED, KINDS, Kept, Totals

LABELS = Labels("id")


def of_lines(rows: list[dict]) -> Totals:
    """Count again what has one line a ticket: text of a table, or values of JSON."""
    return Totals(
        tickets=len(rows),
        finished=sum(row["status"] in ("solved", "closed") for row in rows),
        channels=Counter(row["channel"] for row in rows),
        categories=Counter(row["category_name"] or None for row in rows),
        agents=Counter(row["assignee_name"] or None for row in rows),
        days=Counter(datetime.fromisoformat(row["created_at"]).day for row in rows),
        promises={kind: _recounted(rows, kind) for kind in KINDS},
    )


def _recounted(rows: list[dict], kind: str) -> Kept:
    told = (row[f"{kind}_minutes"] for row in rows)
    times = [timedelta(minutes=float(one)) for one in told if one not in (None, "")]
    return Kept(
        met=sum(int(row[f"{kind}_in_time"]) for row in rows),
        breached=sum(int(row[f"{kind}_breaches"]) for row in rows),
        median=median(times) if times else None,
        p90=sorted(times)[-(-len(times) * 9 // 10) - 1] if times else None,
    )


def of_workbook(path) -> Totals:
    book = openpyxl.load_workbook(path)
    front = {row[0]: row[1:] for row in book[LABELS("sheet.summary")].iter_rows(values_only=True) if row[0]}
    channels, categories, agents, days = (
        [row[:4] for row in book[LABELS(f"sheet.{sheet}")].iter_rows(min_row=2, values_only=True)]
        for sheet in ("channels", "categories", "agents", "days")
    )
    keys = {LABELS.word(channel): channel for channel in COUNTED.channels}
    nameless = {LABELS("no_category"), LABELS("nobody")}
    return Totals(
        tickets=front[LABELS("tickets_in")][0],
        finished=sum(row[2] for row in channels),
        channels={keys[row[0]]: row[1] for row in channels},
        categories={None if row[0] in nameless else row[0]: row[1] for row in categories},
        agents={None if row[0] in nameless else row[0]: row[1] for row in agents},
        days={row[0].day: row[2] for row in days if row[2]},
        promises={kind: _of_front_page(front[LABELS(kind)]) for kind in KINDS},
    )


def _of_front_page(cells) -> Kept:
    share, met, breached, _running, _ended, median, p90 = cells[:7]
    assert share == pytest.approx(met / (met + breached))
    # A sheet keeps lengths as parts of a day, and has a dash where there is none.
    median, p90 = (
        None if one == "–" else timedelta(seconds=round(one.total_seconds())) for one in (median, p90)
    )
    return Kept(met=met, breached=breached, median=median, p90=p90)
