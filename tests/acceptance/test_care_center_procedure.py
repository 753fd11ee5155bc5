"""POS 033/IT1.B04.3/OT/SOP-BT/2022, steps 1 to 10, played on the real process through the channels people use."""

import csv
import io
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.acceptance.office import BUDI, RINA, Office, ticket_number
from tests.acceptance.service import SLUG

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

USER = "+6281234567890"
YOGA = 1006  # of Tim Pengembang Edunex
NEW_CATEGORY = """
- id: sertifikat-lulus
  name: Sertifikat kelulusan kelas
  description: Sertifikat kelas yang belum terbit
  keywords: [sertifikat lulus, sertifikat belum terbit]
  examples: [sertifikat kelulusan kelas saya belum terbit]
  auto: suggest
"""
TROUBLE = "Selamat pagi. Nama: Budi Santoso\nNIM: 13519001\nProdi: Teknik Informatika\nSertifikat kelulusan kelas saya belum terbit di Edunex."


async def test_the_care_center_s_procedure_from_its_first_step_to_its_last(office: Office):
    await the_supervisor_prepares_the_categories(office)
    number = await the_user_writes_with_their_identity(office)
    await the_identity_is_checked_in_the_directory(office, number)
    await the_agent_answers_within_operating_hours_or_the_user_is_told_when(office, number)
    await the_developers_look_into_it_and_give_it_back(office, number)
    await the_user_receives_the_answer(office, number)
    await the_agent_categorises_and_closes(office, number)
    await the_user_says_how_well_it_was_solved(office, number)
    await the_supervisor_makes_sure_that_all_is_done(office, number)
    await the_supervisor_downloads_the_data(office, number)
    assert office.twilio.complaints == []
    assert await office.service.stop() == 0


async def api(office: Office, method: str, path: str, **body: Any) -> httpx.Response:
    return await office.service.http.request(method, f"/api/v1{path}", json=body or None)


async def ticket_that(office: Office, number: int, holds) -> dict[str, Any]:
    """Wait until the ticket is as it should be."""

    async def looked_at() -> dict[str, Any] | None:
        ticket = await office.service.ticket(number)
        return ticket if holds(ticket) else None

    return await office.service.until(looked_at)


async def the_supervisor_prepares_the_categories(office: Office) -> None:
    """1. Supervisor: the list of categories and the reply templates."""
    path = f"/desks/{SLUG}/catalogue"
    now = await office.service.api(path)
    files = {"categories.yaml": now["files"]["categories.yaml"] + NEW_CATEGORY}
    saved = await api(office, "PUT", path, revision=now["revision"], files=files, note="Sertifikat")
    assert saved.status_code == 200, saved.text
    stale = await api(office, "PUT", path, revision=now["revision"], files=files)
    assert stale.status_code == 409  # somebody saved meanwhile


async def the_user_writes_with_their_identity(office: Office) -> int:
    """2. User: a message by WhatsApp, with who they are in it."""
    assert (await office.by_whatsapp(USER, TROUBLE)).status_code == 200
    await office.twilio.until(lambda: office.replies_to(USER))
    return ticket_number(office.replies_to(USER)[0])


async def the_identity_is_checked_in_the_directory(office: Office, number: int) -> None:
    """3. Agent: whether the identity is valid, as the directory has it."""
    ticket = await ticket_that(
        office,
        number,
        lambda each: (each["contact"]["identity"]["verification"] or {}).get("outcome") == "verified",
    )
    assert ticket["contact"]["identity"]["number"] == "13519001"
    await office.telegram.until(lambda: office.topic(number))
    await office.telegram.until(lambda: "terverifikasi" in office.card(number).text)
    assert "13519001" not in office.card(number).text  # masked where many read along


async def the_agent_answers_within_operating_hours_or_the_user_is_told_when(
    office: Office, number: int
) -> None:
    """5. Agent: an answer; at once the user was told when a person answers."""
    assert any(word in office.replies_to(USER)[0] for word in ("15 menit", "buka", "pukul", "jam"))
    office.says(BUDI, number, "Baik, kami periksa dahulu.")
    ticket = await ticket_that(office, number, lambda each: each["status"] == "open")
    assert next(clock for clock in ticket["clocks"] if clock["kind"] == "first_response")["met_at"]


