"""One day of a desk, from outside: four people write on four channels, agents answer in their group, the month is reported."""

import csv
import io
from datetime import UTC, datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from tests.acceptance.office import BUDI, RINA, Office, mail_from, ticket_number

NUMBER = "+6281234567890"
MAILBOX = "ana@example.com"
TELEGRAM_USER = 7001
TROUBLE = "kak gabisa login edunex nih, password udah bener padahal"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
TICKET_FIELDS = {
    "number", "desk", "channel", "status", "subject", "category", "suggestions", "contact", "assignee", "team",
    "created_at", "clocks", "solved_at", "closed_at", "verified_by", "messages", "events",
}  # fmt: skip
MESSAGE_FIELDS = {
    "id", "external_id", "direction", "author", "sender", "channel", "subject", "text", "full_text", "html",
    "automatic", "bounce", "attachments", "delivery", "created_at",
}  # fmt: skip


@pytest.mark.slow
async def test_a_day_of_a_desk_with_everything_that_belongs_to_it(office: Office):
    whatsapp = await a_contact_writes_by_whatsapp_with_a_picture(office)
    email = await a_contact_writes_by_mail(office)
    telegram = await a_contact_writes_by_telegram(office)
    webchat, visitor = await a_visitor_writes_by_web_chat(office)
    tickets = {"whatsapp": whatsapp, "email": email, "telegram": telegram, "webchat": webchat}
    assert len(set(tickets.values())) == 4
    assert {each["channel"]: each["number"] for each in await office.service.tickets()} == tickets

    for number in tickets.values():
        await its_topic_shows_what_was_written(office, number)

    await an_answer_reaches_whatsapp_and_shows_how_it_fares(office, whatsapp)
    await an_answer_reaches_the_mailbox_in_its_thread(office, email)
    await an_answer_reaches_telegram(office, telegram)
    await an_answer_reaches_the_web_chat(office, webchat, visitor)
    await visitor.close()

    await a_note_reaches_nobody(office, whatsapp)
    await the_ticket_is_closed_once_it_has_a_category(office, whatsapp)
    await the_supervisor_verifies(office, whatsapp)
    await the_api_shows_all_of_it(office, whatsapp)
    await the_month_is_reported(office, tickets)
    await the_service_is_well(office)
    assert office.twilio.complaints == []
    assert office.relay.faults == []


# -- contacts write ---------------------------------------------------------------------------------------------------


async def a_contact_writes_by_whatsapp_with_a_picture(office: Office) -> int:
    picture = office.twilio.keeps_medium(PNG, "image/png")
    answer = await office.by_whatsapp(NUMBER, TROUBLE, media=((picture, "image/png"),))
    assert answer.status_code == 200
    await office.twilio.until(lambda: office.replies_to(NUMBER))
    return ticket_number(office.replies_to(NUMBER)[0])


def words_of(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content())


async def a_contact_writes_by_mail(office: Office) -> int:
    mail = mail_from(MAILBOX, "Selamat pagi, saya ingin bertanya tentang jadwal kuliah.", subject="Jadwal")
    assert (await office.by_mail(mail)).startswith("2.0.0")
    await office.twilio.until(lambda: office.mails_to(MAILBOX))
    confirmation = office.mails_to(MAILBOX)[0]
    assert confirmation["In-Reply-To"] == mail["Message-ID"]
    assert mail["Message-ID"] in confirmation["References"]
    assert confirmation["Auto-Submitted"] == "auto-replied"
    return ticket_number(words_of(confirmation))


async def a_contact_writes_by_telegram(office: Office) -> int:
    office.telegram.contact_writes(TELEGRAM_USER, "Halo, ruang kelas saya di mana ya?", name="Dewi")
    chat = office.telegram.chat(TELEGRAM_USER)
    await office.telegram.until(lambda: chat.from_bot)
    return ticket_number(chat.last.text)


async def a_visitor_writes_by_web_chat(office: Office):
    visitor = office.visitor()
    await visitor.writes("Apakah kantor buka hari ini?")
    said = await office.service.until(visitor.reads)
    return ticket_number(said[0]), visitor


# -- agents answer in their group -------------------------------------------------------------------------------------


