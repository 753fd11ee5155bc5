"""Agents put aside what nobody asked for or what can wait, and say how urgent the rest is."""

from datetime import timedelta

import pytest

from tests.bot.chat import SLUG, Chat
from tickets import contacts
from tickets.lifecycle import Status

BUDI, RINA = "1002", "1001"
QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"
HOUR = timedelta(hours=1)


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


async def test_spam_leaves_the_desk_without_a_word_and_comes_back_as_it_was(chat):
    await chat.writes(QUESTION)
    before, clock = len(chat.said), chat.clock("first_response")
    await chat.agent_writes(BUDI, "/spam jualan pulsa", ticket=1)
    assert chat.ticket().status is Status.CLOSED
    assert chat.clock("first_response").ended_at is not None
    assert chat.clock("resolution").ended_at is not None
    assert len(chat.said) == before
    assert chat.thread_of(1) in chat.group.closed
    await chat.agent_writes(BUDI, "/pulihkan", ticket=1)
    assert chat.ticket().status is Status.NEW
    assert chat.clock("first_response") == clock
    assert chat.thread_of(1) not in chat.group.closed


async def test_who_writes_again_after_spam_opens_another_ticket_and_the_old_one_can_still_come_back(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/spam", ticket=1)
    await chat.writes("saya sungguh bertanya soal nilai kuis fisika saya")
    assert chat.ticket(2).linked_to == 1
    await chat.agent_writes(BUDI, "/pulihkan", ticket=1)
    assert chat.ticket(1).status is Status.NEW
    await chat.writes("tolong ya kak")
    assert chat.ticket(2).updated_at > chat.ticket(1).updated_at


async def test_spam_is_not_reopened_but_restored(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/spam", ticket=1)
    await chat.agent_writes(BUDI, "/buka", ticket=1)
    assert chat.ticket().status is Status.CLOSED


async def test_what_a_blocked_address_sends_is_kept_opens_nothing_and_is_answered_nothing(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/spam", ticket=1)
    await chat.agent_writes(BUDI, "/blokir menjual pulsa", ticket=1)
    before = len(chat.said)
    await chat.writes("PULSA MURAH!!!")
    await chat.writes("status tiket")
    assert len(chat.said) == before
    assert len(chat.group.topics) == 1
    held = chat.ledger.write_blocking(lambda tx: address_of(tx).block_reason)
    assert held == "menjual pulsa"


async def test_a_supervisor_unblocks_and_takes_in_what_came_meanwhile(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/spam", ticket=1)
    await chat.agent_writes(BUDI, "/blokir", ticket=1)
    await chat.writes("maaf, saya benar-benar bertanya: nilai kuis fisika saya belum muncul")
    await chat.agent_writes(BUDI, "/bukablokir ambil", ticket=1)
    assert chat.ledger.write_blocking(lambda tx: address_of(tx).blocked_at) is not None  # an agent may not
    await chat.agent_writes(RINA, "/bukablokir ambil", ticket=1)
    assert chat.ticket(2).status is Status.NEW
    assert chat.clock("first_response", 2).started_at > chat.ticket(1).created_at
    assert "nilai kuis fisika saya belum muncul" in "\n".join(chat.topic(2))
    await chat.writes("halo?")
    assert len(chat.group.topics) == 2


async def test_nothing_is_said_to_a_blocked_address(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/blokir", ticket=1)
    before = len(chat.said)
    await chat.agent_writes(BUDI, "Mohon tidak mengganggu.", ticket=1)
    assert len(chat.said) == before
    assert "diblokir" in chat.topic(1)[-1]


async def test_a_ticket_sleeps_with_its_clocks_running_and_its_holder_is_told_when_it_wakes(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/ambil", ticket=1)
    due_at = chat.clock("resolution").due_at
    await chat.agent_writes(BUDI, "/tunda 2 jam menunggu dosen", ticket=1)
    assert "pukul 11.00" in chat.topic(1)[-1]
    await chat.passes(HOUR)
    assert chat.ticket().snoozed_until is not None
    await chat.passes(HOUR)
    assert chat.ticket().snoozed_until is None
    assert any("perlu dilihat lagi" in text for text in chat.topic(1))
    assert [out.text for out in chat.group.private if "perlu dilihat lagi" in out.text]
    assert chat.clock("resolution").due_at == due_at


async def test_the_contact_wakes_it_at_once(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/tunda besok", ticket=1)
    await chat.writes("sudah ada kabar, kak?")
    assert chat.ticket().snoozed_until is None
    assert any("Pengirim menulis lagi" in text for text in chat.topic(1))


async def test_without_an_instant_it_asks_until_when(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/tunda", ticket=1)
    assert "Sampai kapan?" in chat.topic(1)[-1]
    assert chat.ticket().snoozed_until is None


async def test_the_card_says_how_urgent_it_is(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/prioritas", ticket=1)
    await chat.agent_presses(BUDI, "mendesak", ticket=1)
    assert chat.ticket().priority == 2
    assert "Prioritas: mendesak" in chat.topic(1)[0]
    await chat.agent_writes(BUDI, "/prioritas gawat", ticket=1)
    assert "tidak dikenal" in chat.topic(1)[-1]


def address_of(tx):
    return contacts.address_at(tx, account=f"{SLUG}/whatsapp", external_id="+62811")
