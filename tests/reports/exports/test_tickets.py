"""The ticket export: any days, whole or not at all, page by page."""

import csv
import io
import json
import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from reports.errors import ReportError
from reports.exports.asked import TICKETS, Asked
from reports.exports.writing import export
from reports.handed import Known
from reports.measures import names_of
from reports.rows import ticket_rows
from tests.reports.october import CATEGORIES, FORMULA, STAFF, tell_october

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def told(ledger):
    return tell_october(ledger, "Asia/Jakarta")


@pytest.fixture
def exports(told):
    def export_to(form, to, *, days=OCTOBER, **options):
        asked = Asked(what=TICKETS, first_on=days[0], last_on=days[1], format=form, **options)
        known = Known(category_names=CATEGORIES, staff_names=STAFF)
        with told.ledger.reading() as session:
            return export(session, asked, to, desk=told.desk, known=known, now=told.noon_after)

    return export_to


def test_an_export_holds_the_days_asked_for_both_included(exports, tmp_path):
    path = tmp_path / "tiket.csv"
    assert exports("csv", path, days=(date(2026, 10, 1), date(2026, 10, 5))) == 2
    with path.open(encoding="utf-8", newline="") as file:
        assert [row["number"] for row in csv.DictReader(file)] == ["2", "3"]


def test_all_forms_say_the_same_as_the_month(told, exports, tmp_path):
    stream = io.BytesIO()
    assert exports("jsonl", stream) == 6
    lines = [json.loads(line) for line in stream.getvalue().decode().splitlines()]
    assert [line["number"] for line in lines] == [row.number for row in told.rows()]
    assert [line["first_response_minutes"] for line in lines] == [10.0, 20.0, 10.0, None, None, None]
    assert lines[4]["subject"] == FORMULA  # only a spreadsheet would take it for a formula
    exports("csv", tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["resolution_minutes"] for row in table] == [
        "" if line["resolution_minutes"] is None else str(line["resolution_minutes"]) for line in lines
    ]
    exports("xlsx", tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Tiket"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [line["number"] for line in lines]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("page_size", [1, 2, 6, 7])
def test_pages_meet_without_a_gap_or_a_repeat(told, page_size):
    with told.ledger.reading() as session:
        paged = ticket_rows(
            session,
            desk=told.desk.slug,
            start_at=told.at("2026-10-01 00:00"),
            end_at=told.at("2026-11-01 00:00"),
            now=told.noon_after,
            names=names_of(told.desk, category_names=CATEGORIES, staff_names=STAFF),
            page_size=page_size,
        )
        assert list(paged) == told.rows()


def test_identities_are_masked_unless_asked_for(exports):
    masked, shown = io.BytesIO(), io.BytesIO()
    exports("jsonl", masked)
    exports("jsonl", shown, identities=True)
    assert b"13519001" not in masked.getvalue()
    assert b"13519001" in shown.getvalue()


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_nothing_to_export_is_a_file_of_none(exports, tmp_path, form):
    assert exports(form, tmp_path / "t", days=(date(2026, 1, 1), date(2026, 1, 2))) == 0
    assert (tmp_path / "t").exists()


def test_bad_questions_get_one_clear_line_and_leave_no_file(exports, tmp_path):
    with pytest.raises(ReportError, match="expected csv or xlsx or jsonl"):
        exports("pdf", tmp_path / "t")
    with pytest.raises(ReportError, match="is before"):
        exports("csv", tmp_path / "t", days=OCTOBER[::-1])
    with pytest.raises(ReportError, match="cannot be written"):
        exports("csv", tmp_path / "tidak-ada" / "t")
    assert not list(tmp_path.glob("*t"))


class Closed(io.BytesIO):
    """A reader who has gone away."""

    def write(self, data, /):
        raise BrokenPipeError(32, "Broken pipe")


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_a_reader_who_goes_away_ends_the_export_with_one_line(exports, form):
    with pytest.raises(ReportError, match="the export stopped: Broken pipe"):
        exports(form, Closed())


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_a_full_disk_ends_the_export_with_one_line(exports, form):
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(ReportError, match="the export stopped: No space left on device"),
    ):
        exports(form, full)


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_an_export_goes_through_a_pipe(exports, tmp_path, form):
    exports(form, tmp_path / "t.xlsx")
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as stream:
        assert exports(form, stream) == 6
    with os.fdopen(reading, "rb") as stream:
        piped = stream.read()
    if form != "xlsx":
        assert piped == (tmp_path / "t.xlsx").read_bytes()
        return
    there, here = (
        list(openpyxl.load_workbook(book)["Tiket"].values)
        for book in (io.BytesIO(piped), tmp_path / "t.xlsx")
    )
    assert there == here
