"""Agents at work in their group: cards, answers, notes, categories, templates, closing; and supervisors alerted."""

from datetime import timedelta

import pytest
from sqlmodel import select

from channels.contract import RefusedByProvider
from tests.bot.chat import SLUG, Chat
from tickets import hearing
from tickets.actions import answering
from tickets.actions.answering import Words
from tickets.lifecycle import Status
from tickets.message import Channel, Delivery, Edited, File, Person, Place, Told
from tickets.tables import Message

BUDI, SARI, RINA = "1002", "1003", "1001"
QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


async def test_each_ticket_is_a_topic_with_a_card_and_the_contact_s_words(chat):
    await chat.writes(QUESTION)
    assert chat.group.topics["1"].startswith("#1 · Ana")
    card, mirrored = chat.topic(1)[:2]
    assert "Tiket #1" in card
    assert "WhatsApp" in card
    assert "Saran kategori" in card
    assert QUESTION in mirrored


async def test_of_a_text_that_no_group_bears_the_topic_shows_how_it_begins_and_where_it_goes_on(chat):
    await chat.writes("tolong " * 100_000)
    *begins, last = chat.topic(1)[1:]
    assert len(begins) < 5
    assert all("tolong tolong" in text for text in (*begins, last))
    assert "Teks ini terlalu panjang untuk Telegram; selengkapnya di " in last
    await chat.writes("apa kabar?")
    assert "apa kabar?" in chat.topic(1)[-1]


async def test_an_answer_in_the_topic_goes_to_the_contact_and_its_state_is_shown_on_it(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "Sedang kami cek ya, Kak.", ticket=1, external_id="-1001:900")
    assert chat.last == "Sedang kami cek ya, Kak."
    assert chat.ticket().assignee == "budi@example.ac.id"
    assert chat.ticket().status is Status.OPEN
    assert chat.clock("first_response").met_at is not None
    assert chat.group.reactions["-1001:900"] == "🕊"
    assert not any("Dijawab oleh" in text for text in chat.topic(1))


async def test_an_answer_from_elsewhere_stands_in_the_topic_and_is_still_seen_to_arrive(chat, ledger):
    await chat.writes(QUESTION)
    by = chat.staff("agent").actor
    answer = Words(text="Baik, kami cek.")
    message = ledger.write_blocking(lambda tx: answering.answer(tx, 1, answer, by=by, at=chat.now))[1]
    await chat.settle()
    assert "Baik, kami cek." in chat.topic(1)[-1]
    known_as = chat.whatsapp.known_as(chat.whatsapp.sent[-1])
    told = Told(account=f"{SLUG}/whatsapp", external_id=known_as, event_id="told-1", state=Delivery.DELIVERED)
    ledger.write_blocking(lambda tx: hearing.hear(tx, told, at=chat.now))
    with ledger.reading() as session:
        assert session.exec(select(Message.delivery).where(Message.id == message)).one() == "delivered"


async def test_a_note_never_reaches_the_contact(chat):
    await chat.writes(QUESTION)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "// anak ini sudah tiga kali tanya", ticket=1)
    assert len(chat.said) == before
    assert chat.clock("first_response").met_at is None


async def test_a_desk_may_turn_it_round(ledger):
    chat = Chat(ledger, changes={"desk.yaml": ("retention: 5y", "agents: {plain: note}\nretention: 5y")})
    await chat.writes(QUESTION)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "menurut saya ini salah dosen", ticket=1)
    assert len(chat.said) == before
    mirrored = next(key for key, (_, out) in chat.group.messages.items() if "💬" in out.text)
    await chat.agent_writes(BUDI, "Sedang kami cek.", ticket=1, replies_to=mirrored)
    assert chat.last == "Sedang kami cek."


