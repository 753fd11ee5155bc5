"""Whoever tells of the month says what was counted by hand (`golden.py`), in every zone of the country."""

import csv
import io
import json
from collections import Counter
from datetime import datetime, timedelta

import openpyxl
import pytest

from reports.exports import asked as asked_for
from reports.exports.writing import export
from reports.findings.facts import facts_of
from reports.handed import Known
from reports.labels import Labels
from reports.measures import Attainment, MonthReport, middle, names_of, ninetieth
from reports.month_paper.sheets import month_sheets
from reports.monthly import Asked, handed_month, write_month
from reports.paper.blocks import Table
from reports.periods import Days
from reports.rows import Outcome, TicketRow
from reports.statistics import Statistics, statistics
from tests.reports.golden import (
    BREACHES,
    BY_HAND,
    COUNTED,
    FIRST_ON,
    LAST_ON,
    STATUSES,
    Kept,
    Totals,
    made_at,
    tell_golden_month,
)
from tests.reports.october import CATEGORIES, STAFF

KINDS = ("first_response", "resolution")
LABELS = Labels("id")


@pytest.fixture(params=["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def told(ledger, request):
    return tell_golden_month(ledger, request.param)


def test_the_screen_and_every_file_say_what_was_counted_by_hand(told, tmp_path):
    report = told.report(now=made_at(told))
    assert by_ticket(told, report) == lines(BY_HAND)
    assert of_figures(report, days=report.days) == COUNTED
    assert report.statuses == STATUSES
    assert (report.left_out.spam, report.left_out.merged) == (1, 1)
    assert (report.reopened, report.messages_in, report.messages_out) == (1, 14, 12)
    assert [
        (one.ticket.number, one.promise.kind, one.promise.late, one.held_by_name) for one in report.breaches
    ] == BREACHES
    found = screened(told)
    assert of_figures(found, days=found.by_day) == COUNTED
    assert of_workbook(written(told, "xlsx", tmp_path)) == COUNTED
    assert on_paper(told) >= told_on_paper(COUNTED)
    text = written(told, "csv", tmp_path).read_text(encoding="utf-8")
    assert of_lines(list(csv.DictReader(io.StringIO(text, newline="")))) == COUNTED
    assert of_lines([json.loads(line) for line in exported(told)]) == COUNTED
    for month, number in (("2026-09", 1), ("2026-11", 17)):  # what is at its ends is in those beside it
        assert [row.number for row in told.report(month, now=made_at(told)).rows] == [number]
    told.sweep(made_at(told))
    assert told.report(now=made_at(told)).promises == report.promises


# -- how each of them is read ------------------------------------------------------------------------------------------


def lines(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")][:-1] for line in text.strip().splitlines()]


def by_ticket(told, report: MonthReport) -> list[list[str]]:
    return [
        [
            str(row.number),
            f"{row.created_at.astimezone(told.desk.calendar.tz):%Y-%m-%d %H:%M}",
            row.channel,
            row.category or "-",
            row.status,
            *(rounds(row, kind) for kind in KINDS),
        ]
        for row in report.rows
    ]


def rounds(row: TicketRow, kind: str) -> str:
    said = []
    for promise in row.promises:
        if promise.kind == kind:
            minutes = None if promise.took is None else promise.took // timedelta(minutes=1)
            length = "-" if minutes is None else f"{minutes // 60}:{minutes % 60:02}"
            said.append(length + "!" * (promise.outcome is Outcome.BREACHED))
    return " / ".join(said)


def kept(one: Attainment) -> Kept:
    return Kept(met=one.met, breached=one.breached, median=one.median, p90=one.p90)


def of_figures(found: MonthReport | Statistics, *, days) -> Totals:
    return Totals(
        tickets=found.tickets,
        finished=sum(each.finished for each in found.channels),
        channels={each.key: each.tickets for each in found.channels},
        categories={each.name: each.tickets for each in found.categories},
        agents={each.name: each.tickets for each in found.agents},
        days={each.on.day: each.tickets for each in days if each.tickets},
        promises={kind: kept(found.promise(kind)) for kind in KINDS},
    )


def screened(told) -> Statistics:
    names = names_of(told.desk, category_names=CATEGORIES, staff_names=STAFF)
    days = Days.of(FIRST_ON, LAST_ON, zone=told.zone)
    with told.ledger.reading() as session:
        return statistics(session, desk=told.desk.slug, days=days, now=made_at(told), names=names)


def written(told, form, folder):
    path = folder / f"laporan.{form}"
    with told.ledger.reading() as session:
        asked, known = (
            Asked(month="2026-10", format=form),
            Known(category_names=CATEGORIES, staff_names=STAFF),
        )
        write_month(session, asked, path, desk=told.desk, now=made_at(told), known=known)
    return path


def on_paper(told) -> set[tuple[str, ...]]:
    """Return the beginnings of the rows of all tables on paper: what it is, and two figures of it."""
    known = Known(category_names=CATEGORIES, staff_names=STAFF)
    with told.ledger.reading() as session:
        asked = Asked(month="2026-10")
        found = handed_month(session, asked, desk=told.desk, now=made_at(told), known=known)
        made = month_sheets(facts_of(session, found, now=made_at(told)))
    return {
        row[:2] if row[1].isdecimal() else row[2:4]
        for block in made.blocks
        if isinstance(block, Table)
        for row in block.rows
    }


def told_on_paper(counted: Totals) -> set[tuple[str, ...]]:
    groups = [
        *((LABELS.word(key), many) for key, many in counted.channels.items()),
        *((name or LABELS("no_category"), many) for name, many in counted.categories.items()),
        *((name or LABELS("nobody"), many) for name, many in counted.agents.items()),
    ]
    promises = {(str(one.met), str(one.breached)) for one in counted.promises.values()}
    return {(name, str(many)) for name, many in groups} | promises


def exported(told) -> list[str]:
    stream = io.BytesIO()
    with told.ledger.reading() as session:
        asked = asked_for.Asked(what=asked_for.TICKETS, first_on=FIRST_ON, last_on=LAST_ON, format="jsonl")
        known = Known(category_names=CATEGORIES, staff_names=STAFF)
        export(session, asked, stream, desk=told.desk, known=known, now=made_at(told))
    return stream.getvalue().decode().splitlines()


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
        median=middle(times),
        p90=ninetieth(times),
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
    # A sheet keeps lengths as parts of a day.
    median, p90 = (timedelta(seconds=round(one.total_seconds())) for one in (median, p90))
    return Kept(met=met, breached=breached, median=median, p90=p90)
