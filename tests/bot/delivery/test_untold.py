"""What a group refuses for a reason that nobody foresaw, or may have taken: it is read all the same, or said to be there."""

from datetime import timedelta

import pytest

from bot.accounts.adapters import Adapters
from bot.carrying.safer import Form, bare, safer
from bot.media import MediaFetcher
from channels.contract import RefusedByProvider, ThreadGone
from tests.bot.chat import GROUP, SLUG, Chat, GroupOfAgents
from tickets.message import File, Outgoing, Sent

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BUDI, RINA = "1002", "1001"
WORDS = "masih belum bisa 🙏"
PAGE = "http://desk.test/tickets/1"


class Storage:
    async def send(self, outgoing: Outgoing) -> Sent:
        raise NotImplementedError

    async def fetch(self, _reference: str) -> File:
        return File(name="surat.pdf", type="application/pdf", content=b"%PDF-1.7")


class PickyGroup(GroupOfAgents):
    """One that refuses what a test says, deletes topics by hand, and takes things without saying so."""

    def __init__(self) -> None:
        super().__init__()
        self.refuses = lambda _outgoing: False
        self.deleted: set[str] = set()
        self.silent = 0  # so many times it takes something and does not answer

    async def send(self, outgoing: Outgoing) -> Sent:
        in_group = outgoing.place.address.startswith("-")
        if in_group and outgoing.place.thread in self.deleted:
            raise ThreadGone("Topik ini sudah dihapus.")
        if in_group and self.refuses(outgoing):
            raise RefusedByProvider("Telegram menolak permintaan ini: Bad Request: something new", code="400")
        sent = await super().send(outgoing)
        if in_group and outgoing.edits is None and self.silent:
            self.silent -= 1
            raise TimeoutError
        return sent

    @property
    def general(self) -> list[str]:
        return [
            out.text for thread, out in self.messages.values() if out.place.address == GROUP and not thread
        ]


@pytest.fixture
async def chat(ledger):
    chat = Chat(ledger, telegram=PickyGroup())
    await chat.writes("lupa sandi edunex")
    return chat


@on_sqlite
@pytest.mark.parametrize(
    ("refuses", "in_topic", "in_general", "to_supervisor"),
    [
        (lambda out: "🙏" in out.text, "masih belum bisa\n(Ditampilkan sebagai teks polos", "", ""),
        (lambda out: "masih" in out.text, f"Ada pesan pada tiket #1 yang tidak dapat ditampilkan di Telegram. Silakan baca di {PAGE}.", "", ""),
        (lambda out: out.place.thread, "", f"pesan pada tiket #1 yang tidak dapat ditampilkan di Telegram. Silakan baca di {PAGE}. Telegram menolak", ""),
        (lambda _out: True, "", "", "pesan pada tiket #1"),
    ],
)  # fmt: skip
async def test_a_contacts_words_that_are_refused_come_in_a_safer_form_or_are_said_to_be_there(
    chat, refuses, in_topic, in_general, to_supervisor
):
    before = len(chat.topic(1))
    chat.group.refuses = refuses
    await chat.writes(WORDS)
    assert in_topic in "\n".join(chat.topic(1)[before:])
    assert in_general in "\n".join(chat.group.general)
    assert to_supervisor in "\n".join(chat.heard_by(RINA))
    assert (bool(in_topic), bool(in_general), bool(to_supervisor)) == (
        len(chat.topic(1)) > before, bool(chat.group.general), bool(chat.heard_by(RINA)),
    )  # fmt: skip
    chat.group.refuses = lambda _outgoing: False
    await chat.writes("kalau ini?")
    assert "kalau ini?" in chat.topic(1)[-1]


