"""A house that remembers what it heard, and listeners that listen to it for a while."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from channels.contract import Listener
from tests.channels.house import House

Listens = Callable[[Listener], AbstractAsyncContextManager[None]]


@pytest.fixture
def house() -> House:
    return House()


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
