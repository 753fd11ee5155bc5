"""The adapter over the real aiogram, an HTTP stand-in as its Telegram, and a house that remembers what it heard."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from channels.telegram.adapter import TelegramAdapter
from channels.telegram.listen import Pace
from channels.telegram.settings import TelegramSettings
from tests.standins.serving import serving
from tests.standins.telegram import TelegramStandin, schema
from tickets.message import Button, Channel, Outgoing, Place

ACCOUNT = "itb/telegram"
GROUP = -1001987654321
SECRET = "the-secret_of-the-webhook"

QUICK = Pace(
    first=timedelta(milliseconds=5),
    longest=timedelta(milliseconds=20),
    conflict=timedelta(milliseconds=20),
    refused=timedelta(milliseconds=50),
    heartbeat=timedelta(milliseconds=50),
)


@pytest.fixture(scope="session")
def description() -> None:
    """Have the official description of the Bot API at hand, or skip."""
    if why := schema.fetch():
        pytest.skip(why)
    schema.described.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def described() -> None:
    """Check by the official description wherever it can be had."""
    if schema.fetch() is None:
        schema.described.cache_clear()


@pytest.fixture
def standin() -> TelegramStandin:
    telegram = TelegramStandin()
    telegram.group(GROUP, title="Agen Care Center")
    return telegram


@pytest.fixture
async def api(standin: TelegramStandin) -> AsyncIterator[str]:
    async with serving(standin.app) as base_url:
        yield base_url


@pytest.fixture
def settings(standin: TelegramStandin, api: str) -> TelegramSettings:
    return TelegramSettings(
        account=ACCOUNT,
        desk="itb",
        token=standin.token,
        api=api,
        webhook_secret=SECRET,
        poll_timeout=timedelta(seconds=1),
    )


@pytest.fixture
async def adapter(settings: TelegramSettings) -> AsyncIterator[TelegramAdapter]:
    made = TelegramAdapter(settings, pace=QUICK)
    yield made
    await made.aclose()


class Out:
    """Writes down what is to be sent."""

    def __call__(self, text: str = "", *, to: int, thread: str | None = None, **more: Any) -> Outgoing:
        place = Place(account=ACCOUNT, channel=Channel.TELEGRAM, address=str(to), thread=thread)
        return Outgoing(delivery=1, place=place, text=text, **more)

    def row(self, label: str, data: str) -> tuple[tuple[Button, ...], ...]:
        return ((Button(label=label, data=data),),)


@pytest.fixture
def out() -> Out:
    return Out()
