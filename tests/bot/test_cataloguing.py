"""Rules and the catalogue from chat: a supervisor changes them, checked like the files, as a revision of the desk."""

import pytest

from bot.desk_files import desk_from_files
from tests.bot.chat import ENVIRONMENT, SLUG, Chat
from tickets import revisions

BUDI, RINA = "1002", "1001"
RULES = "# ours\n- {id: gangguan, name: Tandai gangguan, when: received, then: {tag: gangguan}}\n"


@pytest.fixture
def chat(ledger):
    return Chat(ledger, files={"rules.yaml": RULES})


@pytest.fixture
async def says(chat):
    """Let somebody of the desk write to the bot by WhatsApp; the answer they get."""
    numbers = {BUDI: "+628110002", RINA: "+628110001"}

    async def write(who, text):
        await chat.writes(text, sender=numbers[who], name="?")
        return chat.last

    return write


def newest(chat):
    return chat.ledger.write_blocking(lambda tx: revisions.newest(tx, SLUG))


def desk(chat):
    return desk_from_files(newest(chat).files, ENVIRONMENT)


async def test_everybody_sees_the_rules(says):
    assert "✅ gangguan: Tandai gangguan" in await says(BUDI, "/aturan")


async def test_a_supervisor_switches_a_rule_and_the_file_keeps_its_comments(chat, says):
    assert "kini nonaktif (revisi 2)" in await says(RINA, "/aturan gangguan nonaktif")
    assert newest(chat).by == "staff:rina@example.ac.id"
    assert newest(chat).files["rules.yaml"].startswith("# ours\n")
    assert desk(chat).desk.rules[0].off
    assert "kini aktif (revisi 3)" in await says(RINA, "/aturan Tandai gangguan aktif")
    assert newest(chat).files["rules.yaml"] == RULES


async def test_an_agent_may_not_and_an_unknown_rule_is_told(chat, says):
    assert "tidak mengizinkan" in await says(BUDI, "/aturan gangguan nonaktif")
    assert "tidak ditemukan" in await says(RINA, "/aturan banjir nonaktif")
    assert newest(chat).number == 1


async def test_a_supervisor_adds_a_category(chat, says):
    told = await says(RINA, "/kategoribaru parkir; Parkir kampus; karcis parkir, palang")
    assert "Kategori Parkir kampus tersimpan (revisi 2)" in told
    category = desk(chat).catalogue.category("parkir")
    assert (category.name, category.keywords) == ("Parkir kampus", ("karcis parkir", "palang"))


async def test_a_supervisor_adds_a_reply_on_several_lines(chat, says):
    await says(RINA, "/templatbaru parkir; Soal parkir; Halo {contact},\n\nkarcis ada di pos satpam.")
    reply = desk(chat).catalogue.reply("parkir")
    assert reply.body == {"id": "Halo {contact},\n\nkarcis ada di pos satpam."}


async def test_a_mistake_is_told_and_nothing_is_saved(chat, says):
    told = await says(RINA, "/templatbaru parkir; Soal parkir; Halo {nama}")
    assert "Belum tersimpan" in told
    assert "replies.yaml:" in told
    assert "`{nama}`" in told
    assert "tidak mengizinkan" in await says(BUDI, "/kategoribaru parkir; Parkir")
    assert "Tulis seperti ini" in await says(RINA, "/kategoribaru parkir")
    assert newest(chat).number == 1


HOOK = "webhooks: [{id: status, url: 'https://status.example.ac.id', secret: '${HOOK}', events: ['*']}]"


async def test_a_supervisor_sees_and_tries_the_webhooks(ledger):
    chat = Chat(ledger, changes={"desk.yaml": ("retention: 5y", f"{HOOK}\nretention: 5y")})

    async def says(text, sender):
        await chat.writes(text, sender=sender, name="?")
        return chat.last

    assert "⛔ status: nonaktif" in await says("/webhook", "+628110001")
    assert "sedang dikirim" in await says("/webhook status uji", "+628110001")
    assert "tidak ditemukan" in await says("/webhook lain uji", "+628110001")
    assert "tidak mengizinkan" in await says("/webhook", "+628110002")