async def its_topic_shows_what_was_written(office: Office, number: int) -> None:
    await office.telegram.until(lambda: office.topic(number))
    topic = office.topic(number)
    ticket = await office.service.ticket(number)
    said = ticket["messages"][0]["text"]
    await office.telegram.until(lambda: any(said in text for text in topic.texts[1:]))
    assert f"#{number}" in office.card(number).text
    if ticket["channel"] == "whatsapp":
        await office.telegram.until(
            lambda: any(seen.file and seen.file.content == PNG for seen in topic.messages)
        )


async def an_answer_reaches_whatsapp_and_shows_how_it_fares(office: Office, number: int) -> None:
    answer = office.says(BUDI, number, "Coba pakai jendela samaran, ya.")
    await office.twilio.until(lambda: len(office.replies_to(NUMBER)) == 2)
    assert "Coba pakai jendela samaran, ya." in office.replies_to(NUMBER)[1]
    sent = office.twilio.last
    await office.twilio.send_status(sent, "sent")
    await office.telegram.until(lambda: answer.reaction == "🕊")
    assert (await office.twilio.send_status(sent, "read")).status_code == 200
    await office.telegram.until(lambda: answer.reaction == "👀")
    assert (await office.twilio.send_status(sent, "delivered")).status_code == 200
    another = office.says(BUDI, number, "Sudah bisa?")
    await office.twilio.until(lambda: "Sudah bisa?" in office.twilio.last.body)
    await office.twilio.send_status(office.twilio.last, "delivered")
    await office.telegram.until(lambda: another.reaction == "👌")
    assert answer.reaction == "👀"  # what came late did not turn it back
    states = [each["delivery"]["state"] for each in (await office.service.ticket(number))["messages"][-2:]]
    assert states == ["read", "delivered"]


async def an_answer_reaches_the_mailbox_in_its_thread(office: Office, number: int) -> None:
    office.says(BUDI, number, "Jadwal kuliah terbit hari Senin.")
    await office.twilio.until(lambda: len(office.mails_to(MAILBOX)) == 2)
    confirmation, answer = office.mails_to(MAILBOX)
    asked = str(confirmation["In-Reply-To"])
    assert "Jadwal kuliah terbit hari Senin." in words_of(answer)
    assert answer["In-Reply-To"] in {asked, confirmation["Message-ID"]}
    assert asked in answer["References"]
    assert f"#{number}" in answer["Subject"]
    await office.by_mail(
        mail_from(MAILBOX, "Terima kasih, Senin jam berapa?", subject="Re: Jadwal", answers=answer)
    )
    messages = (await office.service.ticket(number))["messages"]
    assert [each["author"] for each in messages] == ["contact", "bot", "agent", "contact"]


async def an_answer_reaches_telegram(office: Office, number: int) -> None:
    office.says(BUDI, number, "Di gedung B, lantai dua.")
    chat = office.telegram.chat(TELEGRAM_USER)
    await office.telegram.until(lambda: "Di gedung B, lantai dua." in chat.last.text)


async def an_answer_reaches_the_web_chat(office: Office, number: int, visitor) -> None:
    office.says(BUDI, number, "Kantor buka sampai pukul empat.")

    async def has_read() -> bool:
        return any("Kantor buka sampai pukul empat." in text for text in await visitor.reads())

    await office.service.until(has_read)


# -- the end of a ticket ----------------------------------------------------------------------------------------------


async def a_note_reaches_nobody(office: Office, number: int) -> None:
    before = len(office.twilio.messages)
    office.says(BUDI, number, "// tampaknya akun ini terkunci sejak kemarin")

    async def note() -> list[str]:
        messages = (await office.service.ticket(number))["messages"]
        return [each["text"] for each in messages if each["direction"] == "note"]

    assert await office.service.until(note) == ["tampaknya akun ini terkunci sejak kemarin"]
    office.says(
        BUDI, number, "Kami periksa dulu."
    )  # what was said after it has arrived, and the note has not
    await office.twilio.until(lambda: "Kami periksa dulu." in office.replies_to(NUMBER)[-1])
    assert len(office.twilio.messages) == before + 1
    assert not any("terkunci" in said for said in office.replies_to(NUMBER))
    assert not any("terkunci" in str(mail) for mail in office.relay.mails)


