"""Trying at their places what a desk file names: the console asks, whoever knows the channels answers."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from templates_replies.catalogue import Language
from tickets.connections import Account
from tickets.desk import Desk


class Finding(Protocol):
    """One thing that was found out."""

    @property
    def state(self) -> str: ...  # ok, off, warning, bad
    def in_language(self, language: Language) -> str: ...  # without any secret


Probe = Callable[[Account], Awaitable[Sequence[Finding]]]
ProbeDirectory = Callable[[Desk], Awaitable[Sequence[Finding]]]


async def cannot_probe(_of: Account | Desk) -> Sequence[Finding]:
    """Find out nothing: without the roof nobody here knows a channel."""
    return ()
