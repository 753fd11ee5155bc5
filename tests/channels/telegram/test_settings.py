"""What a Telegram account is set up with, and what is refused at once."""

from datetime import timedelta

import pytest

from channels.telegram.settings import TelegramSettings

GOOD = {"account": "itb/telegram", "desk": "itb", "token": "12345:AbCdEf", "webhook_secret": "s3cret"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"token": "my token"}, "not a Telegram bot token"),
        ({"webhook_secret": "with spaces"}, "webhook secret"),
        ({"poll_timeout": timedelta(minutes=5)}, "poll timeout"),
    ],
)
def test_a_wrong_value_is_refused_without_telling_it(wrong: dict, sentence: str):
    with pytest.raises(ValueError, match=sentence) as caught:
        TelegramSettings(**{**GOOD, **wrong})
    assert str(next(iter(wrong.values()))) not in str(caught.value)


@pytest.mark.parametrize(
    ("public_url", "secret", "webhook"),
    [
        ("https://desk.example/", "s3cret", "https://desk.example/channels/telegram/itb"),
        ("http://127.0.0.1:8000", "s3cret", None),
        (None, "s3cret", None),
        ("https://desk.example", None, None),
    ],
)
def test_updates_come_by_webhook_only_over_https_and_with_a_secret(public_url, secret, webhook):
    settings = TelegramSettings(**{**GOOD, "public_url": public_url, "webhook_secret": secret})
    assert settings.webhook_url == webhook
