"""A house that remembers what it heard, and each provider in turn behind the same contract."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette

from channels.whatsapp import WhatsApp, whatsapp_routes
from tests.channels.house import House
from tests.channels.whatsapp.hands import HANDS, Hand
from tests.channels.whatsapp.words import Out
from tests.standins.serving import serving


@pytest.fixture
def out() -> Out:
    return Out()


@pytest.fixture(params=sorted(HANDS))
def hand(request: Any) -> Iterator[Hand]:
    made = HANDS[request.param]()
    yield made
    assert made.standin.complaints == []


@pytest.fixture
async def provider(hand: Hand) -> AsyncIterator[WhatsApp]:
    """The desk's adapter, with the provider's API served."""
    async with hand.served():
        made = hand.adapter()
        yield made
        await made.aclose()


@pytest.fixture
async def door(hand: Hand, house: House) -> AsyncIterator[str]:
    """The base URL of the desk."""
    made = hand.adapter()
    async with serving(Starlette(routes=whatsapp_routes([made], house))) as base_url:
        yield base_url
    await made.aclose()
