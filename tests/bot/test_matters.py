"""Two requests in one message: neither is answered alone, and an agent tells them apart with one tap."""

import pytest

from tests.bot.chat import Chat
from tests.bot.test_predictions import taught
from tickets.clocks import FIRST_RESPONSE
from tickets.lifecycle import Status

BUDI = "1002"
BOTH = "kak saya lupa password, terus sertifikat pelatihan saya belum keluar"


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


def card(chat, ticket=1):
    return chat.group.in_topic(chat.thread_of(ticket))[0]


def labels(chat, ticket=1):
    return [button.label for row in card(chat, ticket).buttons for button in row]


async def test_neither_is_answered_alone_and_the_card_shows_both(chat):
    await chat.telegrams("lupa password", sender="4712")
    assert "Apakah jawaban ini membantu?" in chat.told("4712")[-1].text  # alone it would be

    await chat.telegrams(BOTH)

    assert "membantu?" not in chat.told("4711")[-1].text
    assert "lebih dari satu hal: Lupa kata sandi; Sertifikat" in card(chat, 2).text
    assert labels(chat, 2)[:3] == ["🏷 Lupa kata sandi", "🏷 Sertifikat", "✂️ Jadikan tiket sendiri: Sertifikat"]


async def test_one_tap_makes_two_tickets_each_with_its_words_category_and_clock(chat):
    await chat.telegrams(BOTH)
    began = chat.clock(FIRST_RESPONSE).started_at
    chat.now += (chat.now - began) * 0 + (chat.clock(FIRST_RESPONSE).due_at - began) / 3
    await chat.agent_presses(BUDI, "✂️", ticket=1)

    assert (chat.ticket(1).category, chat.ticket(2).category) == ("password", "certificate")
    assert chat.ticket(2).subject == "sertifikat pelatihan saya belum keluar"
    assert chat.ticket(2).category_by == "staff:budi@example.ac.id"
    assert chat.clock(FIRST_RESPONSE, 2).started_at == began
    assert any("sertifikat pelatihan saya belum keluar" in text for text in chat.topic(2))
    assert not any("✂️" in label for label in labels(chat))
    assert taught(chat) == []  # its words are about both

    await chat.agent_writes(BUDI, "Sertifikatnya kami periksa ya.", ticket=2)
    assert "Sertifikatnya" in chat.told("4711")[-1].text
    assert (chat.ticket(1).status, chat.ticket(2).status) == (Status.NEW, Status.OPEN)
    await chat.telegrams("baik, saya tunggu kabar passwordnya")
    assert any(
        "saya tunggu" in text for text in chat.topic(1)
    )  # what they write next goes where it went before


async def test_whoever_takes_it_for_one_of_the_two_is_done(chat):
    await chat.telegrams(BOTH)
    await chat.agent_presses(BUDI, "🏷 Sertifikat", ticket=1)

    assert chat.ticket().category == "certificate"
    assert "lebih dari satu hal" not in card(chat).text
    await chat.agent_writes(BUDI, "/pisah =password", ticket=1)  # too late
    assert chat.ledger.write_blocking(lambda tx: tx.next_id("tickets")) == 2


async def test_three_matters_are_split_off_one_by_one(chat):
    await chat.telegrams(
        "1. lupa password\n2. oh ya sertifikat pelatihan belum keluar\n3. sekalian email kampus penuh"
    )
    await chat.agent_presses(BUDI, "✂️ Jadikan tiket sendiri: Sertifikat", ticket=1)
    assert chat.ticket(1).category is None
    await chat.agent_presses(BUDI, "✂️", ticket=1)
    assert [chat.ticket(number).category for number in (1, 2, 3)] == [
        "password",
        "certificate",
        "email-quota",
    ]


async def test_a_mail_is_split_just_so(chat):
    await chat.mails(f"Selamat pagi.\n\n{BOTH}", subject="Dua hal")
    await chat.agent_presses(BUDI, "✂️", ticket=1)
    await chat.agent_writes(BUDI, "Sertifikatnya kami periksa ya.", ticket=2)
    assert "Sertifikatnya" in chat.email.sent[-1].text
    assert "[#2]" in (chat.email.sent[-1].subject or "")
