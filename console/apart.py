"""Work that takes seconds of a processor, such as fitting matchers: done where it keeps nobody waiting."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

R = TypeVar("R")


class Apart(Protocol):
    async def __call__(self, call: Callable[..., R], *args: Any) -> R:
        """Return what a function of a module makes of plain values."""


async def in_a_thread(call: Callable[..., R], *args: Any) -> R:
    """Do it in this process, for a house that has no other."""
    return await asyncio.to_thread(call, *args)
