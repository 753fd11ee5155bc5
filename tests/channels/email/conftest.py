"""A relay that can fail."""

from collections.abc import AsyncIterator

import pytest

from tests.standins.relay import Relay, relaying


@pytest.fixture
async def relay() -> AsyncIterator[Relay]:
    async with relaying() as made:
        yield made
