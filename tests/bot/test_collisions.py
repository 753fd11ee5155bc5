"""Two agents are about to answer the same contact: the second is warned, and nothing is lost."""

from datetime import timedelta

import pytest

from tests.bot.chat import Chat
from tickets.lifecycle import Status
from tickets.message import File

BUDI, SARI = "1002", "1003"
QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


@pytest.fixture
async def answered(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "Sedang kami cek.", ticket=1)
    return chat


async def test_a_second_answer_right_behind_a_colleague_s_is_held_and_sent_anyway(answered):
    chat = answered
    before = len(chat.said)
    await chat.agent_writes(SARI, "Baik, kami cek ya.", ticket=1, external_id="-1001:77")
    assert len(chat.said) == before
    warning = chat.topic(1)[-1]
    assert "Budi Hartanto sudah menjawab" in warning
    assert "Sedang kami cek." in warning
    await chat.agent_presses(SARI, "Tetap kirim", ticket=1)
    assert chat.last == "Baik, kami cek ya."
    assert chat.group.reactions["-1001:77"] == "🕊"
    await chat.agent_writes(SARI, "Mohon ditunggu.", ticket=1)  # she has seen his answer
    assert chat.last == "Mohon ditunggu."


async def test_what_is_discarded_is_not_sent(answered):
    chat = answered
    before = len(chat.said)
    await chat.agent_writes(SARI, "Baik, kami cek ya.", ticket=1)
    await chat.agent_presses(SARI, "Buang", ticket=1)
    await chat.agent_writes(SARI, "/kirim", ticket=1)
    assert len(chat.said) == before


async def test_a_held_answer_keeps_its_files_and_what_it_was_to_do(answered):
    chat = answered
    await chat.agent_writes(BUDI, f"/kategori {chat.ticket().suggestions[0][0]}", ticket=1)
    picture = File(name="cara.png", type="image/png", content=b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    await chat.agent_writes(SARI, "/tutup Begini caranya.", ticket=1, files=(picture,))
    assert chat.ticket().status is Status.OPEN
    await chat.agent_presses(SARI, "Tetap kirim", ticket=1)
    assert chat.ticket().status is Status.SOLVED
    sent = next(out for out in chat.whatsapp.sent if out.text == "Begini caranya.")
    assert [file.name for file in sent.files] == ["cara.png"]


async def test_after_some_minutes_nobody_is_warned(answered):
    chat = answered
    chat.now += 6 * MINUTE
    await chat.agent_writes(SARI, "Nilainya sudah muncul.", ticket=1)
    assert chat.last == "Nilainya sudah muncul."


async def test_the_same_contact_s_other_ticket_counts_and_its_card_names_it(chat):
    await chat.mails(QUESTION, external_id="<a@example.com>")
    await chat.mails("lupa sandi", subject="Sandi", external_id="<b@example.com>")
    await chat.agent_writes(BUDI, "Sedang kami cek.", ticket=1)
    assert "Juga terbuka dari pengirim ini: #1 (Budi Hartanto)" in chat.topic(2)[0]
    before = len(chat.email.sent)
    await chat.agent_writes(SARI, "Silakan atur ulang sandi.", ticket=2)
    assert len(chat.email.sent) == before
    assert "tiket #1" in chat.topic(2)[-1]


async def test_one_who_answers_twice_is_not_warned_of_themselves(answered):
    await answered.agent_writes(BUDI, "Sudah muncul.", ticket=1)
    assert answered.last == "Sudah muncul."
