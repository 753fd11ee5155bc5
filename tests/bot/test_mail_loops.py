"""Machines that answer each other stop: a second desk like ours, a holiday's answer, and one that hides what it is."""

import re
import shutil

import pytest

from channels.email.compose import compose
from channels.email.message_ids import MessageIds
from channels.email.parse import parse_mail
from channels.email.settings import MailboxSettings
from tests.bot.chat import SLUG, Chat
from tickets.ledger.store import Ledger
from tickets.message import Outgoing

OURS, THEIRS, ANA = "carecenter@example.ac.id", "helpdesk@kampus.example", "ana@example.com"
BUDI = "1002"
MOST = 40  # mails that the post carries before it calls it a loop
TELLING = re.compile(rb"^(?:Auto-Submitted|X-Auto-Response-Suppress): .*\r\n", re.MULTILINE)
FOLLOWING = re.compile(rb"^(?:In-Reply-To|References): .*\r\n(?:[ \t].*\r\n)*|\[#\d+\]", re.MULTILINE)


@pytest.fixture
def chat(ledger):
    return Chat(ledger, changes={"desk.yaml": ("\nassignment:", "\nlimits: {answers: 3/1h}\nassignment:")})


@pytest.fixture
def other(migrated_file, tmp_path):
    """Another installation of the same."""
    path = tmp_path / "other.db"
    shutil.copyfile(migrated_file, path)
    ledger = Ledger(f"sqlite:///{path}", files=tmp_path / "other")
    yield Chat(ledger, changes={"desk.yaml": (OURS, THEIRS)}, message_ids=MessageIds("another secret"))
    ledger.close()


def letter(text: str, *, sender: str, subject: str = "Tanya", more: str = "") -> bytes:
    head = f"From: <{sender}>\r\nTo: {OURS}\r\nSubject: {subject}\r\nMessage-ID: <{hash(text)}@x.example>\r\n{more}"
    return f"{head}\r\n{text}\r\n".encode()


async def arrives(chat: Chat, raw: bytes, *, at: str = OURS) -> None:
    await chat.receiver.deliver(parse_mail(raw, account=f"{SLUG}/email", own_addresses={at}))
    await chat.settle()


async def post(between: tuple[Chat, Chat], *, strip: tuple[re.Pattern[bytes], ...] = ()) -> int:
    """Carry mail between two desks until neither writes any more; how many there were."""
    carried = [0, 0]
    while sum(carried) < MOST:
        before = list(carried)
        for side, (sender, receiver) in enumerate((between, between[::-1])):
            address, to = (OURS, THEIRS) if side == 0 else (THEIRS, OURS)
            for outgoing in sender.email.sent[carried[side] :]:
                raw = on_the_wire(sender, outgoing, address)
                for mark in strip:
                    raw = mark.sub(b"", raw)
                carried[side] += 1
                await arrives(receiver, raw, at=to)
        if carried == before:
            break
    return sum(carried)


def on_the_wire(chat: Chat, outgoing: Outgoing, address: str) -> bytes:
    return compose(
        outgoing, MailboxSettings(account=f"{SLUG}/email", desk=SLUG, address=address), now=chat.now
    )


async def test_two_desks_that_both_answer_by_themselves_stop_after_one_exchange(chat, other):
    await arrives(chat, letter("Saya tidak bisa masuk Edunex.", sender=THEIRS))
    assert await post((chat, other)) == 1


async def test_they_stop_as_well_where_a_gateway_takes_the_marks_off(chat, other):
    await arrives(chat, letter("Saya tidak bisa masuk Edunex.", sender=THEIRS))
    assert await post((chat, other), strip=(TELLING,)) == 2


async def test_the_cap_of_an_address_ends_what_nothing_else_does(chat, other):
    await arrives(chat, letter("Saya tidak bisa masuk Edunex.", sender=THEIRS))
    assert await post((chat, other), strip=(TELLING, FOLLOWING)) <= 6
    assert len(chat.email.sent) == 3


@pytest.mark.parametrize(
    ("subject", "more", "text"),
    [
        ("Automatic reply: Tanya", "", "Terima kasih atas surel Anda."),
        ("Re: Tanya", "Auto-Submitted: auto-replied\r\n", "Terima kasih."),
        ("Re: Tanya", "", "I am out of the office until Monday. In urgent cases please call my colleagues."),
    ],
)
async def test_a_holiday_s_answer_is_kept_at_its_ticket_and_answered_nothing(chat, subject, more, text):
    await arrives(chat, letter("Saya tidak bisa masuk Edunex.", sender=ANA))
    await chat.agent_writes(BUDI, "Sudah kami perbaiki.", ticket=1)
    sent = len(chat.email.sent)
    more += f"In-Reply-To: {chat.email.sent[-1].message_id}\r\n"
    await arrives(chat, letter(text, sender=ANA, subject=subject, more=more))
    assert len(chat.email.sent) == sent
    assert any(text[:20] in each for each in chat.topic(1))
