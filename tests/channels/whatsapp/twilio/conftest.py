"""The adapter over twilio's own client, and an HTTP stand-in as its Twilio."""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from channels.whatsapp import TwilioSettings, TwilioWhatsApp, whatsapp_routes
from tests.channels.house import House
from tests.channels.whatsapp.words import ACCOUNT
from tests.standins.serving import serving
from tests.standins.twilio import TwilioStandin, served
from tickets.message import File

PUBLIC_URL = "https://desk.example.ac.id/tanggap"  # the proxy takes the path away

Makes = Callable[..., AbstractAsyncContextManager[TwilioWhatsApp]]


@pytest.fixture
def twilio() -> Iterator[TwilioStandin]:
    """Twilio's hand that posts webhooks; its REST API is only served where a test sends (`adapter`)."""
    standin = TwilioStandin()
    yield standin
    assert standin.complaints == []


@pytest.fixture
def settings(twilio: TwilioStandin) -> TwilioSettings:
    return TwilioSettings(
        account=ACCOUNT,
        desk="itb",
        sender=twilio.sender,
        account_sid=twilio.account_sid,
        auth_token=twilio.auth_token,
        public_url=PUBLIC_URL,
        timeout=timedelta(seconds=1),
        settles_within=timedelta(0),
    )


@pytest.fixture
async def sending(twilio: TwilioStandin, settings: TwilioSettings) -> AsyncIterator[TwilioSettings]:
    """Settings with which the desk reaches the served stand-in."""
    async with served(twilio) as url:
        yield replace(settings, api=url)


@pytest.fixture
async def adapter(sending: TwilioSettings) -> AsyncIterator[TwilioWhatsApp]:
    made = TwilioWhatsApp(sending)
    yield made
    await made.aclose()


@pytest.fixture
def making(sending: TwilioSettings) -> Makes:
    """`async with making(validity=...) as adapter:` makes one with other settings."""

    @contextlib.asynccontextmanager
    async def with_changes(
        *, media_url: Callable[[File], str | None] | None = None, **changes: Any
    ) -> AsyncIterator[TwilioWhatsApp]:
        made = TwilioWhatsApp(replace(sending, **changes), media_url=media_url)
        try:
            yield made
        finally:
            await made.aclose()

    return with_changes


@pytest.fixture
async def desk(settings: TwilioSettings, house: House) -> AsyncIterator[str]:
    """The base URL of the desk behind its proxy; Twilio knows it as PUBLIC_URL."""
    made = TwilioWhatsApp(settings)
    async with serving(Starlette(routes=whatsapp_routes([made], house))) as base_url:
        yield base_url
    await made.aclose()