async def test_closing_needs_a_category_and_tells_the_contact(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/tutup", ticket=1)
    assert chat.ticket().status is Status.NEW
    assert "belum berkategori" in chat.topic(1)[-1]
    suggested = chat.ticket().suggestions[0][0]
    name = chat.desk.catalogue.category(suggested).name
    await chat.agent_presses(BUDI, name[:20], ticket=1)
    assert chat.ticket().category == suggested
    assert chat.ticket().category_by == "staff:budi@example.ac.id"
    await chat.agent_writes(BUDI, "/tutup Nilainya sudah muncul, silakan dicek.", ticket=1)
    assert chat.ticket().status is Status.SOLVED
    assert chat.said[-2].startswith("Nilainya sudah muncul")
    assert "sudah kami selesaikan" in chat.last


async def test_a_template_is_shown_before_it_is_sent(chat):
    await chat.writes(QUESTION)
    before = len(chat.said)
    await chat.agent_writes(
        BUDI,
        "/kategori grade-missing" if "grade-missing" in chat.desk.now.categories else "/kategori nilai",
        ticket=1,
    )
    await chat.agent_presses(BUDI, "Templat", ticket=1)
    template = chat.desk.catalogue.reply_of(chat.ticket().category)
    await chat.agent_presses(BUDI, template.title[:20], ticket=1)
    assert len(chat.said) == before
    assert "Ana" in chat.topic(1)[-1]
    await chat.agent_presses(BUDI, "Kirim", ticket=1)
    assert len(chat.said) == before + 1
    assert chat.clock("first_response").met_at is not None


async def test_wait_reopen_assign_and_escalate(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/tunggu Boleh kirim tangkapan layarnya?", ticket=1)
    assert chat.ticket().status is Status.WAITING
    await chat.writes("ini kak")
    assert chat.ticket().status is Status.OPEN
    await chat.agent_writes(BUDI, "/tugaskan sari", ticket=1)
    assert chat.ticket().assignee == "sari@example.ac.id"
    await chat.agent_writes(SARI, "/eskalasi edunex nilai tidak tersinkron", ticket=1)
    assert chat.ticket().team == "edunex"
    assert "Tim Pengembang Edunex" in chat.last
    assert "lini kedua" in chat.topic(1)[0]
    await chat.agent_writes(SARI, "/kembalikan", ticket=1)
    assert chat.ticket().team is None


async def test_an_unknown_command_is_told_and_not_sent_to_the_contact(chat):
    await chat.writes(QUESTION)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "/tutp", ticket=1)
    assert "/tutp" in chat.topic(1)[-1]
    assert len(chat.said) == before


async def test_the_same_commands_by_whatsapp_and_email(chat):
    await chat.mails(QUESTION, subject="Nilai", external_id="<a@x>")
    await chat.writes("#1 Sedang kami cek.", sender="+628110002", name="Budi")
    assert chat.email.sent[-1].text == "Sedang kami cek."
    assert "sedang dikirim" in chat.last
    await chat.mails("#1 /kategori login", sender="sari@example.ac.id", subject="Re: peringatan")
    assert chat.ticket().category_by == "staff:sari@example.ac.id"
    await chat.mails("#1 /tutup", sender="sari@example.ac.id", subject="Re: peringatan")
    assert chat.ticket().status is Status.SOLVED
    await chat.writes("#99 halo", sender="+628110002")
    assert "tidak ditemukan" in chat.last


@pytest.mark.parametrize(
    ("written", "meant", "told"),
    [
        ("Nilai tidak muncul", "grades", False),
        (
            "nilai tidak muncl",
            "grades",
            True,
        ),  # and not "Ekspor dan unggah nilai", which has most of these letters
        ("pindah klas", "class-change", True),
    ],
)
async def test_a_misspelt_category_is_the_one_that_was_meant_and_is_said(chat, written, meant, told):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, f"/kategori {written}", ticket=1)
    assert chat.ticket().category == meant
    assert (chat.desk.catalogue.category(meant).name in chat.topic(1)[-1]) is told


