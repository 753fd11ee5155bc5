"""What somebody of the desk wrote in chat is changed and taken back: by editing it, and by `/hapus` in reply to it."""

from datetime import timedelta

import pytest

from tests.bot.chat import GROUP, SLUG, Chat
from tickets import views
from tickets.actions import answering, undoing
from tickets.actions.answering import Words
from tickets.message import Channel, Person, Place

ANA, BUDI, SARI, STRANGER = "4711", "1002", "1003", "9999"


@pytest.fixture
async def chat(ledger):
    chat = Chat(ledger)
    await chat.telegrams("lupa sandi edunex")
    return chat


async def edits(chat, who, external_id, text, *, ticket=1, address=GROUP, deleted=False):
    thread = chat.thread_of(ticket) if address == GROUP else None
    await chat.edits(who, external_id, text, address=address, thread=thread, deleted=deleted)


def seen(chat):
    return chat.group.seen_by(ANA)


def messages(chat, ticket=1):
    with chat.ledger.reading() as session:
        return views.messages(session, link=str, limit=50, ticket=ticket).items


def taken_back(chat, ticket=1):
    with chat.ledger.reading() as session:
        return views.taken_back(session, ticket, link=str)


async def test_an_agents_edit_edits_what_the_contact_sees_and_what_it_said_stays_on_the_ticket(chat):
    await chat.agent_writes(BUDI, "Silahkan coba lagi.", ticket=1, external_id=f"{GROUP}:70")
    assert seen(chat)[-1] == "Silahkan coba lagi."
    await edits(chat, BUDI, f"{GROUP}:70", "Silakan coba lagi.")
    assert seen(chat)[-1] == "Silakan coba lagi."
    newest = messages(chat)[0]
    assert (newest.text, [edit.text for edit in newest.edits]) == (
        "Silakan coba lagi.",
        ["Silahkan coba lagi."],
    )
    assert newest.delivery.state == "sent"


async def test_an_answer_is_taken_back_by_replying_to_it_and_only_what_is_said_in_reply(chat):
    await chat.agent_writes(BUDI, "Salah kirim.", ticket=1, external_id=f"{GROUP}:70")
    await chat.agent_writes(BUDI, "/hapus", ticket=1)
    assert "Balaslah pesan" in chat.topic(1)[-1]
    await chat.agent_writes(BUDI, "/hapus", ticket=1, replies_to=f"{GROUP}:70")
    assert "Salah kirim." not in seen(chat)
    assert messages(chat)[0].withdrawn_at is not None
    assert "Jawaban ditarik dari kontak" in chat.topic(1)[-1]
    await edits(chat, BUDI, f"{GROUP}:70", "Salah kirim lagi.")
    assert "Salah kirim lagi." not in seen(chat)


async def test_where_the_channel_cannot_the_agent_is_told_and_nothing_changes(chat):
    await chat.writes("wifi mati")
    await chat.agent_writes(BUDI, "Kami cek.", ticket=2, external_id=f"{GROUP}:71")
    await edits(chat, BUDI, f"{GROUP}:71", "Kami periksa.", ticket=2)
    assert "tidak dapat mengubah" in chat.topic(2)[-1]
    await chat.agent_writes(BUDI, "/hapus", ticket=2, replies_to=f"{GROUP}:71")
    assert "tidak dapat ditarik" in chat.topic(2)[-1]
    assert messages(chat, 2)[0].text == "Kami cek."
    assert chat.last == "Kami cek."


async def test_after_two_days_telegram_takes_nothing_back(chat):
    await chat.agent_writes(BUDI, "Kami cek.", ticket=1, external_id=f"{GROUP}:70")
    chat.now += timedelta(hours=48)
    await chat.agent_writes(BUDI, "/hapus", ticket=1, replies_to=f"{GROUP}:70")
    assert "tidak dapat ditarik" in chat.topic(1)[-1]
    assert seen(chat)[-1] == "Kami cek."


async def test_what_telegram_refuses_after_all_is_told_and_the_ledger_says_what_the_contact_sees(chat):
    await chat.agent_writes(BUDI, "Kami cek.", ticket=1, external_id=f"{GROUP}:70")
    chat.group.keeps_all = True
    await chat.agent_writes(BUDI, "/hapus", ticket=1, replies_to=f"{GROUP}:70")
    assert messages(chat)[0].withdrawn_at is None
    assert "sudah tidak dapat ditarik dari Telegram" in "\n".join(chat.topic(1))


@pytest.mark.parametrize("text", ["// rahasia", "/tutup", "#1 // rahasia", "/ngawur"])
async def test_no_edit_turns_an_answer_into_a_note_or_a_command(chat, text):
    await chat.agent_writes(BUDI, "Kami cek.", ticket=1, external_id=f"{GROUP}:70")
    await edits(chat, BUDI, f"{GROUP}:70", text)
    assert "Suntingan tidak dapat" in chat.topic(1)[-1]
    assert seen(chat)[-1] == "Kami cek."


