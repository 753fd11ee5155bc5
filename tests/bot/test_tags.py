"""Tags: put on from chat, shown on the card, and only those that the desk lists."""

import pytest

from tests.bot.chat import Chat
from tickets.actions import tagging

BUDI = "1002"
QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


@pytest.fixture
def tags(chat):
    return lambda: chat.ledger.write_blocking(lambda tx: tagging.tags_of(tx, 1))


async def test_a_tag_is_put_on_and_stands_on_the_card(chat, tags):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/tag #Gangguan", ticket=1)
    assert tags() == ("gangguan",)
    assert "Tag: Gangguan layanan" in chat.topic(1)[0]
    await chat.agent_writes(BUDI, "/hapustag gangguan", ticket=1)
    assert tags() == ()
    assert "Tag:" not in chat.topic(1)[0]


async def test_alone_it_says_which_there_are(chat):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/tag gangguan", ticket=1)
    await chat.agent_writes(BUDI, "/tag", ticket=1)
    assert "Tag tiket #1: gangguan" in chat.topic(1)[-1]
    assert "tamu-penting" in chat.topic(1)[-1]


async def test_a_desk_that_lists_its_tags_knows_no_others(chat, tags):
    await chat.writes(QUESTION)
    await chat.agent_writes(BUDI, "/tag ganguan", ticket=1)
    assert "Tag ganguan tidak ada" in chat.topic(1)[-1]
    assert tags() == ()


async def test_the_same_from_anywhere_else(chat, tags):
    await chat.mails(QUESTION, external_id="<a@x>")
    await chat.writes("#1 /tag gangguan", sender="+628110002", name="Budi")
    assert tags() == ("gangguan",)
    assert "Tag tiket #1: gangguan" in chat.last
