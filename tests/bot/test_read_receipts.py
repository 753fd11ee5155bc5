"""A contact sees that their message was read once the desk answers, where the channel can show it."""

import pytest

from channels.contract import Deferred
from tests.bot.chat import SLUG, Chat, Line
from tickets.message import Told


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


async def test_a_contact_s_reaction_is_told_in_the_topic_and_a_colleague_s_is_not(chat):
    await chat.writes("lupa sandi edunex")
    await chat.agent_writes("1002", "Sudah kami atur ulang.", ticket=1)
    answer = Line.known_as(chat.whatsapp.sent[-1])
    in_topic = next(key for key, (thread, _) in chat.group.messages.items() if thread == chat.thread_of(1))
    for number, (account, message, sign) in enumerate(
        [
            ("whatsapp", answer, "👍"),
            ("whatsapp", answer, ""),
            ("telegram", in_topic, "🔥"),
            ("whatsapp", "wamid.0", "👍"),
        ]
    ):
        told = Told(event_id=f"r{number}", account=f"{SLUG}/{account}", external_id=message, reaction=sign)
        await chat.receiver.deliver(told)
    await chat.settle()
    assert [text for text in chat.topic(1) if "menanggapi" in text] == ["👍 Kontak menanggapi pesan kita."]
