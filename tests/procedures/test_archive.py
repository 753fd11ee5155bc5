"""Cases in the archive: what they are called, and one ZIP that every computer opens."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.named_files import unneeded
from procedures.archive.naming import MOST_BYTES, Names, harmless, name_of
from procedures.archive.packing import PIECE, Entry, of_bytes, packed
from procedures.cases.rows import CaseNow
from procedures.discarding import discard, due
from procedures.running import actions
from procedures.words.masking import hidden
from tests.procedures.lending import LENDING
from tests.procedures.test_money import FORM, LendingAtWork
from tests.tickets.desk_at_work import DAY
from tests.tickets.desks import BUDI, RINA, SLUG, whatsapp
from tickets.actions import supervising
from tickets.attachments import forget, of_message
from tickets.intake import Reading, take_in
from tickets.ledger.blobs import Stored

AT = datetime(2026, 10, 20, 18, 30, tzinfo=UTC)  # the next day in Jakarta
JAKARTA = ZoneInfo("Asia/Jakarta")


def named(pattern, **answers):
    case = CaseNow(
        id=7, desk="uji", ticket=12, procedure="studio", revision=1, begun_by="bot", begun_at=AT, answers=answers,
        ended_at=AT,
    )  # fmt: skip
    return name_of(case, replace(LENDING, archive=pattern), "id", zone=JAKARTA)


def test_a_case_is_called_by_its_activity_and_its_date():
    answers = {"kegiatan": "Pelantikan  Rektor", "tanggal": date(2026, 10, 20), "mulai": time(9)}
    assert named("{kegiatan} {tanggal}", **answers) == "Pelantikan Rektor 2026-10-20"
    assert named("{kegiatan}, {mulai}", **answers) == "Pelantikan Rektor, 09.00"
    assert named(None) == "Peminjaman Studio #12 2026-10-21"
    assert named("{kegiatan}") == "Peminjaman Studio #12"  # not answered


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "-..-etc-passwd"),
        ("C:\\Windows\\x.exe", "C_-Windows-x.exe"),
        ("nul.pdf", "_nul.pdf"),
        ("akhir. . ", "akhir"),
        ("a\x00b\nc?.pdf", "a_b c_.pdf"),
        ("\u202efdp.exe", "_fdp.exe"),
        ("😀" * 90 + ".pdf", "😀" * 49 + ".pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_can_do_no_harm_on_any_system(name, kept):
    found = harmless(name, longest=100)
    assert found == kept
    assert "/" not in found
    assert len(found.encode()) <= MOST_BYTES


def test_no_name_is_given_out_twice_not_even_in_other_letters():
    names = Names()
    assert [names.free(each) for each in ("A.pdf", "a.PDF", "a.pdf", "b")] == [
        "A.pdf",
        "a (2).PDF",
        "a (3).pdf",
        "b",
    ]


def test_long_numbers_are_masked_and_dates_are_not():
    assert (
        hidden("NIM 13519001, 2026-10-20, Rp1.500.000", "13519001") == "NIM 135•••01, 2026-10-20, Rp1.500.000"
    )


def test_a_zip_is_made_piece_by_piece_however_large_its_files():
    big = 64
    held = []

    def pieces():
        for at in range(big):
            held.append(at)
            yield bytes([at]) * PIECE

    entries = [
        of_bytes("Kegiatan Ärzte/Daftar isi.html", b"<p>", at=AT),
        Entry(path="Kegiatan Ärzte/besar.bin", at=AT.replace(year=1970), size=big * PIECE, pieces=pieces),
    ]
    made, largest = io.BytesIO(), 0
    for piece in packed(entries):
        largest = max(largest, len(piece))
        made.write(piece)
    with zipfile.ZipFile(made) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [entry.path for entry in entries]
        assert archive.getinfo(entries[1].path).file_size == big * PIECE
    assert largest <= PIECE


def test_a_zip_that_breaks_off_with_its_storage_is_none_and_says_so():
    def breaks_off():
        yield b"x" * PIECE
        raise OSError("the bucket is gone")

    entries = [
        of_bytes("Daftar isi.html", b"<p>", at=AT),
        Entry(path="besar.bin", at=AT, size=2 * PIECE, pieces=breaks_off),
    ]
    made = io.BytesIO()
    with pytest.raises(OSError, match="the bucket is gone"):
        made.writelines(packed(entries))
    assert made.tell() > 0
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(made)


def test_what_is_over_for_too_long_goes_but_for_its_trail(ledger):
    office = LendingAtWork(ledger)
    sha256 = ledger.blobs.put(b"surat permohonan")
    letter = Stored(name="surat.pdf", type="application/pdf", size=16, sha256=sha256, state="stored")

    def taken(sid, sender):
        said = whatsapp("mau pinjam", sid=sid, sender=sender)
        taken_in = office._does(
            lambda tx: take_in(tx, said, desk=office.desk, reading=Reading(), files=(letter,), at=office.now)
        )
        return taken_in.ticket.number, taken_in.message

    def discarded(case):
        return office._does(lambda tx: unneeded(tx, discard(tx, case, language="id", at=office.now)))

    first, message = taken("L1", "+628111")
    other, _ = taken("L2", "+628222")  # the same letter
    case = office._does(
        lambda tx: actions.start(tx, first, LENDING, answers=FORM, desk=office.desk, by=BUDI, at=office.now)
    )
    office._does(
        lambda tx: actions.take_back(tx, case.id, procedure=LENDING, desk=office.desk, by=BUDI, at=office.now)
    )
    assert office._does(lambda tx: due(tx, desk=SLUG, before=office.now, most=9)) == ()
    later = office.now + DAY
    assert office._does(lambda tx: due(tx, desk=SLUG, before=later, most=9)) == (case.id,)
    office.solves(first)
    office._does(lambda tx: supervising.verify(tx, first, by=RINA, at=office.now))
    assert discarded(case.id) == ()  # the other ticket still has the file
    kept = office.case(case)
    assert (kept.answers, kept.ended, kept.turns[0].outcome) == ({}, "batal", "dropped")
    assert office._does(lambda tx: due(tx, desk=SLUG, before=later, most=9)) == ()
    (file,) = office._does(lambda tx: of_message(tx, message))
    assert (file.name, file.sha256, file.error) == ("surat.pdf", None, "masa simpan sudah lewat")
    assert office._does(lambda tx: forget(tx, other, why="")) == {sha256}
    assert office._does(lambda tx: unneeded(tx, [sha256])) == (sha256,)
    assert not ledger.blobs.drop(sha256, unless_since=datetime.now(UTC) - DAY)  # put today: somebody wants it
    assert ledger.blobs.drop(sha256, unless_since=datetime.now(UTC) + DAY)
    assert ledger.blobs.size(sha256) is None
