"""Settings that cannot be right are refused, and none of them shows the secret."""

from dataclasses import replace
from datetime import timedelta

import pytest

from channels.contract import Closable, Listener, MediaSource, Reconciling, Sender
from channels.whatsapp import TwilioSettings


def make(**changes) -> TwilioSettings:
    settings = TwilioSettings(
        account="itb/whatsapp",
        desk="itb",
        sender="+6281100001111",
        account_sid="AC1",
        auth_token="the-secret",
        public_url="https://desk.example.ac.id/",
    )
    return replace(settings, **changes)


def test_the_secret_does_not_show():
    assert "the-secret" not in repr(make())


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "081100001111"},
        {"sender": "whatsapp:+6281100001111"},
        {"sender": "MG1"},
        {"sender": ""},
        {"messaging_service_sid": "IS" + "0" * 32},
        {"validity": timedelta(0)},
        {"validity": timedelta(hours=11)},
    ],
)
def test_a_value_that_cannot_be_right_is_refused_by_name(changes):
    with pytest.raises(ValueError, match="itb/whatsapp") as refusal:
        make(**changes)
    assert "the-secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("public_url", "api", "expected"),
    [
        ("https://d.example", None, "https://d.example/channels/whatsapp/itb/status?delivery=7"),
        ("https://d.example/", None, "https://d.example/channels/whatsapp/itb/status?delivery=7"),
        ("http://127.0.0.1:8000", None, None),  # Twilio could not reach it
        (
            "http://127.0.0.1:8000",
            "http://127.0.0.1:9",
            "http://127.0.0.1:8000/channels/whatsapp/itb/status?delivery=7",
        ),
    ],
)
def test_twilio_is_asked_for_a_status_only_where_it_can_reach_us(public_url, api, expected):
    assert make(public_url=public_url, api=api).status_callback(7) == expected


async def test_the_adapter_can_what_twilio_can(adapter):
    for ability in (Sender, MediaSource, Reconciling, Closable):
        assert isinstance(adapter, ability)
    assert not isinstance(adapter, Listener)
