"""Files are fetched aside from where they were sent, again and again for a while, and once more when somebody asks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.accounts.adapters import Adapters
from bot.media import LONGEST_WAIT, TRIES, MediaFetcher
from channels.contract import Deferred, FileTooLarge, RefusedByProvider
from tests.bot.chat import SLUG, Chat
from tickets.message import File
from tickets.views import ticket as whole_ticket

BUDI = "1002"
PHOTO = File(name="foto.png", type="image/png", fetch="https://api.twilio.com/media/1")
PNG = bytes.fromhex("89504e470d0a1a0a")


class Storage:
    """A provider that has the file, or does not."""

    def __init__(self) -> None:
        self.fails_with: Exception | None = None
        self.asked = 0
        self.file = File(name="foto.png", type="image/png", size=len(PNG), content=PNG)

    async def send(self, outgoing):
        raise NotImplementedError

    async def fetch(self, reference: str) -> File:
        self.asked += 1
        if self.fails_with is not None:
            raise self.fails_with
        return self.file


class Desk(Chat):
    def __init__(self, ledger) -> None:
        super().__init__(ledger)
        self.storage = Storage()
        self.media = MediaFetcher(
            ledger, self.desks, Adapters({f"{SLUG}/whatsapp": self.storage}), clock=lambda: self.now
        )

    async def waits(self, length: timedelta) -> int:
        self.now += length
        return await self.media.turn()


@pytest.fixture
def chat(ledger):
    return Desk(ledger)


async def test_a_file_that_is_there_a_moment_later_is_fetched_after_one_three_and_nine_seconds(chat):
    chat.storage.fails_with = Deferred("Berkas belum dapat diambil.")
    await chat.writes("ini galatnya", files=(PHOTO,))
    assert "#1" in chat.last  # the text has not waited
    for seconds in (0, 1, 3, 9):
        assert await chat.waits(timedelta(seconds=seconds) - timedelta(milliseconds=1 if seconds else 0)) == (
            0 if seconds else 1
        )
        if seconds:
            assert await chat.waits(timedelta(milliseconds=1)) == 1
    assert chat.storage.asked == 4
    chat.storage.fails_with = None
    assert await chat.waits(timedelta(seconds=27)) == 1
    await chat.settle()
    assert any(
        file.name == "foto.png" for out in chat.group.in_topic(chat.thread_of(1)) for file in out.files
    )


async def test_the_group_has_a_file_whole_and_under_a_name_without_the_number_of_an_identity_card(chat):
    named = "KTP_3273012305990001.png"
    chat.storage.file = replace(chat.storage.file, name=named)
    await chat.writes("ini KTP saya", files=(replace(PHOTO, name=named),))
    assert await chat.waits(timedelta()) == 1
    await chat.settle()
    shown = [file for out in chat.group.in_topic(chat.thread_of(1)) for file in out.files]
    assert [(file.name, file.content) for file in shown] == [("KTP_327•••01.png", PNG)]


@pytest.mark.parametrize(
    ("fault", "tries"),
    [
        (RefusedByProvider("Berkas ini sudah tidak dapat diambil.", code="410"), 1),
        (RefusedByProvider("Token akses ditolak.", code="401", account_broken=True), TRIES),
    ],
)
async def test_one_that_cannot_be_had_is_told_and_can_be_asked_for_again(chat, fault, tries):
    chat.storage.fails_with = fault
    await chat.writes("ini galatnya", files=(PHOTO,))
    for _ in range(TRIES):
        await chat.waits(timedelta(seconds=LONGEST_WAIT))
    assert chat.storage.asked == tries
    await chat.settle()
    assert any("/unduh" in text for text in chat.topic(1))
    chat.storage.fails_with = None
    await chat.agent_writes(BUDI, "/unduh", ticket=1)
    await chat.waits(timedelta(seconds=1))
    await chat.settle()
    assert any(out.files for out in chat.group.in_topic(chat.thread_of(1)))


async def test_of_one_that_is_too_large_the_contact_hears_what_to_send_and_the_ticket_that_it_is_missing(
    chat,
):
    chat.storage.fails_with = FileTooLarge("Berkas ini melebihi batas unduhan 20 MB.", limit=20 * 1024 * 1024)
    await chat.writes("ini galatnya", files=(PHOTO,))
    await chat.waits(timedelta(seconds=1))
    await chat.settle()
    assert "melebihi 20 MB" in chat.last
    assert "lebih kecil atau tautan" in chat.last
    assert "terlalu besar untuk diambil" in chat.topic(1)[-1]
    await chat.waits(timedelta(hours=1))
    assert chat.storage.asked == 1


async def test_a_contact_card_that_came_as_a_file_alone_is_read_in_words(chat):
    card, says = b"BEGIN:VCARD\nFN:Rina Sari\nEND:VCARD", "Kontak: Rina Sari"
    chat.storage.file = File(name="kontak.vcf", type="text/vcard", size=len(card), content=card, says=says)
    announced = File(name="kontak-1.vcf", type="text/vcard", fetch="https://api.twilio.com/media/1")
    await chat.writes("ini datanya", files=(announced,))
    await chat.writes("", files=(announced,))
    await chat.waits(timedelta(seconds=1))
    await chat.settle()
    with chat.ledger.reading() as session:
        seen = whole_ticket(session, 1, link=str)
    assert [each.text for each in seen.messages if each.author == "contact"] == ["ini datanya", says]
    assert sum(says in text for text in chat.topic(1)) == 1
    assert [file.name for each in seen.messages for file in each.attachments] == ["kontak-1.vcf"] * 2


async def test_a_file_from_the_agents_group_is_fetched_there_and_reaches_a_contact_of_another_channel(chat):
    chat.media = MediaFetcher(
        chat.ledger, chat.desks, Adapters({f"{SLUG}/telegram": chat.storage}), clock=lambda: chat.now
    )
    await chat.writes("kelas saya tidak muncul")
    await chat.agent_writes(BUDI, "Ini panduannya.", ticket=1, files=(PHOTO,))
    assert await chat.waits(timedelta(0)) == 1
    await chat.passes(timedelta(seconds=3))
    (answer,) = [sent for sent in chat.whatsapp.sent if sent.text == "Ini panduannya."]
    assert [file.content for file in answer.files] == [PNG]
