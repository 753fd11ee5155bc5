"""A mail of ours is put off, refused, or comes back: it is tried again, or shown at the answer that did not arrive."""

from datetime import timedelta

import pytest
from sqlmodel import select

from channels.email.parse import parse_mail
from channels.email.send import MailSender
from channels.email.settings import MailboxSettings
from tests.bot.chat import SLUG, Chat
from tests.standins.relay import Stage, relaying
from tickets.ledger.events import clocks_of
from tickets.tables import Message

BUDI = "1002"
OURS = "carecenter@example.ac.id"


@pytest.fixture
async def chat(ledger):
    chat = Chat(ledger)
    await chat.mails("Saya tidak bisa masuk Edunex.", sender="siti@kampus.example")
    await chat.agent_writes(BUDI, "Silakan coba lagi.", ticket=1)
    return chat


def report(
    of: str, action: str = "failed", status: str = "5.1.1", to: tuple[str, ...] = ("siti@kampus.example",)
) -> bytes:
    missed = "".join(
        f"Final-Recipient: rfc822; {each}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n" for each in to
    )
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nTo: carecenter@example.ac.id\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <{action}{len(to)}@mx.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        "--x\r\n\r\nYour message could not be delivered.\r\n"
        "--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"{missed}--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {of}\r\n\r\n--x--\r\n"
    ).encode()


async def comes_back(chat, raw: bytes) -> None:
    said = parse_mail(raw, account=f"{SLUG}/email", own_addresses={OURS}, envelope_from="")
    await chat.receiver.deliver(said)
    await chat.settle()


def answer(chat) -> str:
    """The Message-ID of the agent's answer."""
    return chat.email.known_as(chat.email.sent[-1])


async def test_the_answer_that_did_not_arrive_says_so_and_its_promise_is_open_again(chat):
    assert chat.clock("first_response").met_at is not None
    await comes_back(chat, report(answer(chat)))
    assert any("siti@kampus.example (5.1.1)" in text for text in chat.topic(1))
    assert chat.clock("first_response").met_at is None
    assert len(chat.group.topics) == 1


async def test_a_copy_that_did_not_arrive_is_noted_and_the_answer_counts_as_it_did(ledger):
    address = "address: carecenter@example.ac.id"
    chat = Chat(ledger, changes={"desk.yaml": (address, f"{address}, copy_participants: true")})
    dosen = "dosen@kampus.example"
    await chat.mails("Saya tidak bisa masuk.", sender="siti@kampus.example", participants=(dosen,))
    await chat.agent_writes(BUDI, "Silakan coba lagi.", ticket=1)

    def shown():
        with ledger.reading() as session:
            return session.exec(
                select(Message.delivery, Message.delivery_error).where(Message.author == "agent")
            ).one()

    await comes_back(chat, report(answer(chat), to=(dosen,)))
    assert shown()[0] == "sent"
    assert "A copy was returned: dosen@kampus.example (5.1.1)." in shown()[1]
    assert chat.clock("first_response").met_at is not None
    await comes_back(chat, report(answer(chat), to=(dosen, "siti@kampus.example")))
    assert shown()[0] == "failed"
    assert "dosen@kampus.example, siti@kampus.example" in shown()[1]


async def test_what_the_relay_puts_off_is_tried_ever_more_seldom_under_one_name_and_a_refusal_is_told(ledger):
    async with relaying() as relay:
        settings = MailboxSettings(account=f"{SLUG}/email", desk=SLUG, address=OURS, relay=relay.url())
        chat = Chat(ledger, more={f"{SLUG}/email": MailSender(settings)})
        relay.answers[Stage.END] = "451 4.7.1 Greylisted"
        await chat.mails("Saya tidak bisa masuk Edunex.", sender="siti@kampus.example", automatic=True)
        await chat.agent_writes(BUDI, "Silakan coba lagi.", ticket=1)
        tries = []
        for _ in range(4):
            before = relay.handed_over
            for _ in range(8):
                await chat.passes(timedelta(minutes=1))
            tries.append(relay.handed_over - before)
        assert tries[0] > tries[1] >= tries[2] >= tries[3] >= 1
        assert len({each.message["Message-ID"] for each in relay.tried}) == 1
        assert not any("Greylisted" in text for text in chat.topic(1))
        relay.answers[Stage.END] = "550 5.7.1 Not wanted here"
        await chat.passes(timedelta(minutes=6))
        tried = relay.handed_over
        await chat.passes(timedelta(hours=1))
        assert relay.handed_over == tried
        assert any("550" in text and "Not wanted here" in text for text in chat.topic(1))


async def test_while_the_server_goes_on_trying_nothing_is_decided(chat):
    await comes_back(chat, report(answer(chat), action="delayed", status="4.4.1"))
    assert chat.clock("first_response").met_at is not None
    assert not any("kembali dari" in text for text in chat.topic(1))


async def test_a_report_of_a_stranger_s_mail_is_to_be_seen_but_asks_and_answers_nothing(chat):
    sent = len(chat.email.sent)
    await comes_back(chat, report("<somebody@else.example>"))
    assert chat.clock("first_response").met_at is not None
    await chat.passes(timedelta(minutes=1))
    assert chat.ticket(1).status == "open"
    assert chat.ticket(2).status == "new"
    clocks = chat.ledger.write_blocking(lambda tx: clocks_of(tx, 2))
    assert {clock.kind for clock in clocks} == {"resolution"}  # nobody waits for an answer
    assert len(chat.email.sent) == sent


async def test_a_report_that_only_answers_our_mail_is_known_by_that(chat):
    report_in_words = (
        "From: MAILER-DAEMON@mx.example\r\nSubject: failure notice\r\nMessage-ID: <words@mx.example>\r\n"
        f"In-Reply-To: {answer(chat)}\r\n\r\nsiti@kampus.example: no such user (5.1.1)\r\n"
    )
    await comes_back(chat, report_in_words.encode())
    assert chat.clock("first_response").met_at is None
