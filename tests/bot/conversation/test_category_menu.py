"""Where the matcher is not sure the contact may say what their message is about; people have it all the while."""

from datetime import timedelta

import pytest

from bot.menu_answers import meant
from templates_replies.category_menu_phrases import NONE_WORDS, none_label
from tests.bot.chat import FOLDER, Chat
from tests.bot.test_predictions import rows, taught
from tickets.clocks import FIRST_RESPONSE
from tickets.lifecycle import Status

MINUTE = timedelta(minutes=1)
ALIKE = "keywords: [kendala kartu mahasiswa], examples: [kartu mahasiswa saya ada kendala]"
CARDS = f"""
- {{id: card-lost, name: Kartu hilang, {ALIKE}, unsure: ask}}
- {{id: card-broken, name: Kartu rusak, {ALIKE}, unsure: ask, reply: activation, auto: send}}
- {{id: door, name: Pintu gedung terkunci, keywords: [pintu gedung macet], unsure: person}}
- {{id: gate, name: Palang parkir, keywords: [pintu gedung macet], unsure: ask}}
"""
VAGUE = "kendala kartu mahasiswa"
NONE = none_label("id")


@pytest.fixture
def chat(ledger):
    return Chat(ledger, files={"categories.yaml": (FOLDER / "categories.yaml").read_text() + CARDS})


async def test_the_contact_is_asked_and_what_they_choose_is_the_tickets_category(chat):
    await chat.telegrams(VAGUE)

    (asked,) = chat.told("4711")
    labels = [button.label for row in asked.buttons for button in row]
    assert sorted(labels[:-1]) == ["Kartu hilang", "Kartu rusak"]
    assert labels[-1] == NONE
    assert "15 menit" in asked.text  # people have it
    assert "Kartu" in chat.topic(1)[0]
    assert chat.clock(FIRST_RESPONSE).met_at is None

    await chat.presses("Kartu hilang")

    assert (chat.ticket().category, chat.ticket().category_by) == ("card-lost", "contact")
    assert "Kartu hilang" in chat.told("4711")[-1].text
    assert chat.ticket().status is Status.NEW


async def test_a_choice_settles_what_was_foretold_and_a_person_of_the_desk_has_the_last_word(chat):
    await chat.telegrams(VAGUE)
    (row,) = rows(chat)
    assert (row.decision, row.outcome) == ("asked", None)
    best = row.suggestions[0][0]

    await chat.presses("Kartu hilang")
    (row,) = rows(chat)
    assert row.outcome == ("confirmed" if best == "card-lost" else "corrected")
    assert (row.right, row.settled_by) == ("card-lost", "contact")
    assert taught(chat) == []

    await chat.agent_writes("1002", "/kategori card-lost", ticket=1)
    assert chat.ticket().category_by == "staff:budi@example.ac.id"
    assert rows(chat)[0].settled_by == "staff:budi@example.ac.id"
    assert [category for _, category in taught(chat)] == ["card-lost"]


async def test_the_reply_of_what_was_chosen_goes_out_by_itself_where_the_category_says_so(chat):
    await chat.telegrams(VAGUE)
    await chat.presses("Kartu rusak")
    assert "Apakah jawaban ini membantu?" in chat.told("4711")[-1].text

    await chat.telegrams("sudah bisa, makasih kak")

    assert (chat.ticket().status, chat.ticket().category_by) == (Status.SOLVED, "contact")


@pytest.mark.parametrize(
    "said", ["3", NONE, "bukan itu", "lainnya", "tidak ada", "mau bicara dengan petugas", "none of these"]
)
async def test_whoever_means_none_of_them_gets_a_person(chat, said):
    await chat.writes(VAGUE)
    await chat.writes(said)

    assert chat.ticket().category is None
    assert "petugas" in chat.last or "staff" in chat.last
    assert len(chat.said) == 2


async def test_a_number_of_the_list_or_a_word_of_it_is_an_answer_on_whatsapp(chat):
    await chat.writes(VAGUE)
    labels = [button.label for row in chat.whatsapp.sent[-1].buttons for button in row]
    await chat.writes(str(1 + labels.index("Kartu hilang")))
    assert "Kartu hilang" in chat.last

    await chat.writes(VAGUE, sender="+62812")
    await chat.writes("yg hilng kak", sender="+62812")
    assert chat.ticket(2).category == "card-lost"


async def test_it_is_asked_once_and_never_outside_its_ticket(chat):
    await chat.writes(VAGUE)
    await chat.writes("kartunya dari fakultas, kak, sejak minggu lalu tidak terbaca di gerbang")
    await chat.writes(VAGUE)
    assert len(chat.said) == 1

    await chat.writes("kartu hilang")  # the answer may still come
    assert chat.ticket().category == "card-lost"
    await chat.writes("2")
    assert chat.ticket().category == "card-lost"


async def test_once_a_person_has_answered_the_bot_is_silent_and_their_category_stands(chat):
    await chat.telegrams(VAGUE)
    await chat.agent_writes("1002", "/kategori card-broken", ticket=1)
    await chat.presses("Kartu hilang")
    assert chat.ticket().category == "card-broken"

    await chat.agent_writes("1002", "Baik, kami periksa.", ticket=1)
    told = len(chat.told("4711"))
    await chat.telegrams("1")
    assert len(chat.told("4711")) == told


async def test_a_category_that_does_not_allow_it_goes_straight_to_a_person_and_is_never_offered(chat):
    await chat.telegrams("pintu gedung macet")

    offered = [button.label for row in chat.told("4711")[0].buttons for button in row]
    assert "Pintu gedung terkunci" not in offered


async def test_there_is_no_menu_by_mail_and_none_where_all_is_clear(chat):
    await chat.mails(VAGUE, subject=VAGUE)
    assert chat.email.sent[-1].buttons == ()

    await chat.writes("lupa password")
    assert "Apakah jawaban ini membantu?" in chat.last


async def test_a_mere_greeting_is_asked_nothing_until_it_says_what_it_is_about(chat):
    await chat.telegrams("pagi min 🙏")
    assert chat.told("4711")[-1].buttons == ()

    await chat.telegrams(VAGUE)
    assert len(chat.told("4711")[-1].buttons) == 3


OPTIONS = ("Lupa kata sandi", "Gagal masuk (login)", "Nilai tidak muncul", NONE_WORDS)


@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("1", 0), ("2.", 1), ("nomor tiga kak", 2), ("yang pertama", 0), ("the second one", 1), ("3️⃣", 2), ("4", 3), ("5", None), ("0", None),
        ("lupa password", 0), ("lupa sandi kak", 0), ("login", 1), ("soal nilai", 2), ("nilai tdk muncl", 2), ("gagal msuk", 1), ("gagall login", 1), ("nilai kuis", None),
        ("bukan", 3), ("lainnya", 3), ("none of them", 3), ("petugas saja", 3), ("1 dan 2", None), ("password dan nilai", None),
        ("saya sudah coba login tapi gagal terus sejak kemarin sore sampai hari ini", None), ("", None), ("ya", None),
    ],
)  # fmt: skip
def test_an_answer_is_read_by_number_by_words_and_with_a_letter_wrong(said, index):
    assert meant(said, OPTIONS) == index
