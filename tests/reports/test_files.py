"""The month as files: what the screen says, the workbook and the table say, and nothing in them is a formula."""

import csv
import io
import json
import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from reports.errors import ReportError
from reports.handed import Known
from reports.monthly import Asked, write_month
from reports.part import Part
from reports.table import write_lines
from tests.reports.october import CATEGORIES, FORMULA, STAFF, tell_october

SHEETS = [
    "Ringkasan", "Kategori", "Kanal", "Petugas", "Harian", "Pelanggaran", "Tanpa kategori", "Tiket",
]  # fmt: skip


@pytest.fixture
def told(ledger):
    return tell_october(ledger, "Asia/Jakarta")


@pytest.fixture
def writes(told, tmp_path):
    def write(form, *, month="2026-10", path=None, **options):
        path = path or tmp_path / f"laporan.{form}"
        asked = Asked(month=month, format=form, **options)
        known = Known(category_names=CATEGORIES, staff_names=STAFF)
        with told.ledger.reading() as session:
            found = write_month(session, asked, path, desk=told.desk, now=told.noon_after, known=known)
        return found.report, path

    return write


def table_of(sheet):
    """Return a sheet's rows as dictionaries by heading."""
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def local(told, at):
    return None if at is None else at.astimezone(told.desk.calendar.tz).replace(tzinfo=None)


def whole_seconds(length):
    return None if length is None else timedelta(seconds=round(length.total_seconds()))