@on_sqlite
async def test_a_refused_file_is_named_with_the_page_where_it_is(chat):
    chat.group.refuses = lambda out: bool(out.files)
    await chat.writes("ini suratnya", files=(File(name="surat.pdf", type="application/pdf", fetch="F1"),))
    storage = Adapters({f"{SLUG}/whatsapp": Storage()})
    await MediaFetcher(chat.ledger, chat.desks, storage, clock=lambda: chat.now).turn()
    await chat.settle()
    assert f"Berkas “surat.pdf” pada tiket #1 tidak dapat ditampilkan di Telegram. Silakan buka di {PAGE}." in "\n".join(chat.topic(1))  # fmt: skip


@on_sqlite
async def test_a_card_that_is_refused_holds_no_words_up_and_a_ticket_without_a_topic_is_said_in_general(chat):
    chat.group.refuses = lambda out: out.text.startswith("Tiket #2")
    await chat.writes("wifi asrama mati", sender="+62812")
    assert "wifi asrama mati" in "\n".join(chat.topic(2))
    chat.group.refuses = lambda out: out.place.thread
    await chat.writes("proyektor rusak", sender="+62813")
    assert "Topik untuk tiket #3 tidak dapat dibuat" in "\n".join(chat.group.general)
    assert "Ada pesan pada tiket #3" in "\n".join(chat.group.general)
    chat.group.refuses = lambda _outgoing: False
    await chat.agent_writes(BUDI, "/ambil", ticket=3)
    await chat.passes(timedelta(minutes=6))
    assert chat.topic(3)[-1].startswith("Tiket #3")


@on_sqlite
async def test_what_a_group_may_have_taken_comes_again_and_says_so_and_ever_less_often(chat):
    before = len(chat.topic(1))
    chat.group.silent = 1
    await chat.writes(WORDS)
    assert [WORDS in text for text in chat.topic(1)[before:]] == [True]
    await chat.passes(timedelta(seconds=10))
    again = chat.topic(1)[before:]
    assert [WORDS in text for text in again] == [True, True]
    assert again[1].startswith("(Mungkin sudah tampil di atas")
    chat.group.silent = 100
    await chat.writes("halo?")
    for _ in range(60):
        await chat.passes(timedelta(minutes=1))
    assert sum("halo?" in text for text in chat.topic(1)) <= 10


@on_sqlite
async def test_what_is_told_in_a_topic_that_somebody_deleted_is_told_in_general_with_the_ticket(chat):
    chat.whatsapp.fails_with = RefusedByProvider("nomor tidak dikenal")
    thread = chat.thread_of(1)
    await chat.agent_writes(BUDI, "Kami cek.", ticket=1)
    assert "nomor tidak dikenal" in chat.topic(1)[-1]
    chat.group.deleted.add(thread)
    await chat.agent_writes(BUDI, "/kategori", ticket=1)
    assert chat.group.general[-1].startswith("Tiket #1: Pilih kategori")
    await chat.writes(WORDS)  # the topic is made again, with its card
    chat.group.topics.pop(thread)
    card, words = chat.topic(1)
    assert card.startswith("Tiket #1")
    assert WORDS in words


def test_each_refusal_has_a_next_form_until_there_is_none():
    found = {}
    for act in ("topic", "mirror", "notice", "file", "say", "card", "close_topic"):
        payload, found[act] = {}, []
        while (form := safer(act, payload)) is not None:
            payload = {"form": str(form)}
            found[act].append(form)
    plain, pointer, general = Form.PLAIN, Form.POINTER, Form.GENERAL
    assert found == {
        "topic": [plain, general], "mirror": [plain, pointer, general], "notice": [plain, pointer, general],
        "file": [pointer, general], "say": [plain, general], "card": [], "close_topic": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Halo, Bu!\nRp 5.000 + 2%", "Halo, Bu!\nRp 5.000 + 2%"),
        ("a\u202eb\u200bc\x07d\ue000", "abcd"),
        ("💬 Ana: 👍🏽 €3", "Ana:  €3"),
        ("e\u0301", "é"),
        ("\ud800x", "x"),
    ],
)
def test_bare_words_are_what_every_provider_takes(text, left):
    assert bare(text) == left
