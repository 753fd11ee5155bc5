"""Whoever wants no more messages gets none: by their own word, or as the provider says. The agent sees it first."""

import pytest

from channels.contract import RefusedByProvider
from tests.bot.chat import Chat
from tickets.message import Refusal

BUDI = "1002"
STOPPED = RefusedByProvider("Kontak meminta berhenti (STOP).", code="21610", why=Refusal.OPTED_OUT)


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


def card(chat) -> str:
    return chat.topic(1)[0]


@pytest.mark.parametrize(("stop", "start"), [("STOP", "START"), ("berhenti", "mulai")])
async def test_after_a_word_of_theirs_nothing_is_sent_until_they_write(chat, stop, start):
    await chat.writes("nilai kuis saya belum muncul")
    await chat.writes(stop)
    before = len(chat.said)
    assert "🔕" in card(chat)
    await chat.agent_writes(BUDI, "Sudah kami cek.", ticket=1)
    assert len(chat.said) == before
    assert "meminta berhenti" in chat.topic(1)[-1]
    await chat.writes(
        "bagaimana nilai saya?"
    )  # they want to know after all, and are answered by people alone
    assert len(chat.said) == before
    await chat.agent_writes(BUDI, "Sudah muncul.", ticket=1)
    assert chat.last == "Sudah muncul."
    await chat.writes(start)
    assert "akan kembali menerima pesan" in chat.last
    assert "🔕" not in card(chat)


async def test_what_the_provider_says_counts_as_their_word(chat):
    await chat.writes("nilai kuis saya belum muncul")
    chat.whatsapp.fails_with = STOPPED
    await chat.agent_writes(BUDI, "Sudah kami cek.", ticket=1)
    assert "🔕" in card(chat)
    chat.whatsapp.fails_with = None
    before = len(chat.said)
    await chat.agent_writes(BUDI, "Halo?", ticket=1)
    assert len(chat.said) == before
