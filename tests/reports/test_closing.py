"""A month is closed: what was reported is kept, and what is otherwise afterwards is told with its reason."""

import io

import openpyxl
import pytest

from reports.filed import closing, filing
from reports.filed.closing import Change, ClosedAlreadyError, NotClosedError, StillRunningError
from reports.filed.filing import Occasion
from reports.findings.facts import facts_of
from reports.handed import Known
from reports.month_paper.sheets import month_sheets
from reports.monthly import Asked, write_month
from reports.paper.blocks import Paragraph, Table
from reports.paper.press import pdf
from tests.reports.october import CATEGORIES, STAFF, Teller, tell_october
from tests.tickets.desks import BUDI, RINA
from tickets import removals
from tickets.actions import handling, spam
from tickets.actions.errors import NotAllowedError
from tickets.actor import SYSTEM
from tickets.desk import DeskNow
from tickets.removals import RETENTION

KNOWN = Known(category_names=CATEGORIES, staff_names=STAFF)


@pytest.fixture
def told(ledger):
    return tell_october(ledger, "Asia/Jakarta")


def closes(told, *, by=RINA, month="2026-10", now=None):
    now = now or told.noon_after
    with told.ledger.reading() as session:
        made = filing.make(
            session, Asked(month=month), told.ledger.blobs, desk=told.desk, now=now, known=KNOWN
        )

    def act(tx):
        filed = filing.put_by(tx, made, by=by.key, occasion=Occasion.CLOSED)
        closing.close(tx, closing.to_close(made.handed.report), filed=filed, by=by)

    told.ledger.write_blocking(act)
    return made


def test_what_changes_after_closing_is_told_with_its_reason(told, tmp_path):
    made = closes(told)
    assert openpyxl.load_workbook(io.BytesIO(told.ledger.blobs.get(made.sha256))).sheetnames[0] == "Ringkasan"
    now = told.at("2026-11-20 12:00")
    long_over = {"desk": told.desk.slug, "kind": RETENTION, "by": SYSTEM.key, "months": ["2025-10"]}
    told.ledger.write_blocking(lambda tx: removals.begin(tx, at=now, **long_over))
    terms = DeskNow(desk=told.desk, revision=1, categories=frozenset(CATEGORIES))
    desk = Teller(told, terms)
    desk.categorises(2, "login", "2026-11-03 09:00")
    desk.acts(spam.mark_spam, 7, at="2026-11-03 09:10")
    desk.acts(handling.reopen, 3, at="2026-11-03 09:20", desk=terms)
    told.sweep(now)
    path = tmp_path / "lagi.xlsx"
    with told.ledger.reading() as session:
        found = write_month(session, Asked(month="2026-10"), path, desk=told.desk, now=now, known=KNOWN)
        kept = filing.filed(session, {told.desk.slug}, most=9)
    assert [(one.month, one.occasion, one.sha256) for one in kept] == [("2026-10", "closed", made.sha256)]
    seen = found.corrections
    by_hand = [one for one in seen.causes if one.promise is None]
    assert [(one.kind, one.ticket, one.before, one.after) for one in by_hand] == [
        ("ticket.categorised", 2, "password", "login"),
        ("ticket.spam", 7, None, None),
        ("ticket.reopened", 3, None, None),
    ]
    broken = [(one.kind, one.ticket, one.promise) for one in seen.causes if one.promise is not None]
    assert broken[-1] == ("clock.breached", 3, "resolution")
    assert Change(key="tickets_in", before=6, after=5) in seen.changes
    assert Change(key="category/login", before=1, after=2) in seen.changes
    book = openpyxl.load_workbook(path)
    changed = {
        row[0].value: [(cell.value, cell.number_format) for cell in row[1:]]
        for row in book["Berubah sejak ditutup"].iter_rows()
    }
    assert changed["Tiket masuk"] == [(6, "#,##0"), (5, "#,##0")]
    assert {shown for name, cells in changed.items() if "ketercapaian" in name for _, shown in cells} == {
        "0.0%"
    }
    causes = [row[1:] for row in book["Sebab perubahan"].iter_rows(values_only=True)][1:]
    assert causes[-1] == (3, "janji dilanggar", "Penyelesaian", "sistem")
    assert [row for row in causes if row[1] != "janji dilanggar"] == [
        (2, "kategori diganti", "Lupa kata sandi → Tidak bisa masuk", "Budi"),
        (7, "ditandai spam", None, "Budi"),
        (3, "dibuka kembali", None, "Budi"),
    ]
    with told.ledger.reading() as session:
        paper = month_sheets(facts_of(session, found, months=()))
    rows = [row for block in paper.blocks if isinstance(block, Table) for row in block.rows]
    assert ("Tiket masuk", "6", "5") in rows
    assert ("#2", "kategori diganti", "Lupa kata sandi → Tidak bisa masuk", "Budi") in [
        row[1:] for row in rows
    ]
    closed = "Bulan ini ditutup pada 1 November 2026 oleh Rina;"
    assert any(isinstance(block, Paragraph) and block.text.startswith(closed) for block in paper.blocks)
    assert pdf(paper).startswith(b"%PDF")
    assert any(str(row[0]).startswith(closed) for row in book["Ringkasan"].values)
    gone = "Riwayat tiket dari Oktober 2025 sudah dihapus"  # the year before, with which it is compared
    assert any(isinstance(block, Paragraph) and block.text.startswith(gone) for block in paper.blocks)
    assert any(str(row[0]).startswith(gone) for row in book["Ringkasan"].values)


def test_a_month_is_closed_once_by_a_supervisor_when_it_is_over(told):
    with pytest.raises(NotAllowedError):
        closes(told, by=BUDI)
    with pytest.raises(StillRunningError):
        closes(told, month="2026-11")
    closes(told)
    with pytest.raises(ClosedAlreadyError):
        closes(told, by=SYSTEM)
    slug = told.desk.slug

    def reopens():
        told.ledger.write_blocking(
            lambda tx: closing.reopen(tx, slug, "2026-10", by=RINA, at=told.noon_after)
        )

    reopens()
    with pytest.raises(NotClosedError):
        reopens()
    closes(told)
    with told.ledger.reading() as session:
        assert [one.reopened_by for one in closing.closings(session, slug)] == [None, RINA.key]