async def the_developers_look_into_it_and_give_it_back(office: Office, number: int) -> None:
    """4. Tim Pengembang Edunex: looks into it further, repairs the system."""
    before = len(office.replies_to(USER))
    office.says(BUDI, number, "/eskalasi edunex sertifikat tidak terbit")
    ticket = await ticket_that(office, number, lambda each: each["team"] == "edunex")
    running = {clock["kind"] for clock in ticket["clocks"] if not clock["met_at"]}
    assert {"second_line", "resolution"} <= running  # the team's due time, and the user's own 24 hours run on
    await office.twilio.until(lambda: len(office.replies_to(USER)) > before)
    await office.twilio.until(lambda: office.mails_to("edunex@example.ac.id"))
    office.says(YOGA, number, "/kembalikan Antrean sertifikat macet, sudah dijalankan ulang.")
    ticket = await ticket_that(office, number, lambda each: each["team"] is None)
    assert (
        "Antrean sertifikat macet"
        in [each["text"] for each in ticket["messages"] if each["direction"] == "note"][-1]
    )
    assert not any("Antrean" in said for said in office.replies_to(USER))


async def board(office: Office) -> dict[str, Any]:
    (found,) = (await office.service.api("/board", desk=SLUG))["items"]
    return found["figures"]


async def the_user_receives_the_answer(office: Office, number: int) -> None:
    """6. User: the answer on the same channel, with its state."""
    office.says(BUDI, number, "Sertifikat Anda sudah terbit, silakan dicoba.")
    await office.twilio.until(lambda: "sudah terbit" in office.replies_to(USER)[-1])
    await office.twilio.send_status(office.twilio.last, "delivered")
    await ticket_that(office, number, lambda each: each["messages"][-1]["delivery"]["state"] == "delivered")


async def the_agent_categorises_and_closes(office: Office, number: int) -> None:
    """7, 8. Agent: under the right category, never closed without one."""
    topic = office.topic(number)
    assert topic is not None
    told = len(topic.from_bot)
    office.says(BUDI, number, "/tutup")
    await office.telegram.until(lambda: len(topic.from_bot) > told)
    assert (await office.service.ticket(number))["status"] == "open"
    office.says(BUDI, number, "/kategori sertifikat-lulus")
    await ticket_that(office, number, lambda each: each["category"] == "sertifikat-lulus")
    before = len(office.replies_to(USER))
    office.says(BUDI, number, "/tutup")
    await ticket_that(office, number, lambda each: each["status"] == "solved")
    await office.twilio.until(lambda: len(office.replies_to(USER)) == before + 1)


async def the_user_says_how_well_it_was_solved(office: Office, number: int) -> None:
    """KPI: problems are solved well, measured by the survey; an answer reopens nothing."""
    assert "1" in office.replies_to(USER)[-1]
    await office.by_whatsapp(USER, "5 - cepat sekali, terima kasih")
    ticket = await ticket_that(office, number, lambda each: (each["survey"] or {}).get("score") == 5)
    assert ticket["status"] == "solved"


async def the_supervisor_makes_sure_that_all_is_done(office: Office, number: int) -> None:
    """9. Supervisor: all tickets worked, categorised and closed."""
    figures = await board(office)
    assert number in figures["unverified"]["tickets"] + figures["to_verify"]["tickets"]
    office.says(RINA, number, "/verifikasi")
    ticket = await ticket_that(office, number, lambda each: each["status"] == "closed")
    assert ticket["verified_by"].endswith("rina@example.ac.id")
    assert {each["count"] for each in (await board(office)).values()} == {0}


async def the_supervisor_downloads_the_data(office: Office, number: int) -> None:
    """10. Supervisor: data for reporting, and the month's recap."""
    month = f"{datetime.now(UTC).astimezone(ZoneInfo('Asia/Jakarta')):%Y-%m}"
    done = await office.service.tanggap(
        "report", "monthly", "--month", month, "--format", "csv", "-o", "bulan.csv"
    )
    assert (done.code, done.errors) == (0, "")
    rows = list(csv.DictReader(io.StringIO((office.service.folder / "bulan.csv").read_text("utf-8-sig"))))
    assert [row["number"] for row in rows] == [str(number)]
    assert rows[0]["category"] == "sertifikat-lulus"
