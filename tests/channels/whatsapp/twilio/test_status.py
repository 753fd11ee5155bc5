"""Status callbacks: how an answer fares, in whatever order Twilio tells it."""

from datetime import UTC, datetime

import pytest

from tests.channels.whatsapp.twilio.conftest import PUBLIC_URL
from tests.channels.whatsapp.words import ACCOUNT, ANA
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
