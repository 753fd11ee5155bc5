"""Trying an account at its provider: the console asks, whoever knows the channels answers."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from tickets.desk import Account


class Finding(Protocol):
    """One thing that was found out."""

    @property
    def state(self) -> str: ...  # ok, off, warning, bad
    @property
    def says(self) -> str: ...  # without any secret


Probe = Callable[[Account], Awaitable[Sequence[Finding]]]


async def cannot_probe(_account: Account) -> Sequence[Finding]:
    """Find out nothing: without the roof nobody here knows a channel."""
    return ()