async def the_ticket_is_closed_once_it_has_a_category(office: Office, number: int) -> None:
    topic = office.topic(number)
    told = len(topic.from_bot)
    office.says(BUDI, number, "/tutup")
    await office.telegram.until(lambda: len(topic.from_bot) > told)
    assert "kategori" in topic.from_bot[-1].text.lower()
    assert (await office.service.ticket(number))["status"] == "open"

    card = office.card(number)
    labels = [label for row in card.buttons for label in row if label.startswith("🏷")]
    assert labels, card.buttons
    office.telegram.presses(BUDI, card, labels[0])

    async def category() -> str | None:
        return (await office.service.ticket(number))["category"]

    assert await office.service.until(category) == "login"
    assert (await office.service.ticket(number))["category_by"] != "bot"

    before = len(office.replies_to(NUMBER))
    office.says(BUDI, number, "/tutup")
    await office.twilio.until(lambda: len(office.replies_to(NUMBER)) == before + 1)
    assert f"#{number}" in office.replies_to(NUMBER)[-1]
    assert (await office.service.ticket(number))["status"] == "solved"


async def the_supervisor_verifies(office: Office, number: int) -> None:
    office.says(BUDI, number, "/verifikasi")  # not an agent's to say
    office.says(RINA, number, "/verifikasi")

    async def closed() -> bool:
        return (await office.service.ticket(number))["status"] == "closed"

    await office.service.until(closed)
    assert (await office.service.ticket(number))["verified_by"].endswith("rina@example.ac.id")
    await office.telegram.until(lambda: office.topic(number).closed)


# -- what is seen of it -----------------------------------------------------------------------------------------------


async def the_api_shows_all_of_it(office: Office, number: int) -> None:
    ticket = await office.service.ticket(number)
    assert ticket.keys() >= TICKET_FIELDS
    assert all(message.keys() >= MESSAGE_FIELDS for message in ticket["messages"])
    assert ticket["contact"].keys() >= {"id", "name", "addresses", "identity"}
    assert ticket["contact"]["addresses"][0]["address"] == NUMBER
    assert {clock["kind"] for clock in ticket["clocks"]} >= {"first_response", "resolution"}
    for clock in ticket["clocks"]:
        assert clock.keys() >= {"kind", "started_at", "due_at", "met_at", "breached_at", "paused"}
    first = next(clock for clock in ticket["clocks"] if clock["kind"] == "first_response")
    answered_at = next(each["created_at"] for each in ticket["messages"] if each["author"] == "agent")
    assert first["met_at"] == answered_at
    (picture,) = ticket["messages"][0]["attachments"]
    assert picture.keys() >= {"name", "type", "size", "sha256", "url"}
    assert (await office.service.http.get(picture["url"])).content == PNG
    raw = await office.service.http.get(f"/api/v1/messages/{ticket['messages'][0]['id']}/raw")
    assert b"MessageSid=" in raw.content
    sent = office.twilio.messages[0].sid
    (found,) = await office.service.messages(external_id=sent)
    assert found["author"] == "bot"
    assert found["automatic"] is True
    assert [each["number"] for each in await office.service.tickets(q="edunex")] == [number]
    (open_one,) = await office.service.tickets(channel="telegram")
    assert (await office.service.act(open_one["number"], "close")).status_code == 409


async def the_month_is_reported(office: Office, tickets: dict[str, int]) -> None:
    month = f"{datetime.now(UTC).astimezone(ZoneInfo('Asia/Jakarta')):%Y-%m}"
    for kind in ("xlsx", "csv"):
        done = await office.service.tanggap(
            "report", "monthly", "--month", month, "--format", kind, "-o", f"month.{kind}"
        )
        assert (done.code, done.errors) == (0, "")
    rows = list(csv.reader(io.StringIO((office.service.folder / "month.csv").read_text("utf-8-sig"))))
    number = rows[0].index("number") if "number" in rows[0] else 0
    assert {int(row[number]) for row in rows[1:]} == set(tickets.values())
    workbook = openpyxl.load_workbook(office.service.folder / "month.xlsx")
    cells = {cell for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row}
    workbook.close()
    assert cells >= set(tickets.values())


async def the_service_is_well(office: Office) -> None:
    service = office.service
    assert (await service.http.get("/healthz")).status_code == 200
    ready = (await service.http.get("/readyz")).json()
    assert ready["ready"] is True, ready
    assert await service.metric("tanggap_received_total", account="itb-care-center/whatsapp") > 0
    assert await service.metric("tanggap_waiting", what="unprocessed") == 0
    assert "Traceback" not in service.errors
    assert await service.stop() == 0
