"""Whoever tells of the month says what was counted by hand (`golden.py`), in every zone of the country."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import timedelta

import pytest

from reports.exports import asked as asked_for
from reports.exports.writing import export
from reports.figures import Attainment
from reports.filed.closing import figures_of
from reports.handed import Known
from reports.measures import MonthReport, names_of
from reports.month_paper.sheets import month_sheets
from reports.monthly import Asked, facts_of_month, write_month
from reports.paper.blocks import Table
from reports.part import WHOLE
from reports.periods import Days
from reports.reckoning import Outcome
from reports.rows import TicketRow
from reports.statistics import Statistics, statistics
from tests.reports.golden import (
    BREACHES,
    BY_HAND,
    COUNTED,
    FIGURES,
    FIRST_ON,
    KINDS,
    LAST_ON,
    PARTS,
    STATUSES,
    Kept,
    Totals,
    made_at,
    tell_golden_month,
)
from tests.reports.golden_files import LABELS, of_lines, of_workbook
from tests.reports.october import CATEGORIES, STAFF


@pytest.fixture(params=["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def told(ledger, request):
    return tell_golden_month(ledger, request.param)


def test_the_screen_and_every_file_say_what_was_counted_by_hand(told, tmp_path):
    report = told.report(now=made_at(told))
    assert by_ticket(told, told.rows(now=made_at(told))) == lines(BY_HAND)
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
    assert figures_of(report) == FIGURES  # what is kept of it when it is closed
    for part, counted in PARTS:
        assert of_workbook(written(told, "xlsx", tmp_path, part=part)) == counted
        text = written(told, "jsonl", tmp_path, part=part).read_text(encoding="utf-8")
        assert of_lines([json.loads(line) for line in text.splitlines()]) == counted
    for month, number in (("2026-09", 1), ("2026-11", 17)):  # what is at its ends is in those beside it
        assert [row.number for row in told.rows(month, now=made_at(told))] == [number]
    told.sweep(made_at(told))
    assert told.report(now=made_at(told)).promises == report.promises


# -- how each of them is read ------------------------------------------------------------------------------------------


def lines(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")][:-1] for line in text.strip().splitlines()]


def by_ticket(told, rows: Sequence[TicketRow]) -> list[list[str]]:
    return [
        [
            str(row.number),
            f"{row.created_at.astimezone(told.desk.calendar.tz):%Y-%m-%d %H:%M}",
            row.channel,
            row.category or "-",
            row.status,
            *(rounds(row, kind) for kind in KINDS),
        ]
        for row in rows
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


def written(told, form, folder, *, part=WHOLE):
    path = folder / f"laporan.{form}"
    with told.ledger.reading() as session:
        asked, known = (
            Asked(month="2026-10", format=form, part=part),
            Known(category_names=CATEGORIES, staff_names=STAFF),
        )
        write_month(session, asked, path, desk=told.desk, now=made_at(told), known=known)
    return path


def on_paper(told) -> set[tuple[str, ...]]:
    """Return the beginnings of the rows of all tables on paper: what it is, and two figures of it."""
    known = Known(category_names=CATEGORIES, staff_names=STAFF)
    with told.ledger.reading() as session:
        asked = Asked(month="2026-10")
        made = month_sheets(facts_of_month(session, asked, desk=told.desk, now=made_at(told), known=known))
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
