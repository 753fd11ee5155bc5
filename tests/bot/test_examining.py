"""With a virus scanner, whatever comes from outside is shown to it before it is kept; what it objects to is handed out to nobody."""

import pytest

from bot.accounts.adapters import Adapters
from bot.media import AGAIN, TRIES, MediaFetcher
from channels.clamav import Clamd
from channels.contract import StoreBusy
from tests.bot.chat import SLUG, Chat
from tests.standins import clamd
from tickets.message import File
from tickets.views import ticket as whole_ticket

BAD = File(name="tagihan.exe", type="application/pdf", content=b"MZ" + clamd.EICAR)
GOOD = File(name="surat.txt", type="text/plain", content=b"halo")
ANNOUNCED = File(name="foto.png", type="image/png", fetch="https://api.twilio.com/media/1")


class Provider:
    content = BAD.content

    async def send(self, outgoing):
        raise NotImplementedError

    async def fetch(self, reference: str) -> File:
        return File(name="foto.png", type="image/png", content=self.content)


@pytest.fixture
def scanner():
    with clamd.running() as running:
        yield running


@pytest.fixture
def examiner(scanner):
    return Clamd(scanner.address)


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


@pytest.fixture
def media(chat):
    adapters = Adapters({f"{SLUG}/whatsapp": Provider()})
    return MediaFetcher(
        chat.ledger, chat.desks, adapters, clock=lambda: chat.now, refuse=chat.metrics.refused
    )


def files_of(chat, number=1):
    with chat.ledger.reading() as session:
        found = whole_ticket(session, number, link=str)
    return [
        (file.name, file.state, file.error, file.url)
        for message in found.messages
        for file in message.attachments
    ]


def kinds_of(chat):
    with chat.ledger.reading() as session:
        return [event.kind for event in whole_ticket(session, 1, link=str).events]


def bytes_kept(chat):
    return [chat.ledger.blobs.get(each) for each in chat.ledger.blobs.listed()]


async def test_a_file_with_a_virus_is_withheld_and_its_message_says_so(chat):
    await chat.writes("ini tagihannya", files=(BAD, GOOD))
    said = f"Ditahan: mengandung {clamd.NAME}. / Withheld: it contains {clamd.NAME}."
    (bad, good) = files_of(chat)
    assert bad == ("tagihan.exe", "withheld", said, None)
    assert (good[1], bytes_kept(chat)) == ("stored", [b"halo"])
    assert kinds_of(chat).count("attachment.withheld") == 1
    await chat.settle()
    assert any("ditahan oleh pemeriksa virus" in out.text for out in chat.group.in_topic(chat.thread_of(1)))
    assert (
        b'tanggap_refused_total{account="itb-care-center/whatsapp",reason="virus"} 1.0'
        in chat.metrics.exposition()
    )


async def test_so_is_one_that_was_fetched_and_it_is_not_fetched_again(chat, media):
    await chat.writes("ini fotonya", files=(ANNOUNCED,))
    await media.turn()
    ((_, state, error, url),) = files_of(chat)
    assert (state, clamd.NAME in error, url, bytes_kept(chat)) == ("withheld", True, None, [])
    assert kinds_of(chat).count("attachment.withheld") == 1
    assert b'reason="virus"} 1.0' in chat.metrics.exposition()
    chat.now += 2 * AGAIN
    assert await media.turn() == 0


async def test_one_too_large_to_be_examined_is_withheld_too(chat, scanner):
    scanner.longest = 3
    await chat.writes("ini suratnya", files=(GOOD,))
    ((_, state, error, _),) = files_of(chat)
    assert (state, "too large to be examined" in error, bytes_kept(chat)) == ("withheld", True, [])


async def test_while_the_scanner_is_away_what_has_a_file_comes_again_and_words_alone_come_in(chat, scanner):
    scanner.says = "Can't allocate memory ERROR"
    with pytest.raises(StoreBusy):
        await chat.writes("ini suratnya", files=(GOOD,))
    assert bytes_kept(chat) == []
    await chat.writes("halo")
    scanner.says = None
    await chat.writes("ini suratnya", files=(GOOD,))
    assert [state for _, state, _, _ in files_of(chat)] == ["stored"]


async def test_what_was_announced_waits_for_it_as_long_as_it_takes(chat, media, scanner):
    scanner.says = "Can't allocate memory ERROR"
    await chat.writes("ini fotonya", files=(ANNOUNCED,))
    for _ in range(TRIES + 3):
        assert await media.turn() == 1
        chat.now += AGAIN
    assert [(state, url) for _, state, _, url in files_of(chat)] == [("pending", None)]
    scanner.says = "stream: OK"
    assert await media.turn() == 1
    assert [state for _, state, _, _ in files_of(chat)] == ["stored"]
