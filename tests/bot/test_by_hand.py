"""What comes by telephone or over the counter is written down from chat, and agents write to contacts first."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.chat import GROUP, SLUG, Chat
from tickets.lifecycle import Status
from tickets.message import Channel, Person, Place

BUDI = "1002"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


async def writes_to_bot(chat, text, **fields):
    """Budi writes in the agents' group outside of every topic."""
    place = Place(account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address=GROUP)
    await chat._hears(Channel.TELEGRAM, text, place, Person(address=BUDI, name="Budi"), **fields)


def told(chat):
    return [out for thread, out in chat.group.messages.values() if thread is None]


async def presses(chat, label):
    button = next(
        button
        for out in reversed(told(chat))
        for row in out.buttons
        for button in row
        if label in button.label
    )
    await writes_to_bot(chat, "", button=button.data)


async def test_a_call_is_written_down_in_one_line_and_keeps_the_same_promises_from_when_it_came(chat):
    await writes_to_bot(chat, "/catat 08.15 telepon Joko Susilo: tidak bisa masuk LMS")
    ticket = chat.ticket(1)
    assert (ticket.channel, ticket.medium, ticket.subject) == ("other", "telephone", "tidak bisa masuk LMS")
    came_at = datetime(2026, 10, 6, 1, 15, tzinfo=UTC)
    assert chat.clock("first_response").started_at == came_at
    assert chat.clock("first_response").due_at == came_at + 15 * MINUTE
    assert chat.group.topics["1"].startswith("#1 · Joko Susilo")
    assert "hari ini pukul 08.15" in told(chat)[-1].text


async def test_it_is_asked_step_by_step(chat):
    await writes_to_bot(chat, "/catat")
    await presses(chat, "loket")
    await presses(chat, "Baru saja")
    await writes_to_bot(chat, "Bu Sri")
    await writes_to_bot(chat, "lupa kata sandi, minta dibantu")
    ticket = chat.ticket(1)
    assert (ticket.medium, ticket.subject) == ("counter", "lupa kata sandi, minta dibantu")
    assert chat.group.topics["1"].startswith("#1 · Bu Sri")


async def test_nobody_came_later_than_now(chat):
    await writes_to_bot(chat, "/catat 23.00 telepon Joko: halo")
    assert chat.group.topics == {}
    assert "sesudah sekarang" in told(chat)[-1].text


async def test_answers_on_a_call_go_to_an_address_once_there_is_one(chat):
    await writes_to_bot(chat, "/catat telepon Joko: lupa kata sandi")
    await chat.agent_writes(BUDI, "Sudah kami jelaskan lewat telepon.", ticket=1)
    assert chat.email.sent == []
    await chat.agent_writes(BUDI, "/alamat joko@example.com", ticket=1)
    await chat.agent_writes(BUDI, "Berikut langkah-langkahnya.", ticket=1)
    (mail,) = chat.email.sent
    assert (mail.place.address, mail.text) == ("joko@example.com", "Berikut langkah-langkahnya.")
    await chat.mails(
        "terima kasih, tapi belum bisa", sender="joko@example.com", subject=f"Re: {mail.subject}",
        references=(chat.email.known_as(mail),),
    )  # fmt: skip
    assert any("belum bisa" in text for text in chat.topic(1))


async def test_an_agent_writes_to_a_new_mailbox_first_and_only_the_solution_is_promised(chat):
    await writes_to_bot(chat, "/tulis ana@example.com Nilai kuis | Nilai Anda sudah muncul.")
    (mail,) = chat.email.sent
    assert (mail.subject, mail.text) == ("Nilai kuis [#1]", "Nilai Anda sudah muncul.")
    ticket = chat.ticket(1)
    assert (ticket.status, ticket.assignee) == (Status.OPEN, "budi@example.ac.id")
    assert chat.clock("resolution").running
    with pytest.raises(IndexError):
        chat.clock("first_response")
    await chat.mails("terima kasih, tapi masih kosong", references=(chat.email.known_as(mail),))
    assert any("masih kosong" in text for text in chat.topic(1))


async def test_on_whatsapp_only_within_the_window(chat):
    await chat.writes("lupa kata sandi")
    await chat.agent_writes(BUDI, "/kategori password", ticket=1)
    await chat.agent_writes(BUDI, "/tutup Sudah kami reset.", ticket=1)
    await chat.passes(timedelta(hours=73))
    before = len(chat.said)
    await writes_to_bot(chat, "/tulis +62811 Apakah sudah bisa masuk?")
    assert len(chat.said) == before
    assert "24 jam" in told(chat)[-1].text


async def test_whoever_has_a_ticket_open_is_answered_there(chat):
    await chat.writes("lupa kata sandi")
    await writes_to_bot(chat, "/tulis +62811 Halo")
    assert "tiket terbuka #1" in told(chat)[-1].text


async def test_a_stranger_is_written_to_by_mail_only(chat):
    await writes_to_bot(chat, "/tulis +628999 Halo")
    assert "belum pernah menulis" in told(chat)[-1].text
    await writes_to_bot(chat, "/tulis")
    assert "Kepada siapa" in told(chat)[-1].text
    assert chat.group.topics == {}
