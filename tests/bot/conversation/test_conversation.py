"""A contact and the bot: greeted, numbered, told when a person answers, asked who they are, helped where it can."""

from datetime import timedelta

import pytest

from bot import start_links
from tests.bot.chat import MORNING, Chat
from tickets import contacts, views
from tickets.lifecycle import Status
from tickets.message import Channel, File, Person, Place, Said, Shared

MINUTE = timedelta(minutes=1)
QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


async def test_a_first_message_is_greeted_numbered_and_promised_an_answer(chat):
    await chat.writes(QUESTION)
    assert "#1" in chat.last
    assert "15 menit" in chat.last
    assert "Halo Bapak/Ibu Ana" in chat.last
    assert chat.ticket().status is Status.NEW


async def test_who_has_not_said_who_they_are_is_asked_once(chat):
    await chat.writes(QUESTION)
    assert "NIM" in chat.last
    await chat.writes("Ana Putri\n13519001\nTeknik Informatika")
    assert "Terima kasih" in chat.last
    await chat.writes("jadi bagaimana ya?")
    assert len(chat.said) == 2


async def test_an_identity_in_the_message_is_read_and_not_asked_for(chat):
    await chat.writes(f"Nama: Ana Putri\nNIM: 13519001\nProdi: Teknik Informatika\n{QUESTION}")
    assert "NIM" not in chat.last


async def test_outside_hours_the_bot_says_when_a_person_answers(chat):
    chat.now = MORNING + timedelta(hours=12)
    await chat.writes(QUESTION)
    assert "luar jam layanan" in chat.last
    assert "besok" in chat.last or "08.00" in chat.last


async def test_english_is_answered_in_english(chat):
    await chat.writes("Hello, I cannot see my quiz grade for the physics course, could you please help me?")
    assert "thank you for contacting" in chat.last.lower()


async def test_a_sure_harmless_question_is_answered_at_once_and_yes_solves_it(chat):
    await chat.writes("lupa password")
    assert "Apakah jawaban ini membantu?" in chat.last
    answered_at = chat.now
    chat.now += MINUTE
    await chat.writes("iya kak sudah bisa, makasih")
    assert chat.ticket().status is Status.SOLVED
    assert chat.ticket().category is not None
    assert chat.ticket().category_by == "bot"
    clock = chat.clock("first_response")
    assert clock.met_at is not None
    assert clock.met_at <= answered_at
    assert clock.breached_at is None


async def test_no_hands_the_question_to_a_person(chat):
    await chat.writes("lupa password")
    await chat.writes("belum bisa")
    assert "petugas" in chat.last
    assert chat.ticket().status is Status.NEW
    assert chat.clock("first_response").met_at is None


async def test_a_number_chooses_one_of_the_offered_answers(chat):
    await chat.writes("lupa password")
    await chat.writes("1")
    assert chat.ticket().status is Status.SOLVED


async def test_a_late_yes_withdraws_the_breach(chat):
    await chat.writes("lupa password")
    await chat.passes(20 * MINUTE)
    assert chat.clock("first_response").breached_at is not None
    await chat.writes("ya, terbantu")
    assert chat.clock("first_response").breached_at is None


async def test_the_state_of_a_ticket_is_told_to_its_contact_only(chat):
    await chat.writes(QUESTION)
    await chat.writes("status tiket #1")
    assert "Status:" in chat.last
    await chat.writes("status tiket #1", sender="+62899")
    assert "tidak menemukan" in chat.last
    assert chat.ticket(1).number == 1


async def test_a_wish_for_a_person_is_confirmed(chat):
    await chat.writes("lupa password")
    await chat.writes("mau bicara dengan petugas")
    assert "petugas" in chat.last


async def test_stop_silences_the_bot_and_start_wakes_it(chat):
    await chat.writes("stop")
    assert "MULAI" in chat.last
    await chat.writes(QUESTION)
    assert len(chat.said) == 1
    assert chat.ticket(1).status is Status.NEW
    await chat.writes("mulai")
    assert len(chat.said) == 2


async def test_automatic_mail_is_stored_and_never_answered(chat):
    await chat.mails("I am on holiday", automatic=True)
    assert chat.ticket(1).status is Status.NEW
    assert chat.email.sent == []


async def test_an_answer_by_mail_carries_number_chain_and_automatic_mark(chat):
    await chat.mails(QUESTION, subject="Nilai kuis", external_id="<a@x>")
    sent = chat.email.sent[0]
    assert sent.subject == "Re: Nilai kuis [#1]"
    assert sent.replies_to == "<a@x>"
    assert sent.automatic
    assert sent.message_id is not None


async def test_two_messages_at_once_make_one_ticket_and_one_greeting(chat):
    await chat.writes("halo min")
    await chat.writes(QUESTION)
    assert chat.ticket(1).number == 1
    assert sum("nomor tiket" in text for text in chat.said) == 1


async def test_after_a_mere_greeting_the_next_words_say_what_the_ticket_is_about(chat):
    await chat.writes("halo min")
    assert "#1" in chat.last
    assert "tuliskan pertanyaan" in chat.last
    assert not chat.ticket().suggestions
    await chat.writes(QUESTION)
    assert chat.ticket().suggestions
    assert chat.ticket().subject.startswith("kak nilai kuis")
    assert "15 menit" in chat.last
    assert "Saran kategori" in chat.topic(1)[0]


