"""The month on paper says the figures counted by hand (see `october.py`), in both languages, and what it says of none."""

import shutil
import subprocess
from dataclasses import replace

import pytest

from reports.handed import Known
from reports.month_paper.sheets import month_sheets
from reports.monthly import Asked, facts_of_month, write_month
from reports.months import months_until
from reports.paper.blocks import Figures, Paragraph, Points, Table
from reports.periods import Days
from reports.rows import Names
from reports.statistics import statistics
from tests.reports.october import CATEGORIES, STAFF, tell_october
from tests.tickets.desks import BUDI
from tickets import inbound
from tickets.actions import handling
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.desk import DeskNow

KNOWN = Known(category_names=CATEGORIES, staff_names=STAFF)


@pytest.fixture
def told(ledger):
    return tell_october(ledger, "Asia/Jakarta")


def facts(told, month="2026-10", language="id"):
    with told.ledger.reading() as session:
        return facts_of_month(
            session, Asked(month=month, language=language), desk=told.desk, now=told.noon_after, known=KNOWN
        )


def sheets(told, month="2026-10", language="id"):
    return month_sheets(facts(told, month, language))


def figures(made):
    return [
        (each.label, each.value, *each.notes)
        for block in made.blocks
        if isinstance(block, Figures)
        for each in block.figures
    ]


def rows(made):
    return [row for block in made.blocks if isinstance(block, Table) for row in block.rows]


def paragraphs(made):
    return [block.text for block in made.blocks if isinstance(block, Paragraph)]


def test_the_first_page_says_the_key_figures_and_how_they_stand(told):
    assert figures(sheets(told)) == [
        ("Tiket masuk", "6", "Spam (tidak dihitung): 0", "Digabung (tidak dihitung): 0"),
        (
            "Respons pertama tepat waktu",
            "60%",
            "3 dari 5 yang jatuh tempo",
            "Janji: 15 menit, dalam jam kerja",
            "Median 10 menit",
        ),
        (
            "Penyelesaian tepat waktu",
            "66,7%",
            "4 dari 6 yang jatuh tempo",
            "Janji: 24 jam",
            "Median 15 jam 45 menit",
        ),
        ("Selesai", "4", "66,7% dari semua tiket", "Dibuka kembali: 1"),
        ("Kepuasan (dari 5)", "–", "0 jawaban dari 0 yang ditanya"),
        ("Tanpa kategori", "2", "33,3% dari semua tiket", "Pesan belum dapat diproses: 0"),
    ]
    assert figures(sheets(told, language="en"))[1][1:3] == ("60%", "3 of 5 that came due")


def test_tables_say_what_the_workbook_says(told):
    made = rows(sheets(told))
    assert (
        "Respons pertama (15 menit, dalam jam kerja)",
        "60%",
        "3",
        "2",
        "1",
        "1",
        "10 mnt",
        "20 mnt",
    ) in made
    assert ("Lupa kata sandi", "3", "3", "100%", "10 mnt", "75%", "9 jam") in made
    assert ("Budi", "3", "3", "4", "75%", "10 mnt", "75%", "22 jam 30 mnt") in made
    assert (
        "#3", "Akun terkunci", "Respons pertama", "5 Okt 2026 09.15 / 5 Okt 2026 09.20", "5 mnt", "Budi", "–",
    ) in made  # fmt: skip
    assert (
        "#4", "Tolong, saya tidak bisa masuk", "Penyelesaian", "10 Okt 2026 15.55 / 12 Okt 2026 10.00", "42 jam 5 mnt",
        "Belum ada petugas", "belum ada petugas",
    ) in made  # fmt: skip


def test_no_identity_number_stands_on_it(told):
    report = told.report()
    subject = "Saya Ana, NIM 13519001, tidak bisa masuk"
    late = [replace(each, ticket=each.ticket._replace(subject=subject)) for each in report.breaches]
    found = facts(told)
    month = replace(found.month, report=replace(report, breaches=tuple(late)))
    said = rows(month_sheets(replace(found, month=month)))
    assert any("Saya Ana, NIM 135" in cell for row in said for cell in row)
    assert not any("13519001" in cell for row in said for cell in row)


def test_other_months_stand_beside_it_or_it_says_that_there_are_none(told):
    made = sheets(told)
    assert ("Tiket masuk", "6", "1", "–") in rows(made)
    assert "Oktober 2025 tidak memiliki tiket, sehingga tidak ada pembandingnya." in paragraphs(made)
    empty = sheets(told, "2026-08", "en")
    assert paragraphs(empty)[0] == "No tickets came in this month."
    assert any("there is nothing to compare with yet" in text for text in paragraphs(empty))
    assert not any(isinstance(block, Points) for block in empty.blocks)


def test_it_knows_what_the_second_line_had_when_time_ran_out_and_what_could_not_be_read(told):
    now, eka = DeskNow(desk=told.desk, revision=1, categories=frozenset(CATEGORIES)), 5
    told.ledger.write_blocking(
        lambda tx: handling.escalate(tx, eka, "edunex", desk=now, by=BUDI, at=told.at("2026-10-14 08:00"))
    )
    told.ledger.write_blocking(
        lambda tx: inbound.keep(
            tx,
            account="uji/email",
            event_id="unreadable",
            raw=b"?",
            error="no mail",
            at=told.at("2026-10-20 08:00"),
        )
    )
    found = facts(told)
    assert found.with_second_line == {(eka, RESOLUTION, "", 1)}  # its first response was late the day before
    assert found.unread == 1
    assert facts(told, "2026-09").unread == 0


def test_drawings_are_of_the_same_figures_as_the_statistics(told):
    report = told.report()
    with told.ledger.reading() as session:
        days = Days.of(report.month.first_on, report.month.last_on, zone=told.zone)
        names = Names(categories={}, staff={}, teams={})
        found = statistics(session, desk=told.desk.slug, days=days, now=told.noon_after, names=names)
        *_, september, october = months_until(
            session, desk=told.desk.slug, month=report.month, now=told.noon_after
        )
    assert report.by_hour == found.by_hour
    assert report.steps == found.steps
    assert (october.tickets, october.share(FIRST_RESPONSE), october.share(RESOLUTION)) == (6, 3 / 5, 4 / 6)
    assert (str(september.month), september.tickets, september.share(RESOLUTION)) == ("2026-09", 1, 0.0)


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is not installed (Debian: poppler-utils)"
)
def test_the_file_says_it_too(told, tmp_path):
    path = tmp_path / "laporan.pdf"
    with told.ledger.reading() as session:
        asked = Asked(month="2026-10", format="pdf")
        write_month(session, asked, path, desk=told.desk, now=told.noon_after, known=KNOWN)
    said = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in (
        "Laporan bulanan layanan",
        "Oktober 2026",
        "66,7%",
        "Masih terbuka melewati batas waktu.",
        "Halaman 1 dari",
    ):
        assert words in said
