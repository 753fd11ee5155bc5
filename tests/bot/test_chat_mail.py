"""Answers to visitors of the web chat who have left: by mail, and back again."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.chat_mail import WAITS
from channels.email.send import MailSender
from channels.email.settings import MailboxSettings
from channels.webchat.adapter import WebChat
from tests.bot.chat import GROUP, SLUG, Chat
from tests.channels.webchat.house import SETTINGS
from tests.standins.relay import Stage, relaying
from tickets.message import Channel, Delivery, File, Person, Place, Told
from tickets.tables import Reference

ACCOUNT, OURS = f"{SLUG}/webchat", "carecenter@example.ac.id"
MAILBOX = "dewi@example.com"
BUDI = "1002"
FORM = File(name="Formulir cuti.pdf", type="application/pdf", size=8, content=b"%PDF-1.7")


async def nothing(_account, _of):
    return []


@pytest.fixture
async def relay():
    async with relaying() as running:
        yield running


@pytest.fixture
def chat(ledger, relay):
    settings = MailboxSettings(account=f"{SLUG}/email", desk=SLUG, address=OURS, relay=relay.url())
    webchat = WebChat(SETTINGS, history=nothing, once=nothing, waits=ledger.wakes.sleeper)
    return Chat(ledger, more={ACCOUNT: webchat, f"{SLUG}/email": MailSender(settings)})


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


def mails(relay):
    return [mail.message for mail in relay.mails if MAILBOX in mail.recipients]


def words(mail):
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


async def test_an_answer_that_was_not_read_goes_to_the_mailbox_with_its_files_and_the_mail_s_answer_to_the_ticket(
    chat, relay
):
    await chat.mails("Dulu pernah bertanya.", sender=MAILBOX)
    earlier = chat.ticket(1)
    sent_before = len(mails(relay))
    await visits(chat, "Bagaimana cara cuti?\nMohon bantuan.", MAILBOX)
    assert chat.ticket(2).contact != earlier.contact  # their word for the mailbox joins nobody
    await chat.agent_writes(BUDI, "Isi formulir **cuti** ini.", ticket=2, files=(FORM,))
    await later(chat, WAITS - timedelta(minutes=1))
    assert len(mails(relay)) == sent_before
    await later(chat, timedelta(minutes=1))
    (mail,) = mails(relay)[sent_before:]
    assert words(mail).startswith("Isi formulir cuti ini.")
    assert "<strong>cuti</strong>" in mail.get_body(("html",)).get_content()
    assert "Pesan Anda:\n> Bagaimana cara cuti?\n> Mohon bantuan." in words(mail)
    assert "[#2]" in mail["Subject"]
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (FORM.name, FORM.content)
    await chat.mails(
        "Terima kasih, berapa lama?", sender=MAILBOX, references=(mail["Message-ID"],), subject="Re"
    )
    assert "Terima kasih, berapa lama?" in "\n".join(chat.topic(2))


@pytest.mark.parametrize("but", ["no mailbox", "read", "taken back"])
async def test_what_was_read_taken_back_or_left_no_mailbox_is_not_mailed(chat, relay, but):
    await visits(chat, "Bagaimana cara cuti?", *(() if but == "no mailbox" else (MAILBOX,)))
    await chat.agent_writes(BUDI, "Isi formulir cuti di SIX.", ticket=1, external_id=f"{GROUP}:70")
    if but == "read":
        await reads_everything(chat)
    elif but == "taken back":
        await chat.agent_writes(BUDI, "/hapus", ticket=1, replies_to=f"{GROUP}:70")
    await later(chat)
    assert mails(relay) == []


async def test_a_mailbox_that_does_not_take_the_answer_is_told_to_the_agent(chat, relay):
    relay.answers[Stage.RCPT] = "550 5.1.1 No such user"
    await visits(chat, "Bagaimana cara cuti?", MAILBOX)
    await chat.agent_writes(BUDI, "Isi formulir cuti di SIX.", ticket=1)
    await later(chat)
    told = chat.topic(1)[-1]
    assert MAILBOX in told
    assert "No such user" in told
