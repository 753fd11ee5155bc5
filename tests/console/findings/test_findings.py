"""The register of findings on pages and for programs: who writes, who tells, who judges, who only reads."""

import csv
import io
from datetime import date, timedelta

import pytest

from tests.tickets.desks import BUDI, MONDAY, RINA, SLUG, whatsapp
from tickets import views
from tickets.actions import registering
from tickets.actor import Role
from tickets.desk import StaffMember
from tickets.findings import Matter

DAY = timedelta(days=1)
SARI = StaffMember(id="sari@example.ac.id", name="Sari", role=Role.VIEWER, email="sari@example.ac.id")


@pytest.fixture
def finding(office):
    """A finding that is Budi's, due on Wednesday."""
    matter = Matter(
        text="Jawaban terlambat saat jam istirahat", action="Giliran jaga", responsible=BUDI.id,
        due_on=date(2026, 10, 7), service="category:login",
    )  # fmt: skip
    return office.ledger.write_blocking(
        lambda tx: registering.record(
            tx, SLUG, matter, calendar=office.desk.desk.calendar, by=RINA, at=MONDAY
        )
    )


def stand(office, finding):
    with office.ledger.reading() as session:
        return views.finding(session, finding)


async def test_a_supervisor_writes_one_down_from_a_ticket_and_finds_it_there(office, rina):
    number = office.receives(whatsapp("sudah dua hari", sid="SM1")).ticket.number
    page = await rina.opens(f"/findings/new?ticket={number}&source=breach&clock=resolution.1.")
    shown = await rina.sends(
        page, "/findings", text="Lewat 24 jam", source="breach", cause="Tidak ada yang jaga", due_on="2026-10-09", responsible=BUDI.id
    )  # fmt: skip
    assert "Broken promise: Resolution" in shown.text
    assert "Written down by Rina" in shown.text
    ticket = await rina.opens(f"/tickets/{number}")
    assert "Lewat 24 jam" in ticket.text
    assert "Finding written down" in ticket.text


async def test_what_cannot_be_is_said_and_what_was_typed_stays(office, rina):
    page = await rina.opens("/findings/new")
    again = await rina.sends(page, "/findings", text="Lupa mencatat", ticket="99", cause="Terburu-buru")
    assert again.status == 422
    assert "no such ticket" in again.text
    assert "Terburu-buru" in again.text


async def test_whoever_is_responsible_tells_and_proposes_and_a_supervisor_judges(office, finding, budi, rina):
    page = await budi.opens(f"/findings/{finding}")
    page = await budi.sends(page, "/note", said="Jadwal jaga disusun")
    page = await budi.presses(page, "/note", f"/findings/{finding}/propose", said="Berlaku sejak Senin")
    assert "to be judged" in page.text
    assert not any(form.action.endswith("/close") for form in page.forms)
    judging = await rina.opens(f"/findings/{finding}")
    back = await rina.sends(judging, "/send-back", said="Jumat belum ada")
    assert stand(office, finding).stand == "open"
    done = await rina.sends(back, "/close", said="Tiga minggu tanpa keterlambatan", effect="full")
    assert "effective" in done.text
    assert stand(office, finding).result == "Tiga minggu tanpa keterlambatan"
    assert [form.action for form in done.forms if "/findings/" in form.action] == [
        f"/findings/{finding}/reopen"
    ]


async def test_a_viewer_reads_and_changes_nothing(office, finding, enters):
    office.hires(SARI)
    sari = await enters(SARI.id, "Sari")
    listed = await sari.opens("/findings")
    assert "Jawaban terlambat" in listed.text
    assert "Write a finding down" not in listed.text
    page = await sari.opens(f"/findings/{finding}")
    assert not any("/findings/" in form.action for form in page.forms)
    token = (await sari.opens("/account")).forms[-1].fields["token"]
    answer = await sari.client.post(f"/findings/{finding}/note", data={"token": token, "said": "x"})
    assert answer.status_code == 403


async def test_lists_know_what_is_overdue_and_the_board_counts_it(office, finding, rina):
    assert "0 Findings that are overdue" in (await rina.opens("/board")).text
    office.clock.now += 3 * DAY
    assert "1 Findings that are overdue" in (await rina.opens("/board")).text
    listed = await rina.opens("/findings?show=overdue&source=hand&q=ISTIRAHAT")
    assert "overdue: Wednesday, 7 October 2026" in listed.text
    assert "No findings here" in (await rina.opens("/findings?show=closed")).text


async def test_the_table_is_taken_out_without_formulas_and_the_trail_says_so(office, kepala, rina):
    page = await rina.opens("/findings/new")
    await rina.sends(page, "/findings", text="=HYPERLINK(1)", service="category:login")
    answer = await rina.client.get(f"/findings.csv?desk={SLUG}&show=all")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["finding"], row["service_name"], row["stand"]) == ("'=HYPERLINK(1)", "Gagal masuk", "open")
    trail = await kepala.opens("/trail")
    assert "Data exported findings (csv)" in trail.text
    assert "Finding written down Finding 1" in trail.text


async def test_programs_write_change_and_close(office):
    async with office.program() as api:
        made = await api.post(
            "/findings", json={"desk": SLUG, "text": "Jam layanan kurang", "due_on": "2026-10-01"}
        )
        assert (made.status_code, made.json()["overdue"]) == (201, True)
        number = made.json()["id"]
        changed = await api.patch(f"/findings/{number}", json={"action": "Tambah petugas", "due_on": None})
        assert (changed.json()["action"], changed.json()["due_on"]) == ("Tambah petugas", None)
        assert changed.json()["text"] == "Jam layanan kurang"
        wrong = await api.patch(f"/findings/{number}", json={"responsible": "siapa"})
        assert (wrong.status_code, wrong.json()["error"]["field"]) == (422, "responsible")
        closed = await api.post(f"/findings/{number}/close", json={"text": "Dua petugas", "effect": "partly"})
        assert (closed.json()["stand"], closed.json()["effect"]) == ("closed", "partly")
        assert [note["step"] for note in closed.json()["notes"]] == ["recorded", "changed", "closed"]
        assert (await api.post(f"/findings/{number}/note", json={"text": "x"})).status_code == 409
        listed = await api.get("/findings", params={"desk": SLUG, "show": "closed"})
        assert [item["id"] for item in listed.json()["items"]] == [number]
        assert (await api.get("/findings/77")).status_code == 404
