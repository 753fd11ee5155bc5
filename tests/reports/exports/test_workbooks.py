"""Records as a workbook: real dates and lengths, words as people say them, no formulas, and as many sheets as it takes."""

import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl

from procedures.definition.procedure import Procedure
from reports.exports.asked import CASES, CLOCKS, FINDINGS, MESSAGES, TICKETS, Asked
from reports.exports.writing import export
from reports.handed import Known
from reports.progress import Stage
from tests.procedures.cases_at_work import CasesAtWork
from tests.procedures.recording import RECORDING
from tests.reports.october import CATEGORIES, FORMULA, STAFF, tell_october
from tests.tickets.desks import BUDI, MONDAY, RINA, SLUG
from tickets import staff
from tickets.actions import registering
from tickets.findings import Matter, Source

OCTOBER = {"first_on": date(2026, 10, 1), "last_on": date(2026, 10, 31)}


def sheets(ledger, desk, what, now, *, procedures: tuple[Procedure, ...] = (), **options):
    """Return the sheets of an export as lists of rows."""
    stream = io.BytesIO()
    known = Known(category_names=CATEGORIES, staff_names=STAFF, procedures=procedures)
    asked = Asked(what=what, format="xlsx", **OCTOBER | options.pop("asked", {}))
    with ledger.reading() as session:
        count = export(session, asked, stream, desk=desk, known=known, now=now, **options)
    book = openpyxl.load_workbook(stream)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    found = {sheet.title: [list(row) for row in sheet.values] for sheet in book}
    assert sum(len(rows) - 1 for rows in found.values()) == max(count, 1)  # one line says that there are none
    return found


def by_heading(rows, number=1):
    return dict(zip(rows[0], rows[number], strict=True))


def test_messages_and_promises_are_told_as_people_read_them(ledger):
    told = tell_october(ledger, "Asia/Jakarta")
    heard = []
    messages = sheets(ledger, told.desk, MESSAGES, told.noon_after, tell=heard.append)["Pesan"]
    first = by_heading(messages)
    assert first["Waktu"] == datetime(2026, 10, 1)
    assert (first["Arah"], first["Penulis"], first["Alamat pengirim"]) == ("masuk", "pemohon", "******Bea")
    assert {row[messages[0].index("Nama petugas")] for row in messages[1:]} == {None, "Budi", "Rina", "bot"}
    assert FORMULA in {row[messages[0].index("Perihal")] for row in messages}
    assert heard[-1].what is Stage.WRITING
    english = sheets(ledger, told.desk, CLOCKS, told.noon_after, asked={"language": "en"})["Promises"]
    citra = next(row for row in english if row[0] == 3)
    kept = dict(zip(english[0], citra, strict=True))
    assert (kept["Promise"], kept["Outcome"], kept["Late by"]) == (
        "First response",
        "late",
        timedelta(minutes=5),
    )


def test_a_full_sheet_is_followed_by_another(ledger):
    told = tell_october(ledger, "Asia/Jakarta")
    parted = sheets(ledger, told.desk, TICKETS, told.noon_after, sheet_rows=4)
    whole = sheets(ledger, told.desk, TICKETS, told.noon_after, sheet_rows=6)
    assert list(parted) == ["Tiket", "Tiket (2)"]
    assert [len(rows) - 1 for rows in parted.values()] == [4, 2]
    assert parted["Tiket"] + parted["Tiket (2)"][1:] == whole["Tiket"]
    assert list(whole) == ["Tiket"]


def test_cases_are_told_with_the_names_of_their_procedure_and_end(ledger):
    office = CasesAtWork(ledger)
    case = office.acts(office.starts(), "terima")
    office.acts(case, "jadwal", ruang="1")
    office.acts(case, "setuju", "tolak", by=RINA)
    office.withdraws(office.starts())
    running = office.starts()
    rows = sheets(ledger, office.desk.desk, CASES, office.now, procedures=(RECORDING,))["Kasus prosedur"]
    refused, withdrawn, open_ = (by_heading(rows, number) for number in (1, 2, 3))
    assert (refused["Prosedur"], refused["Hasil akhir"], refused["Dimulai oleh"]) == (
        "Perekaman",
        "Ditolak",
        "Budi",
    )
    assert refused["Dimulai"] == MONDAY.astimezone(ZoneInfo("Asia/Jakarta")).replace(tzinfo=None)
    assert withdrawn["Hasil akhir"] == "Dibatalkan pemohon"
    assert (open_["Nomor kasus"], open_["Hasil akhir"], open_["Berakhir"]) == (running.id, None, None)
    stream = io.BytesIO()
    with ledger.reading() as session:
        known = Known(category_names={}, staff_names={})
        export(
            session, Asked(what=CASES, **OCTOBER), stream, desk=office.desk.desk, known=known, now=office.now
        )
    assert stream.getvalue().decode().splitlines()[1] == (
        f"{case.id},{case.ticket},rekaman,rekaman,1,2026-10-05T09:00:00+07:00,staff:budi@example.ac.id,budi@example.ac.id,,"
        "ditolak,ditolak,2026-10-05T09:03:00+07:00,,"
    )


def test_findings_of_these_days_are_told_as_in_the_register(ledger):
    office = CasesAtWork(ledger)
    ledger.write_blocking(lambda tx: staff.sync(tx, office.desk.desk, MONDAY))
    matter = Matter(
        text="=1+1", source=Source.SURVEY, service="category:login", responsible=BUDI.id, due_on=date(2026, 10, 7)
    )  # fmt: skip
    ledger.write_blocking(
        lambda tx: registering.record(
            tx, SLUG, matter, calendar=office.desk.desk.calendar, by=RINA, at=MONDAY
        )
    )
    later = datetime(2026, 10, 9, tzinfo=UTC)
    found = by_heading(sheets(ledger, office.desk.desk, FINDINGS, later)["Temuan"])
    assert (found["Temuan"], found["Sumber"], found["Jenis layanan"]) == (
        "=1+1",
        "survei",
        CATEGORIES["login"],
    )
    assert (found["Tenggat"], found["Lewat tenggat"], found["Penanggung jawab"]) == (
        datetime(2026, 10, 7),
        "ya",
        "Budi",
    )
    none = sheets(ledger, office.desk.desk, FINDINGS, later, asked={"last_on": date(2026, 10, 4)})["Temuan"]
    assert none[1][0] == "Tidak ada data pada kurun waktu ini."
