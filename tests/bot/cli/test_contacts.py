"""`tanggap contact`: what is kept of one person, at the terminal."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

import pytest

from bot.house import open_house
from bot.settings import load_settings
from tickets import contacts, verifications
from tickets import ticket as tickets_
from tickets.intake import Reading, take_in
from tickets.lifecycle import Status
from tickets.message import Channel, Person, Place, Said
from tickets.verification import Finding, Listed, Outcome, Source

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
SLUG = "unit-contoh"

pytestmark = pytest.mark.usefixtures("desks")


@pytest.fixture
def closed(desks):
    """A ticket of somebody, which is over."""
    said = Said(
        event_id="SM1", external_id="SM1", text="rahasiaku, tanya juga ke tono@example.org atau 08123456789", sender=Person(address="+628123", name="Ana Lestari"),
        place=Place(account=f"{SLUG}/whatsapp", channel=Channel.WHATSAPP, address="+628123"), raw=b"rahasiaku",
    )  # fmt: skip
    with open_house(load_settings()) as house:
        desk = house.desk(None).now

        def job(tx):
            taken = take_in(tx, said, desk=desk, reading=Reading(), files=[], at=AT)
            tickets_.change(tx, taken.ticket, at=AT, status=Status.CLOSED, closed_at=AT + timedelta(hours=1))

        house.ledger.write_blocking(job)


@pytest.mark.usefixtures("closed")
def test_all_that_is_kept_of_a_person_is_one_zip_with_other_peoples_addresses_masked(tanggap, tmp_path):
    done = tanggap("contact", "export", "#1", "-o", str(tmp_path / "ana.zip"))
    assert (done.code, done.err) == (0, "")
    with ZipFile(tmp_path / "ana.zip") as archive:
        assert archive.namelist() == [
            "data-pribadi.json",
            "data-pribadi.html",
            "tiket-1/tiket.json",
            "tiket-1/tiket.html",
        ]
        person, ticket = (json.loads(archive.read(name)) for name in archive.namelist()[::2])
        page = archive.read("tiket-1/tiket.html").decode()
    assert person["addresses"][0]["external_id"] == "+628123"
    assert person["contacts"][0]["created_at"].startswith("2026-10-05 02:00")
    assert ticket["said"][0]["text"] == "rahasiaku, tanya juga ke •••@example.org atau 081•••89"
    assert "rahasiaku" in page
    refused = tanggap("contact", "export", "#99", "-o", str(tmp_path / "x.zip"))
    assert (refused.code, (tmp_path / "x.zip").exists()) == (1, False)


@pytest.mark.usefixtures("closed")
def test_a_number_says_itself_of_which_desk_it_is(tanggap, desks, tmp_path):
    other = desks / "unit-lain"
    other.mkdir()
    (other / "desk.yaml").write_text(
        "{desk: unit-lain, name: Unit Lain, language: id, timezone: Asia/Jakarta, hours: {mon-fri: ['08:00-16:00']},"
        " sla: {first_response: {within: 1h}, resolution: {within: 1d}}}"
    )
    for who in ("#1", "contact:1"):
        done = tanggap("contact", "export", who, "-o", str(tmp_path / "ana.zip"))
        assert (done.code, done.out.startswith("Wrote what is kept of contact 1 (1 tickets)")) == (0, True)
    assert "say which desk with --desk" in tanggap("contact", "looks", "+628123").err
    refused = tanggap("contact", "looks", "#1", "--desk", "unit-lain")
    assert (refused.code, refused.err) == (1, "tanggap: unit-lain knows nobody as #1\n")


@pytest.mark.usefixtures("closed")
def test_whom_the_directory_has_under_a_number_that_is_not_theirs_is_handed_to_nobody(tanggap, tmp_path):
    theirs = Listed(number="13519001", name="Ana Lestari", unit="STEI")
    found = (
        Finding(
            outcome=Outcome.MISMATCH,
            compared={"name": "differs"},
            listed=replace(theirs, name="Tono Prasetyo"),
        ),
        Finding(outcome=Outcome.VERIFIED, listed=theirs),
    )

    def check(tx):
        contact = contacts.load_contact(tx, tickets_.load(tx, 1).contact)
        for finding in found:
            verifications.write(
                tx,
                contact,
                finding,
                source=Source.DIRECTORY,
                ticket=1,
                at=AT,
                claim={"name": "Ana", "unit": None},
            )

    with open_house(load_settings()) as house:
        house.ledger.write_blocking(check)
    assert tanggap("contact", "export", "#1", "-o", str(tmp_path / "ana.zip")).code == 0
    with ZipFile(tmp_path / "ana.zip") as archive:
        data, page = (archive.read(name).decode() for name in archive.namelist()[:2])
    assert "Tono" not in data + page
    assert "Ana Lestari" in data
    assert "tidak cocok dengan direktori" in page
    assert "<th>Yang Anda sebutkan</th><td>Nama: Ana</td>" in page
    assert "<td>WhatsApp</td>" in page


@pytest.mark.usefixtures("closed")
def test_erasing_says_what_would_go_then_does_it(tanggap):
    said = tanggap("contact", "erase", "+628123")
    assert (said.code, "1  pesan dan catatan" in said.out, "Nothing was erased" in said.out) == (
        0,
        True,
        True,
    )
    assert "cadangan (backup)" in said.out
    refused = tanggap("contact", "erase", "+628123", "--yes")
    assert (refused.code, refused.err) == (1, "tanggap: an erasure needs a reason\n")
    done = tanggap("contact", "erase", "+628123", "--yes", "--reason", "surat tanggal 5 Oktober", "--compact")
    assert (done.code, done.err, "Yang sudah dihapus:" in done.out) == (0, "", True)
    with open_house(load_settings()) as house:
        path = house.settings.database_url.removeprefix("sqlite:///")
    with open(path, "rb") as file:  # noqa: PTH123
        assert b"rahasiaku" not in file.read()
    nobody = tanggap("contact", "erase", "+628123")
    assert (nobody.code, nobody.err) == (1, f"tanggap: {SLUG} knows nobody as +628123\n")
