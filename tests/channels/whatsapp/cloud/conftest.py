"""The adapter over the Graph API, and an HTTP stand-in as its Meta."""

from collections.abc import AsyncIterator, Iterator

import pytest
from starlette.applications import Starlette

from channels.whatsapp import CloudWhatsApp, whatsapp_routes
from tests.channels.house import House
from tests.channels.whatsapp.hands import CloudHand
from tests.standins.cloud import CloudStandin
from tests.standins.serving import serving


@pytest.fixture
def hand() -> Iterator[CloudHand]:
    made = CloudHand()
    yield made
    assert made.standin.complaints == []


@pytest.fixture
def cloud(hand: CloudHand) -> CloudStandin:
    return hand.standin


@pytest.fixture
async def adapter(hand: CloudHand) -> AsyncIterator[CloudWhatsApp]:
    async with hand.served():
        made = hand.adapter()
        yield made
        await made.aclose()


@pytest.fixture
async def desk(hand: CloudHand, house: House) -> AsyncIterator[str]:
    made = hand.adapter()
    async with serving(Starlette(routes=whatsapp_routes([made], house))) as base_url:
        yield base_url
    await made.aclose()
