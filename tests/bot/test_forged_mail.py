"""A mail whose sender's domain disowns it says so to the agents, and commands nothing."""

import pytest

from tests.bot.chat import Chat
from tests.bot.test_second_line import MAILBOX, escalated, opened, to_team
from tickets.lifecycle import Status
from tickets.message import Authenticity

GENUINE = Authenticity(by="mx.kampus.example", spf="pass", dkim="pass", dmarc="pass")
FORGED = Authenticity(by="mx.kampus.example", spf="fail", dmarc="fail")
WARNING = "Pengirim mungkin palsu: DMARC fail, SPF fail (diperiksa mx.kampus.example)"


@pytest.fixture
async def chat(ledger):
    chat = Chat(ledger)
    await chat.mails("Nilai kuis tidak muncul di Edunex.", subject="Nilai", authenticity=GENUINE)
    return chat


async def test_who_sent_a_mail_stands_on_the_card(chat):
    assert "Pengirim surel: DMARC pass, DKIM pass, SPF pass (diperiksa mx.kampus.example)" in chat.topic(1)[0]
    assert not any("palsu" in text for text in chat.topic(1))


@pytest.mark.parametrize("found", [GENUINE, None])
async def test_a_command_by_mail_is_obeyed_unless_it_is_disowned(chat, found):
    await chat.mails("#1 /kategori login", sender="sari@example.ac.id", authenticity=found)
    assert chat.ticket().category_by == "staff:sari@example.ac.id"


async def test_a_forged_command_is_a_mail_like_any_other_with_a_warning(chat):
    await chat.mails("#1 /kategori login", sender="sari@example.ac.id", authenticity=FORGED)
    await chat.mails("#1 /spam", sender="sari@example.ac.id", authenticity=FORGED)
    assert chat.ticket().category_by is None
    assert chat.ticket().status is Status.NEW
    shown = chat.topic(2)
    assert WARNING in shown[0]
    assert any(WARNING in text and "/kategori login" in text for text in shown[1:])


async def test_a_forged_answer_of_a_team_s_mailbox_gives_nothing_back(ledger):
    chat = await escalated(opened(ledger, f"email: {MAILBOX}"))
    (first,) = to_team(chat)
    shown = len(chat.topic(1))
    answer = {"sender": MAILBOX, "subject": f"Re: {first.subject}", "references": (first.message_id,)}
    await chat.mails("/kembalikan Sudah.", authenticity=FORGED, **answer)
    assert chat.ticket().team is not None
    assert not any("Sudah." in text for text in chat.topic(1)[shown:])
    await chat.mails("/kembalikan Sudah.", authenticity=GENUINE, **answer)
    assert chat.ticket().team is None


async def test_the_bot_answers_no_forged_mail_and_takes_nothing_from_it(chat):
    await chat.mails("Nama saya Ana, NIM 13519001.", sender="korban@example.com", authenticity=FORGED)
    assert "korban@example.com" not in {out.place.address for out in chat.email.sent}
    assert "13519001" not in chat.topic(2)[0]
    assert "Identitas: belum ada" in chat.topic(2)[0]
    await chat.mails("Nama saya Bea, NIM 13519002.", sender="bea@example.com", authenticity=GENUINE)
    assert "bea@example.com" in {out.place.address for out in chat.email.sent}
    assert "Identitas: belum ada" not in chat.topic(3)[0]
