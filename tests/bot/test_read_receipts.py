"""A contact sees that their message was read once the desk answers, where the channel can show it."""

import pytest

from channels.contract import Deferred
from tests.bot.chat import Chat


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


async def test_an_answer_shows_once_that_the_last_message_was_read(chat):
    await chat.writes("lupa sandi edunex", external_id="wamid.1")
    answered = len(chat.whatsapp.sent)
    assert answered > 0
    await chat.agent_writes("1002", "Sedang kami cek.", ticket=1)
    assert chat.whatsapp.read == ["wamid.1"]
    chat.whatsapp.reading_fails_with = Deferred("not now")
    await chat.writes("masih belum bisa", external_id="wamid.2")
    await chat.agent_writes("1002", "Sudah kami atur ulang.", ticket=1)
    assert chat.last == "Sudah kami atur ulang."
    chat.whatsapp.reading_fails_with = None
    await chat.agent_writes("1002", "Silakan dicoba.", ticket=1)
    assert chat.whatsapp.read == ["wamid.1", "wamid.2"]
