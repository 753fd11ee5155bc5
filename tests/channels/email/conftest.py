"""Listeners over real sockets, a relay that can fail, and a house that remembers what it heard."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from channels.contract import Listener
from tests.channels.email.house import House
from tests.standins.relay import Relay, relaying


@pytest.fixture
async def house() -> House:
    return House()


@pytest.fixture
async def relay() -> AsyncIterator[Relay]:
    async with relaying() as made:
        yield made


Listens = Callable[[Listener], AbstractAsyncContextManager[None]]


@pytest.fixture
def listening(house: House) -> Listens:
    """`async with listening(listener):` lets a listener listen until the block ends."""

    @contextlib.asynccontextmanager
    async def while_listening(listener: Listener) -> AsyncIterator[None]:
        task = asyncio.create_task(listener.listen(house))
        try:
            yield
        finally:
            assert not task.done(), "a listener must never stop by itself"
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    return while_listening
