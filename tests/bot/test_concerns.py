"""What concerns one person is told to them, wherever they are: a note that names them, an answer of theirs that was held."""

from datetime import timedelta

import pytest

from tests.bot.chat import Chat
from tickets.actions import handling, scheduling
from tickets.actions.answering import Words
from tickets.actions.errors import CategoryMissingError
from tickets.lifecycle import Status
from tickets.scheduled import Then
from tickets.ticket import load

ANA, RINA, BUDI = "4711", "1001", "1002"


@pytest.fixture
async def chat(ledger):
    chat = Chat(ledger)
    await chat.telegrams("lupa sandi edunex")
    return chat


async def test_whoever_is_named_in_a_note_from_chat_is_told_by_whom_and_what(chat):
    await chat.agent_writes(BUDI, "// @Rina tolong cek, akun palsu?", ticket=1)
    assert "menyebut Anda dalam catatan tiket #1" in chat.heard_by(RINA)[-1]
    assert "akun palsu?" in chat.heard_by(RINA)[-1]
    assert "akun palsu?" not in " ".join(chat.group.seen_by(ANA))


async def test_an_answer_goes_when_its_time_has_come_and_its_author_is_told_if_it_does_not(chat):
    author = chat.staff("agent")

    def schedule(text):
        due_at = chat.now + timedelta(hours=1)
        chat.ledger.write_blocking(
            lambda tx: scheduling.schedule(
                tx, 1, Words(text=text), due_at=due_at, by=author.actor, at=chat.now
            )
        )

    schedule("Sudah kami reset.")
    await chat.passes(timedelta(hours=1))
    assert chat.group.seen_by(ANA)[-1] == "Sudah kami reset."
    schedule("Masih perlu bantuan?")
    await chat.telegrams("sudah bisa, tapi nilai saya hilang")
    await chat.passes(timedelta(hours=1))
    assert "Masih perlu bantuan?" not in chat.group.seen_by(ANA)
    assert "kontak sudah menulis lagi" in chat.heard_by(author.telegram)[-1]


async def test_an_answer_solves_its_ticket_when_it_goes_unless_the_contact_has_written(chat):
    author, desk = chat.staff("agent"), chat.desks["itb-care-center"].now
    by = author.actor

    def write(job):
        return chat.ledger.write_blocking(job)

    def schedule(text):
        return write(
            lambda tx: scheduling.schedule(
                tx, 1, Words(text=text), due_at=chat.now + timedelta(hours=1), by=by, at=chat.now,
                then=Then.SOLVE, despite=True,
            )
        )  # fmt: skip

    with pytest.raises(CategoryMissingError):
        schedule("Sudah.")
    write(lambda tx: handling.categorise(tx, 1, "password", desk=desk, by=by, at=chat.now))
    schedule("Mohon dicoba lagi.")
    await chat.telegrams("masih belum bisa")
    await chat.passes(timedelta(hours=1))
    assert chat.group.seen_by(ANA)[-1] == "Mohon dicoba lagi."
    assert write(lambda tx: load(tx, 1)).status is Status.OPEN
    assert "tidak diselesaikan: kontak sudah menulis lagi" in chat.heard_by(author.telegram)[-1]
    schedule("Sudah kami perbaiki.")
    await chat.passes(timedelta(hours=1))
    assert write(lambda tx: load(tx, 1)).status is Status.SOLVED
    assert "Sudah kami perbaiki." in chat.group.seen_by(ANA)[-2]  # and then that it is solved
