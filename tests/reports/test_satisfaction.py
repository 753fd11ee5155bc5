"""The month's satisfaction: counted by hand, and the same in report, workbook and export."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from reports.errors import ReportError
from reports.handed import Known
from reports.measures import month_report
from reports.monthly import Asked, write_month
from reports.periods import Month
from reports.survey_export import export_surveys
from tests.reports.october import CATEGORIES, FORMULA, STAFF
from tests.reports.surveyed_october import tell_surveyed_october


@pytest.fixture
def told(ledger):
    return tell_surveyed_october(ledger)


@pytest.fixture
def report(told):
    with told.ledger.reading() as session:
        return month_report(
            session,
            desk=told.desk,
            month=Month.parse("2026-10", zone=told.zone, now=told.noon_after),
            now=told.noon_after,
            category_names=CATEGORIES,
            staff_names=STAFF,
        )


def test_the_month_s_satisfaction_is_that_counted_by_hand(report):
    found = report.surveys
    assert (found.asked, found.withheld, found.answered, found.share) == (3, 1, 2, 2 / 3)
    assert (found.mean, found.satisfied) == (Decimal("3.50"), 0.5)
    assert (found.low, found.waiting) == (1, 1)
    assert dict(found.counts) == {5: 1, 4: 0, 3: 0, 2: 1, 1: 0}
    assert [row.ticket for row in found.answers] == [3, 2]


def test_the_index_is_that_of_the_year(report):
    public = report.public_service
    assert (public.period, public.invited, public.index.answers) == ("2026", 2, 1)
    assert (str(public.index.index), public.index.grade) == ("83.33", "B")


def test_the_workbook_says_the_same(told, tmp_path):
    path = tmp_path / "oktober.xlsx"
    with told.ledger.reading() as session:
        write_month(
            session, Asked(month="2026-10"), path, desk=told.desk, now=told.noon_after,
            known=Known(category_names=CATEGORIES, staff_names=STAFF),
        )  # fmt: skip
    book = openpyxl.load_workbook(path)
    front = {row[0]: row[1] for row in book["Ringkasan"].iter_rows(values_only=True) if row[0]}
    assert (front["Rata-rata nilai"], front["Puas"], front["Nilai rendah"]) == (3.5, 0.5, 1)
    assert front["Indeks kepuasan masyarakat"] == 83.33
    header, first, second = book["Survei"].iter_rows(values_only=True)
    assert [first[header.index(name)] for name in ("Nomor", "Nilai", "Komentar", "Tindak lanjut")] == [
        3, 2, FORMULA, "menunggu",
    ]  # fmt: skip
    assert book["Survei"].cell(2, header.index("Komentar") + 1).data_type == "s"
    assert second[header.index("Nilai")] == 5
    elements = dict(row[:2] for row in book["Survei kepuasan masyarakat"].iter_rows(values_only=True))
    assert (elements["Persyaratan"], elements["Pengaduan, saran, dan masukan"]) == (4, 2)


def test_the_export_has_one_harmless_row_a_question(told):
    def exported(form):
        stream = io.BytesIO()
        with told.ledger.reading() as session:
            count = export_surveys(
                session, desk=told.desk, first_on=date(2026, 10, 1), last_on=date(2026, 10, 31), format=form, to=stream,
                category_names=CATEGORIES, staff_names=STAFF,
            )  # fmt: skip
        assert count == 4
        return stream.getvalue().decode()

    rows = list(csv.DictReader(io.StringIO(exported("csv"))))
    assert [(row["ticket"], row["score"], row["withheld"]) for row in rows] == [
        ("2", "5", ""), ("3", "2", ""), ("4", "", ""), ("6", "", "window"),
    ]  # fmt: skip
    assert rows[1]["comment"] == f"'{FORMULA}"
    assert rows[0]["asked_at"] == "2026-10-01T09:00:00+07:00"
    assert rows[0]["category_name"] == CATEGORIES["password"]
    lines = [json.loads(line) for line in exported("jsonl").splitlines()]
    assert lines[1]["comment"] == FORMULA


def test_days_in_the_wrong_order_are_refused(told):
    with told.ledger.reading() as session, pytest.raises(ReportError, match="is before"):
        export_surveys(
            session, desk=told.desk, first_on=date(2026, 10, 2), last_on=date(2026, 10, 1), format="csv",
            to=io.BytesIO(), category_names={}, staff_names={},
        )  # fmt: skip
