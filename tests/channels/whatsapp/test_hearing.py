"""What contacts write, and how answers fare, whichever provider brings it."""

import httpx
import pytest

from tests.channels.whatsapp.words import ACCOUNT, ANA
from tickets.message import Delivery

PATH = "/channels/whatsapp/itb"


async def test_a_signed_message_is_stored_before_it_is_acknowledged(hand, door, house):
    house.busy = True
    answer = await hand.writes(door, name="wamid.1")
    assert (answer.status_code, answer.headers["retry-after"], house.heard) == (503, "5", [])
    house.busy = False
    for _ in range(2):
        assert (await hand.writes(door, "Selamat pagi", name="wamid.1")).status_code == 200
    (said,) = house.said
    assert (said.text, said.external_id, said.event_id) == ("Selamat pagi", "wamid.1", "wamid.1")
    assert (said.place.account, said.place.address, said.sender.address) == (ACCOUNT, ANA, ANA)
    assert said.raw


@pytest.mark.parametrize(
    "signature", ["", "wrong", "sha256=", "sha256=" + "0" * 64, "AAAAAAAAAAAAAAAAAAAAAAAAAAA="]
)
async def test_what_is_not_signed_is_turned_away_counted_and_not_stored(hand, door, house, signature):
    assert (await hand.writes(door, signature=signature)).status_code == 403
    assert house.refused == [f"{ACCOUNT}: signature"]
    assert (house.heard, house.kept) == ([], [])


@pytest.mark.parametrize(
    "text", ["Terima kasih 🙏🏽", "مرحبا", "1+1=2 & 100%", "\u0000", "  satu\n\n dua\u200b ", "x" * 60_000]
)
async def test_words_arrive_as_they_were_written(hand, door, house, text):
    await hand.writes(door, text)
    assert house.texts == [text]


async def test_what_makes_no_sense_is_kept_once_the_signature_is_right(hand, door, house):
    house.busy = True
    assert (await hand.writes_nonsense(door)).status_code == 503
    house.busy = False
    await hand.writes_nonsense(door)
    assert [(kept.account, bool(kept.raw)) for kept in house.kept] == [(ACCOUNT, True)]
    assert house.heard == []


async def test_a_body_without_end_is_not_read_to_the_end(door, house):
    async def endless():
        for _ in range(400):
            yield b"a" * 10_000

    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{door}{PATH}", content=endless())
    assert answer.status_code == 413
    assert house.refused == [f"{ACCOUNT}: size"]


async def test_statuses_in_any_order_and_repeated_are_each_told_once(hand, provider, door, house, out):
    await provider.send(out("Halo", delivery=42))
    for status in ("delivered", "sent", "delivered", "read"):
        assert (await hand.tells(door, hand.standin.last, status)).status_code == 200
    assert [told.state for told in house.told] == [Delivery.DELIVERED, Delivery.SENT, Delivery.READ]
    assert {(told.account, told.external_id, told.delivery) for told in house.told} == {
        (ACCOUNT, hand.names()[0], 42)
    }
    assert all(told.error is None for told in house.told)


async def test_a_status_before_the_answer_to_the_call_names_our_delivery(hand, provider, door, house, out):
    hand.standin.calls_back_early("sent", base_url=door)
    sent = await provider.send(out("Halo", delivery=99))
    told = house.newest()
    assert (told.delivery, told.external_id, told.state) == (99, sent.external_ids[0], Delivery.SENT)


async def test_a_failure_says_why_and_another_reason_is_news(hand, provider, door, house, out):
    await provider.send(out("Halo"))
    for meaning in ("window", "account"):
        await hand.tells(door, hand.standin.last, "failed", code=hand.codes[meaning])
    first, second = house.told
    assert (first.account_broken, second.account_broken) == (False, True)
    assert (first.state, first.error_code) == (Delivery.FAILED, str(hand.codes["window"]))
    assert "24 jam" in first.error
    assert second.error != first.error


async def test_an_unknown_reason_is_shown_as_it_is(hand, provider, door, house, out):
    await provider.send(out("Halo"))
    await hand.tells(door, hand.standin.last, "failed", code=hand.unknown_code)
    assert str(hand.unknown_code) in house.newest().error


async def test_a_status_that_cannot_be_stored_is_not_acknowledged(hand, provider, door, house, out):
    await provider.send(out("Halo"))
    house.busy = True
    assert (await hand.tells(door, hand.standin.last, "read")).status_code == 503