async def test_an_edited_note_stays_a_note_and_one_taken_back_is_marked(chat):
    before = len(seen(chat))
    await chat.agent_writes(BUDI, "// curiga akun palsu", ticket=1, external_id=f"{GROUP}:72")
    for text in ("// curiga akun tiruan", "curiga akun pinjaman"):
        await edits(chat, BUDI, f"{GROUP}:72", text)
    note = messages(chat)[0]
    assert (note.direction, note.text) == ("note", "curiga akun pinjaman")
    await chat.agent_writes(BUDI, "/hapus", ticket=1, replies_to=f"{GROUP}:72")
    assert messages(chat)[0].withdrawn_at is not None
    assert len(seen(chat)) == before


async def test_nobody_but_its_writer_and_a_supervisor_changes_an_answer(chat):
    await chat.agent_writes(BUDI, "Kami cek.", ticket=1, external_id=f"{GROUP}:70")
    for who in (STRANGER, GROUP):
        await edits(chat, who, f"{GROUP}:70", "Hubungi nomor saya.")
        await chat.agent_writes(who, "/hapus", ticket=1, replies_to=f"{GROUP}:70")
    assert seen(chat)[-1] == "Kami cek."


async def test_a_contacts_edit_is_shown_with_what_it_said_before(chat):
    await chat.telegrams("Tagihan 100 ribu", external_id=f"{ANA}:5")
    await edits(chat, ANA, f"{ANA}:5", "Tagihan 200 ribu", address=ANA)
    assert "Tagihan 200 ribu" in chat.topic(1)[-1]
    edited = next(each for each in messages(chat) if each.text == "Tagihan 200 ribu")
    assert [edit.text for edit in edited.edits] == ["Tagihan 100 ribu"]


async def test_a_contacts_reply_hangs_on_what_it_answers_and_what_they_delete_stays_for_the_desk(chat):
    await chat.agent_writes(BUDI, "Ruang A atau B?", ticket=1, external_id=f"{GROUP}:70")
    asked = next(key for key, (_, out) in chat.group.messages.items() if out.text == "Ruang A atau B?")
    await chat.agent_writes(SARI, "Sudah dicoba?", ticket=1, external_id=f"{GROUP}:71")
    await chat.telegrams("yang pertama", external_id=f"{ANA}:900", replies_to=asked)
    told = chat.group.in_topic(chat.thread_of(1))[-1]
    assert (told.replies_to, "Ruang A" in told.text) == (f"{GROUP}:70", False)
    assert messages(chat)[0].replies_to.text == "Ruang A atau B?"

    place = Place(account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address=ANA)
    for words in (
        "eh",
        "yang kedua",
    ):  # joined in one message, so that nothing can be hung on what is answered
        await chat.receives(
            Channel.TELEGRAM, words, place, Person(address=ANA, name="Ana"), replies_to=f"{ANA}:900"
        )
    await chat.settle()
    assert "↪ membalas “yang pertama”\nyang kedua" in chat.topic(1)[-1]

    await edits(chat, ANA, f"{ANA}:900", "", address=ANA, deleted=True)
    assert chat.topic(1)[-1] == "🗑 Ana menghapus pesannya: “yang pertama”"
    newest = messages(chat)[2]
    assert (newest.text, newest.withdrawn_at is not None) == ("", True)
    assert taken_back(chat)[newest.id].text == "yang pertama"


async def test_a_deletion_that_comes_before_its_message_is_kept_until_that_comes(chat):
    await edits(chat, ANA, f"{ANA}:7", "Tagihan 200 ribu", address=ANA)
    await edits(chat, ANA, f"{ANA}:7", "", address=ANA, deleted=True)
    await chat.telegrams("Tagihan 100 ribu", external_id=f"{ANA}:7")
    found = next(each for each in messages(chat) if each.external_id == f"{ANA}:7")
    assert (found.text, found.withdrawn_at is not None) == ("", True)
    kept = taken_back(chat)[found.id]
    assert (kept.text, [edit.text for edit in kept.edits]) == ("Tagihan 200 ribu", ["Tagihan 100 ribu"])
    assert "menghapus" in chat.topic(1)[-1]


async def test_what_is_undone_on_a_page_before_it_leaves_is_told_in_the_topic(chat):
    by = chat.staff("agent").actor
    _, message = chat.ledger.write_blocking(
        lambda tx: answering.answer(
            tx, 1, Words(text="Terlalu cepat."), by=by, at=chat.now, hold=timedelta(minutes=1)
        )
    )
    await chat.settle()
    chat.ledger.write_blocking(lambda tx: undoing.undo(tx, 1, message, by=by, at=chat.now))
    await chat.settle()
    assert "dibatalkan sebelum terkirim" in chat.topic(1)[-1]
    assert "Terlalu cepat." not in seen(chat)