async def test_only_the_supervisor_verifies_and_nobody_their_own(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/kategori login", ticket=1)
    await chat.agent_writes(BUDI, "/tutup", ticket=1)
    await chat.agent_writes(BUDI, "/verifikasi", ticket=1)
    assert chat.ticket().status is Status.SOLVED
    await chat.agent_writes(RINA, "/verifikasi", ticket=1)
    assert chat.ticket().status is Status.CLOSED
    assert chat.thread_of(1) in chat.group.closed


async def test_supervisors_are_warned_before_and_alerted_at_the_breach_once_each(chat):
    await chat.writes(QUESTION)
    await chat.passes(12 * MINUTE + timedelta(seconds=30))
    await chat.passes(MINUTE)
    warnings = [out.text for out in chat.group.private if "mendekati batas" in out.text]
    assert len(warnings) == 1
    await chat.passes(3 * MINUTE)
    await chat.passes(3 * MINUTE)
    alerts = [out for out in chat.group.private if "Terlambat" in out.text]
    assert [out.place.address for out in alerts] == [RINA]
    assert "#1" in alerts[0].text
    assert "Petugas: belum ada" in alerts[0].text
    clock = chat.clock("first_response")
    assert clock.breached_at == clock.due_at


async def test_an_alert_that_is_refused_goes_another_way(chat):
    await chat.writes("halo", sender="+628110001")  # so that her own window is open
    await chat.writes(QUESTION)

    async def refuses(outgoing):
        if outgoing.place.address == RINA:
            raise RefusedByProvider("the bot was never started")
        return await type(chat.group).send(chat.group, outgoing)

    chat.group.send = refuses
    await chat.passes(20 * MINUTE)
    assert any("Terlambat" in out.text and out.place.address == "+628110001" for out in chat.whatsapp.sent)


async def test_breaches_of_a_stop_are_stamped_and_told_on_start_once(chat):
    await chat.writes(QUESTION)
    chat.now += timedelta(hours=30)  # nothing ran
    await chat.passes(timedelta(0))
    await chat.passes(timedelta(minutes=1))
    (alert,) = [out.text for out in chat.group.private if "Terlambat" in out.text]
    late = [line for line in alert.split("\n") if line.startswith("Terlambat")]
    assert ["jawaban pertama" in late[0], "penyelesaian" in late[1], len(late)] == [True, True, 2]
    assert alert.count("Kategori: ") == 1  # the ticket itself stands there once
    assert not any("mendekati" in out.text for out in chat.group.private)


async def test_a_failed_answer_is_shown_with_its_reason_and_the_clock_runs_as_before(chat):
    await chat.writes(QUESTION)
    chat.whatsapp.fails_with = RefusedByProvider("Nomor tidak terdaftar di WhatsApp.")
    await chat.agent_writes(BUDI, "Sedang kami cek.", ticket=1, external_id="-1001:901")
    assert chat.group.reactions["-1001:901"] == "💔"
    assert "Nomor tidak terdaftar" in chat.topic(1)[-1]
    assert chat.clock("first_response").met_at is None


async def test_an_unknown_outcome_is_said_to_be_unknown_and_sent_again_by_one_tap_alone(chat):
    await chat.writes(QUESTION)
    chat.whatsapp.fails_with = TimeoutError()
    await chat.agent_writes(BUDI, "Sedang kami cek.", ticket=1, external_id="-1001:901")
    met_at = chat.clock("first_response").met_at
    await chat.passes(timedelta(hours=1))
    assert chat.group.reactions["-1001:901"] == "🤔"
    await chat.agent_presses(BUDI, "Kirim lagi", ticket=1)  # in doubt once more
    chat.whatsapp.fails_with = None
    await chat.passes(timedelta(hours=3))
    assert "Sedang kami cek." not in chat.said
    assert sum("Belum pasti" in text for text in chat.topic(1)) == 2
    await chat.agent_presses(BUDI, "Kirim lagi", ticket=1)
    await chat.agent_writes(BUDI, "/kirimulang", ticket=1)
    assert chat.said.count("Sedang kami cek.") == 1
    assert "Tidak ada jawaban yang perlu dikirim lagi" in chat.topic(1)[-1]
    assert chat.group.reactions["-1001:901"] == "🕊"
    assert chat.clock("first_response").met_at == met_at is not None


async def test_an_agent_s_edit_in_the_group_changes_nothing(chat):
    await chat.writes(QUESTION)
    place = Place(account="itb-care-center/telegram", channel=Channel.TELEGRAM, address="-1001", thread="1")
    await chat.receiver.deliver(
        Edited(event_id="e1", external_id="-1001:1", place=place, sender=Person(address=BUDI), text="x")
    )
    assert chat.ticket().status is Status.NEW


async def test_identity_numbers_are_masked_wherever_the_group_reads_along(chat):
    await chat.writes("Nama saya Budi Santoso, NIM 13519001, Teknik Informatika. Tidak bisa masuk Edunex.")
    await chat.agent_writes("1002", "// NIM 13519001 sudah dicek", ticket=1)
    seen = [*chat.topic(1), chat.group.topics[chat.thread_of(1)]]
    assert not any("13519001" in text for text in seen)
    assert any("NIM 135•••01, Teknik Informatika" in text for text in seen)


async def test_so_are_the_numbers_of_identity_cards_and_passports_also_in_names(chat):
    scan = File(name="KTP_3273012305990001.jpg", type="image/jpeg", content=b"\xff\xd8\xff", size=3)
    who = Person(address="4711", name="Ana 3273012305990001")
    place = Place(account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address="4711")
    said = "NIK 3273 0123 0599 0001, paspor A1234567. Tidak bisa masuk Edunex."
    await chat.receives(Channel.TELEGRAM, said, place, who, files=(scan,))
    await chat.settle()
    seen = [*chat.topic(1), chat.group.topics[chat.thread_of(1)]]
    assert [text for text in seen if "0599" in text or "1234567" in text] == []
    assert any("NIK 327•••01, paspor •••" in text and "KTP_327•••01.jpg" in text for text in seen)
