"""Status callbacks: how an answer fares, in whatever order Twilio tells it."""

from datetime import UTC, datetime

import pytest

from tests.channels.whatsapp.conftest import ACCOUNT, ANA, PUBLIC_URL
from tests.standins.twilio import Message
from tickets.message import Delivery

PATH = "/channels/whatsapp/itb/status"


@pytest.fixture
def message(twilio):
    """Something the desk sent as its delivery 42."""
    return Message(
        sid="SM1",
        to=f"whatsapp:{ANA}",
        sender=f"whatsapp:{twilio.sender}",
        body="Sudah kami atur ulang.",
        created_at=datetime(2026, 10, 5, 2, 0, tzinfo=UTC),
        status_callback=f"{PUBLIC_URL}{PATH}?delivery=42",
    )


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("accepted", Delivery.QUEUED),
        ("scheduled", Delivery.QUEUED),
        ("queued", Delivery.QUEUED),
        ("sending", Delivery.SENDING),
        ("sent", Delivery.SENT),
        ("delivered", Delivery.DELIVERED),
        ("read", Delivery.READ),
        ("undelivered", Delivery.FAILED),
        ("failed", Delivery.FAILED),
        ("canceled", Delivery.FAILED),
        ("partially_delivered", None),
    ],
)
async def test_each_status_is_told_in_words_of_the_desk(twilio, desk, house, message, status, state):
    answer = await twilio.send_status(message, status, base_url=desk)
    assert answer.status_code == 200
    told = house.newest()
    assert (told.account, told.external_id, told.delivery) == (ACCOUNT, message.sid, 42)
    assert told.state is state
    assert (told.error is not None) == (state is Delivery.FAILED)
    assert told.told_at is None


async def test_statuses_out_of_order_and_repeated_are_each_told_once(twilio, desk, house, message):
    for status in ("delivered", "sent", "delivered", "queued"):
        await twilio.send_status(message, status, base_url=desk)
    assert [told.state for told in house.told] == [Delivery.DELIVERED, Delivery.SENT, Delivery.QUEUED]


async def test_a_failure_says_why_in_a_sentence_an_agent_can_read(twilio, desk, house, message):
    await twilio.send_status(message, "undelivered", error_code=63016, base_url=desk)
    told = house.newest()
    assert told.error_code == "63016"
    assert "24 jam" in told.error


async def test_an_unknown_code_is_shown_as_it_is(twilio, desk, house, message):
    await twilio.send_status(message, "failed", error_code=69999, base_url=desk)
    assert house.newest().error == "Pesan ditolak oleh WhatsApp (kode Twilio 69999)."


async def test_the_same_failure_with_another_code_is_news(twilio, desk, house, message):
    for code in (63018, 63024):
        await twilio.send_status(message, "failed", error_code=code, base_url=desk)
    assert [told.error_code for told in house.told] == ["63018", "63024"]


async def test_a_status_that_is_well_has_no_error(twilio, desk, house, message):
    await twilio.send_status(message, "delivered", error_code=0, base_url=desk)
    assert (house.newest().error_code, house.newest().error) == (None, None)


@pytest.mark.parametrize("query", ["", "?delivery=", "?delivery=x", "?delivery=-1", "?delivery=" + "9" * 40])
async def test_without_our_number_a_status_is_told_by_the_providers_name_alone(twilio, desk, house, query):
    form = {"MessageSid": "SM1", "MessageStatus": "sent", "From": f"whatsapp:{twilio.sender}"}
    answer = await twilio.post(f"{desk}{PATH}{query}", form, signed_url=f"{PUBLIC_URL}{PATH}{query}")
    assert answer.status_code == 200
    assert (house.newest().delivery, house.newest().external_id) == (None, "SM1")


async def test_our_number_cannot_be_changed_on_the_way(twilio, desk, house):
    form = {"MessageSid": "SM1", "MessageStatus": "sent"}
    answer = await twilio.post(f"{desk}{PATH}?delivery=2", form, signed_url=f"{PUBLIC_URL}{PATH}?delivery=1")
    assert answer.status_code == 403
    assert house.refused == [f"{ACCOUNT}: signature"]


@pytest.mark.parametrize("missing", ["MessageSid", "MessageStatus"])
async def test_a_status_about_nothing_is_kept(twilio, desk, house, missing):
    form = {"MessageSid": "SM1", "MessageStatus": "sent"}
    del form[missing]
    answer = await twilio.post(f"{desk}{PATH}", form, signed_url=f"{PUBLIC_URL}{PATH}")
    assert answer.status_code == 400
    assert len(house.kept) == 1
    assert house.heard == []
