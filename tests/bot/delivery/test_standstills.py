"""A mistake in an account's set-up stops the account, not the answers: they wait, and the supervisors are told."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.delivery.standstills import PAUSE
from bot.delivery.worker import AT_ONCE
from channels.contract import RefusedByProvider
from tests.bot.chat import SLUG, Chat
from tickets.message import AccountTold, Channel, Delivery, Person, Place, Told
from tickets.tables import Message, Outbox

BUDI, ACCOUNT = "1002", f"{SLUG}/whatsapp"
BROKEN = RefusedByProvider("Meta menolak token akses akun ini.", code="190", account_broken=True)


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


def attempts(chat) -> list[int]:
    """Return how often each thing was tried that waits for the account."""
    with chat.ledger.reading() as session:
        waits = select(Outbox.attempts).where(Outbox.account == ACCOUNT, Outbox.state == "queued")
        return list(session.exec(waits))


def reasons(chat) -> set[str | None]:
    """Return for what the answers wait, as their tickets say it."""
    with chat.ledger.reading() as session:
        waits = select(Message.delivery_error).join(Outbox, Outbox.message == Message.id)
        return set(session.exec(waits.where(Outbox.account == ACCOUNT, Outbox.state == "queued")))


def alerts(chat):
    return [out.text for out in chat.group.private if "perlu diperbaiki" in out.text]


async def test_answers_wait_until_the_account_is_mended_and_the_supervisors_are_told_once(chat):
    await chat.writes("lupa sandi edunex")
    await chat.writes("wifi mati", sender="+62812")
    before = len(chat.whatsapp.sent)
    chat.whatsapp.fails_with = BROKEN
    await chat.agent_writes(BUDI, "Sedang kami cek.", ticket=1)
    await chat.agent_writes(BUDI, "Kami lihat dahulu.", ticket=2)
    await chat.passes(timedelta(minutes=6))
    assert len(chat.whatsapp.sent) == before
    assert (
        len(alerts(chat))
        == len({out.place.address for out in chat.group.private if "perlu diperbaiki" in out.text})
        > 0
    )
    assert "itb-care-center/whatsapp" in alerts(chat)[0]
    assert "Meta menolak token" in alerts(chat)[0]
    chat.whatsapp.fails_with = None
    await chat.passes(timedelta(minutes=11))
    assert set(chat.said[before:]) == {"Sedang kami cek.", "Kami lihat dahulu."}


async def test_what_stands_still_is_not_taken_up_and_leaves_at_once_when_the_account_works(chat):
    await chat.writes("lupa sandi edunex")
    chat.whatsapp.fails_with = BROKEN
    await chat.agent_writes(BUDI, "Sedang kami cek.", ticket=1)
    for number in range(AT_ONCE + 8):
        await chat.receives(
            Channel.WHATSAPP, "wifi mati", Place(account=ACCOUNT, channel=Channel.WHATSAPP, address=f"+628{number}"),
            Person(address=f"+628{number}", name=None),
        )  # fmt: skip
    await chat.settle()
    waiting = attempts(chat)
    assert len(waiting) > AT_ONCE
    assert sum(waiting) == 1  # only the one by which it was found out
    assert reasons(chat) == {None, BROKEN.reason}  # said of those that came later with the next try
    chat.now += PAUSE
    await chat.worker.drain()
    assert reasons(chat) == {BROKEN.reason}
    chat.whatsapp.fails_with, before = None, len(chat.whatsapp.sent)
    chat.now += PAUSE
    await chat.settle()
    assert len(chat.whatsapp.sent) == before + len(waiting)


async def test_an_account_that_stays_broken_fails_its_answers_after_a_day(chat):
    await chat.writes("lupa sandi edunex")
    chat.whatsapp.fails_with = BROKEN
    await chat.agent_writes(BUDI, "Sedang kami cek.", ticket=1)
    await chat.passes(timedelta(hours=20))
    await chat.writes("halo?")  # so that it is not WhatsApp's 24 hours for which the answer waits
    await chat.passes(timedelta(hours=5))
    assert any("Meta menolak token" in text for text in chat.topic(1))


async def test_what_a_provider_tells_later_of_a_broken_account_is_told_too(chat):
    await chat.writes("lupa sandi edunex")
    for number in range(2):
        failed = Told(
            event_id=f"s{number}", account=f"{SLUG}/whatsapp", external_id=f"wamid.{number}", state=Delivery.FAILED,
            error_code="131042", error="Ada masalah pembayaran pada akun ini.", account_broken=True,
        )  # fmt: skip
        await chat.receiver.deliver(failed)
    await chat.settle()
    assert alerts(chat)
    assert len(set(alerts(chat))) == 1
    assert "Ada masalah pembayaran" in alerts(chat)[0]


async def test_what_the_provider_tells_of_an_account_is_passed_on_once(chat):
    for _ in range(2):
        told = AccountTold(event_id="a1", account=f"{SLUG}/whatsapp", says="Meta membatasi akun ini.")
        await chat.receiver.deliver(told)
        await chat.settle()
    said = [out.text for out in chat.group.private if "Meta membatasi akun ini." in out.text]
    assert len(said) == 1
    assert "itb-care-center/whatsapp" in said[0]