def test_the_workbook_says_what_the_screen_says(told, writes):
    report, path = writes("xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == SHEETS
    tickets = table_of(book["Tiket"])
    assert [row["Nomor"] for row in tickets] == [2, 3, 4, 5, 6, 7]
    for said, row in zip(tickets, told.rows(), strict=True):
        first, resolution = row.of("first_response")[0], row.of("resolution")[0]
        assert said["Dibuat"] == local(told, row.created_at)
        assert said["Respons pertama: batas"] == local(told, first.due_at)
        assert said["Respons pertama: dipenuhi"] == local(told, first.met_at)
        assert whole_seconds(said["Respons pertama: lama"]) == first.took
        assert whole_seconds(said["Penyelesaian: lama"]) == resolution.took
        assert said["Penyelesaian: dilanggar"] == local(told, resolution.breached_at)
    categories = table_of(book["Kategori"])
    assert [(row["Kategori"], row["Tiket"]) for row in categories] == [
        ("Lupa kata sandi", 3),
        ("Tanpa kategori", 2),
        ("Tidak bisa masuk", 1),
    ]
    assert [row["Respons pertama: ketercapaian"] for row in categories] == [1.0, 0.0, 0.0]
    assert [row["Tiket"] for row in table_of(book["Harian"])] == [day.tickets for day in report.days]
    assert [
        (row["Nomor"], whole_seconds(row["Terlambat selama"])) for row in table_of(book["Pelanggaran"])
    ] == [(breach.ticket.number, breach.promise.late) for breach in report.breaches]
    assert [row["Nomor"] for row in table_of(book["Tanpa kategori"])] == [5, 7]
    told_why = table_of(book["Pelanggaran"])[0]["Penjelasan"]
    assert "15 menit" in told_why
    assert "kemarin" not in told_why  # whoever reads it later knows no yesterday
    assert book["Pelanggaran"].row_dimensions[2].height > 6 * 13.5  # every line of it is seen


def test_the_front_page_carries_the_headline_figures(told, writes):
    report, path = writes("xlsx")
    front = list(openpyxl.load_workbook(path)["Ringkasan"].iter_rows(values_only=True))
    promises = {row[0]: row[1:8] for row in front if row[0] in ("Respons pertama", "Penyelesaian")}
    for kind, label in (("first_response", "Respons pertama"), ("resolution", "Penyelesaian")):
        figures = report.promise(kind)
        share, met, breached, running, ended, median, p90 = promises[label]
        assert (share, met, breached, running, ended) == (
            pytest.approx(figures.share), figures.met, figures.breached, figures.running, figures.ended,
        )  # fmt: skip
        assert (whole_seconds(median), whole_seconds(p90)) == (figures.median, figures.p90)
    assert next(row[1] for row in front if row[0] == "Tiket masuk") == 6


def test_the_table_says_what_the_workbook_says(told, writes):
    _, path = writes("csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    _, book_path = writes("xlsx")
    tickets = table_of(openpyxl.load_workbook(book_path)["Tiket"])
    for line, row in zip(rows, tickets, strict=True):
        assert int(line["number"]) == row["Nomor"]
        assert line["category_name"] == (row["Kategori"] or "")
        for key, heading in (("created_at", "Dibuat"), ("resolution_met_at", "Penyelesaian: dipenuhi")):
            told_at = datetime.fromisoformat(line[key]).replace(tzinfo=None) if line[key] else None
            assert told_at == row[heading]
        for key, heading in (
            ("first_response_minutes", "Respons pertama: lama"),
            ("resolution_minutes", "Penyelesaian: lama"),
        ):
            minutes = timedelta(minutes=float(line[key])) if line[key] else None
            assert minutes == whole_seconds(row[heading])
        assert int(line["resolution_breaches"]) == row["Penyelesaian: terlambat"]
    assert rows[0]["created_at"] == "2026-10-01T00:00:00+07:00"
    assert sum(int(line["first_response_in_time"]) for line in rows) == 3
    assert sum(int(line["first_response_breaches"]) for line in rows) == 2


def test_what_a_message_says_is_never_a_formula_or_a_link(told, writes):
    _, path = writes("xlsx")
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
    assert FORMULA in [row["Perihal"] for row in table_of(openpyxl.load_workbook(path)["Tiket"])]
    _, table = writes("csv")
    with table.open(encoding="utf-8", newline="") as file:
        fitri = next(row for row in csv.DictReader(file) if row["number"] == "6")
    assert fitri["subject"] == f"'{FORMULA}"
    assert fitri["contact"] == "'@Fitri"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_nor_is_it_one_in_a_table_that_a_spreadsheet_of_another_country_separates_otherwise(separator):
    """Where commas are decimal, a double click has a table of commas separated at semicolons."""
    begins = ("=1+1", "@SUM(1)", "+1", "-1", "＝1+1", "\t=1+1", "\r=1+1", '"=1+1')
    said = [
        f"{before}{each}"
        for each in begins
        for before in ("", "Halo;", "Halo\n", 'Halo;"', "Halo\t", "Halo\r\n")
    ]
    table = io.StringIO(newline="")
    write_lines([{"subject": each, "contact": "Ana"} for each in said], ("subject", "contact"), "csv", table)
    rows = csv.reader(io.StringIO(table.getvalue(), newline=""), delimiter=separator)
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@＝"))] == []
    kept = [each.replace("'", "") for each in table.getvalue().splitlines()]
    assert "Halo;=1+1,Ana" in kept  # it stands there, as words


def test_tables_are_real_and_headers_stay(writes):
    _, path = writes("xlsx")
    book = openpyxl.load_workbook(path)
    for name in SHEETS[1:]:
        assert book[name].tables, name
        assert book[name].freeze_panes == "B2"
        assert book[name].print_title_rows == "$1:$1"


def test_the_front_page_puts_the_month_beside_the_earlier_ones(writes):
    _, path = writes("xlsx")
    front = [row[:4] for row in openpyxl.load_workbook(path)["Ringkasan"].iter_rows(values_only=True)]
    at = next(place for place, row in enumerate(front) if row[0] == "Perbandingan")
    assert front[at + 2] == ("", "Oktober 2026", "September 2026", "Oktober 2025")
    assert front[at + 3] == ("Tiket masuk", 6, 1, "–")
    assert front[at + 5] == ("Respons pertama: ketercapaian", pytest.approx(0.6), 0.0, "–")


def test_a_part_of_the_month_is_that_part_in_every_form(writes):
    report, path = writes("xlsx", part=Part(category="login"))
    assert report.tickets == 1
    book = openpyxl.load_workbook(path)
    assert book["Ringkasan"]["A2"].value == f"{report.desk_name} · Kategori: Tidak bisa masuk"
    assert [row["Nomor"] for row in table_of(book["Tiket"])] == [3]
    _, lines = writes("jsonl", part=Part(category="password"))
    assert [json.loads(line)["number"] for line in lines.read_text(encoding="utf-8").splitlines()] == [
        2,
        4,
        6,
    ]
    with pytest.raises(ReportError, match='the desk has no team "tak-ada"'):
        writes("csv", part=Part(team="tak-ada"))


def test_a_month_without_tickets_is_a_proper_workbook_that_says_so(writes):
    _, path = writes("xlsx", month="2026-08")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == SHEETS
    assert any(row[0] == "Tidak ada tiket yang masuk pada bulan ini." for row in book["Ringkasan"].values)
    _, table = writes("csv", month="2026-08")
    assert len(table.read_text(encoding="utf-8").splitlines()) == 1


def test_an_english_desk_gets_english_sheets(told, writes, tmp_path):
    told.desk = replace(told.desk, language="en")
    _, path = writes("xlsx")
    assert openpyxl.load_workbook(path).sheetnames == [
        "Summary", "Categories", "Channels", "Agents", "Days", "Breaches", "Uncategorised", "Tickets",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "month", "says"),
    [
        ("docx", "2026-10", "expected xlsx or pdf"),
        ("csv", "2026-12", "has not begun yet"),
        ("csv", "Oktober", "expected YYYY-MM"),
    ],
)
def test_what_cannot_be_reported_is_one_clear_line_and_no_file(writes, tmp_path, form, month, says):
    with pytest.raises(ReportError, match=says) as refused:
        writes(form, month=month, path=tmp_path / "laporan")
    assert "\n" not in str(refused.value)
    assert not list(tmp_path.glob("*laporan*"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_place_that_cannot_be_written_is_one_clear_line_and_no_file(writes, tmp_path, form):
    for path in (tmp_path / "tidak-ada" / "laporan", tmp_path):
        with pytest.raises(ReportError, match="cannot be written"):
            writes(form, path=path)
    assert not list(tmp_path.glob(".*part"))


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_leaves_the_old_report_as_it_was(writes, tmp_path, form):
    path = tmp_path / "laporan"
    path.write_text("yang lama")
    # The file beside it is a full disk.
    part = tmp_path / f".laporan.{os.getpid()}.part"
    part.symlink_to("/dev/full")
    with pytest.raises(ReportError, match="cannot be written"):
        writes(form, path=path)
    assert path.read_text() == "yang lama"
