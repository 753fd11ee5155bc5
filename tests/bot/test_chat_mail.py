"""Answers to visitors of the web chat who have left: by mail, and back again."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.chat_mail import WAITS
from channels.webchat.adapter import WebChat
from tests.bot.chat import SLUG, Chat
from tests.channels.webchat.house import SETTINGS
from tickets.message import Channel, Delivery, Person, Place, Told
from tickets.tables import Reference

ACCOUNT = f"{SLUG}/webchat"
MAILBOX = "dewi@example.com"
BUDI = "1002"


async def nothing(_account, _visitor):
    return []


@pytest.fixture
def chat(ledger):
    return Chat(ledger, more={ACCOUNT: WebChat(SETTINGS, history=nothing, waits=ledger.wakes.sleeper)})


async def visits(chat, text, *mailbox, visitor="v1"):
    place = Place(account=ACCOUNT, channel=Channel.WEBCHAT, address=visitor)
    person = Person(address=visitor, name="Dewi")
    await chat.receives(Channel.WEBCHAT, text, place, person, participants=mailbox)
    await chat.settle()


async def later(chat, wait=WAITS):
    chat.now += wait
    await chat.settle()


async def reads_everything(chat):
    answers = select(Reference.external_id).where(Reference.account == ACCOUNT)
    for name in await chat.ledger.read(lambda session: session.exec(answers).all()):
        await chat.receiver.deliver(
            Told(event_id=f"read:{name}", account=ACCOUNT, external_id=name, state=Delivery.READ)
        )


def mails(chat):
    return [mail for mail in chat.email.sent if mail.place.address == MAILBOX]


async def test_an_answer_that_was_not_read_goes_to_the_mailbox_and_the_mail_s_answer_to_the_ticket(chat):
    await chat.mails("Dulu pernah bertanya.", sender=MAILBOX)
    earlier = chat.ticket(1)
    sent_before = len(mails(chat))
    await visits(chat, "Bagaimana cara cuti?\nMohon bantuan.", MAILBOX)
    assert chat.ticket(2).contact != earlier.contact  # their word for the mailbox joins nobody
    await chat.agent_writes(BUDI, "Isi formulir cuti di SIX.", ticket=2)
    await later(chat, WAITS - timedelta(minutes=1))
    assert len(mails(chat)) == sent_before
    await later(chat, timedelta(minutes=1))
    (mail,) = mails(chat)[sent_before:]
    assert mail.text.startswith("Isi formulir cuti di SIX.")
    assert "> Bagaimana cara cuti?\n> Mohon bantuan." in mail.text
    assert "[#2]" in mail.subject
    await chat.mails(
        "Terima kasih, berapa lama?", sender=MAILBOX, references=(mail.message_id,), subject="Re"
    )
    assert "Terima kasih, berapa lama?" in "\n".join(chat.topic(2))


@pytest.mark.parametrize("left", [(), (MAILBOX,)])
async def test_what_was_read_in_the_chat_or_left_no_mailbox_is_not_mailed(chat, left):
    await visits(chat, "Bagaimana cara cuti?", *left)
    await chat.agent_writes(BUDI, "Isi formulir cuti di SIX.", ticket=1)
    if left:
        await reads_everything(chat)
    await later(chat)
    assert mails(chat) == []