async def test_a_greeting_and_then_a_sure_question_is_answered_at_once(chat):
    await chat.writes("selamat pagi kak")
    await chat.writes("lupa password")
    assert "Apakah jawaban ini membantu?" in chat.last
    await chat.writes("ya")
    assert chat.ticket().status is Status.SOLVED


async def test_a_yes_to_a_person_s_question_is_none_to_the_bot_s(chat):
    await chat.writes("lupa password")
    await chat.agent_writes("1002", "Apakah email kampusnya masih aktif?", ticket=1)
    await chat.writes("ya")
    assert chat.ticket().status is Status.OPEN


async def test_another_mail_is_no_answer_to_what_was_asked_on_the_first(chat):
    await chat.mails("lupa password", subject="lupa password")
    await chat.mails(QUESTION, subject="Nilai kuis")
    assert "belum membantu" not in chat.email.sent[-1].text
    assert "#2" in chat.email.sent[-1].text


async def test_a_message_after_the_solution_reopens_the_ticket_and_thanks_does_not(chat):
    await chat.writes("lupa password")
    await chat.writes("ya")
    await chat.writes("terima kasih banyak kak")
    assert chat.ticket().status is Status.SOLVED
    await chat.writes("eh ternyata masih error pas login")
    assert chat.ticket().status is Status.OPEN
    assert "buka kembali" in chat.last


async def test_what_cannot_be_processed_is_kept_and_takes_nobody_down(chat, ledger):
    await chat.writes("x", event_id="ok-1")
    await chat.receiver.deliver(
        Said(
            event_id="bad",
            external_id="bad",
            place=Place(account="no-such-desk/whatsapp", channel=Channel.WHATSAPP, address="+1"),
            sender=Person(address="+1"),
            text="x",
            raw=b"x",
        )
    )
    await chat.writes("masih bisa?")
    assert chat.ticket(1).number == 1


async def test_an_album_is_one_message_with_all_its_files_and_its_words_and_is_answered_once(ledger):
    chat = Chat(ledger)
    pictures = [
        File(name=f"layar-{number}.png", type="image/png", content=b"png%d" % number) for number in range(3)
    ]
    for picture, words in zip(pictures, ["", "wifi mati di lantai dua", "dan tiga"], strict=True):
        await chat.telegrams(words, files=(picture,), album="1357")
    await chat.telegrams("", files=(pictures[0],), album="2468")
    with ledger.reading() as session:
        said = [
            each
            for each in views.messages(session, link=str, limit=50, ticket=1).items
            if each.direction == "in"
        ]
    assert [(each.text, len(each.attachments)) for each in said] == [
        ("", 1),
        ("wifi mati di lantai dua\ndan tiga", 3),
    ]
    assert len([each for each in chat.told("4711") if "#1" in each.text]) == 1
    await chat.edits("4711", "4711:3", "dan empat", address="4711", album="1357")
    assert chat.topic(1)[-1] == "✏️ Ana mengubah pesannya\nwifi mati di lantai dua\ndan tiga\ndan empat"
    assert "wifi mati di lantai dua" in "\n".join(chat.topic(1))


@pytest.mark.parametrize(
    ("text", "is_start", "payload"),
    [
        ("/start password", True, "password"),
        ("  /START  password ", True, "password"),
        ("/start", True, None),
        ("/start -1 OR 1=1", True, None),
        ("/start ../../etc", True, None),
        (f"/start {'x' * 65}", True, None),
        ("/start \U0001f600\n\nhalo", True, None),
        ("/started", False, None),
        ("kak /start password", False, None),
    ],
)
def test_only_what_telegram_lets_into_a_link_is_read_out_of_it(text, is_start, payload):
    assert (start_links.is_start(text), start_links.payload_of(text)) == (is_start, payload)


async def test_a_link_opens_nothing_and_a_categorys_is_what_the_next_words_are_about(chat):
    for sender, link, chosen in (("4711", "password", True), ("4712", "13519001", False)):
        await chat.telegrams(f"/start {link}", sender=sender)
        told = chat.told(sender)[-1].text
        assert ("Topik yang Anda pilih: Lupa kata sandi" in told, "selamat datang" in told) == (chosen, True)
        await chat.telegrams("halo", sender=sender)
        await chat.telegrams("mohon bantuannya soal yang kemarin itu", sender=sender)
        ticket = chat.ticket(1 if chosen else 2)
        found = [category for category, _ in ticket.suggestions or ()]
        assert (found[:1] == ["password"], ticket.category) == (chosen, None)
    assert "13519001" not in str(chat.ledger.write_blocking(lambda tx: contacts.load_contact(tx, 2)))


async def test_what_a_contact_shares_is_not_read_as_if_they_had_said_it(chat):
    await chat.telegrams("lupa sandi edunex saya gagal masuk terus dan otp tidak muncul", sender="4711")
    await chat.telegrams("tidak", sender="4711")
    card = Shared(kind="contact", content={"name": "Rina Sari", "numbers": ["+628110001"]})
    await chat.telegrams("Kontak: Rina Sari, 13519001", shared=card)
    await chat.telegrams("(Pesan Telegram jenis story)", shared=Shared(kind="story"))
    contact = chat.ticket().contact
    known = chat.ledger.write_blocking(lambda tx: contacts.load_contact(tx, contact))
    assert (known.identity_name, known.identity_number) == (None, None)
