"""The house as an adapter sees it: an `Inlet` in memory, with doors that a test can hold shut."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from channels.contract import StoreBusy
from tickets.message import Edited, Heard, Said, Told


@dataclass(frozen=True, kw_only=True)
class Kept:
    account: str
    event_id: str
    raw: bytes
    error: str


@dataclass(kw_only=True)
class House:
    heard: list[Heard] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    beats: list[str] = field(default_factory=list)  # accounts, each time that one said it is alive
    bookmarks: dict[str, str] = field(default_factory=dict)
    busy: bool = False  # the store cannot take anything just now
    room: int = 1_000  # for so many; then it cannot take anything either
    open: asyncio.Event = field(default_factory=asyncio.Event)  # a test may clear it: storing takes long then
    stumbles_over: str | None = None  # a text at which the house fails, as over a mistake of its own
    tried: list[str] = field(default_factory=list)  # event ids, each attempt

    def __post_init__(self) -> None:
        self.open.set()

    async def deliver(self, heard: Heard) -> None:
        self.tried.append(heard.event_id)
        if self.busy or len(self.heard) >= self.room:
            raise StoreBusy("busy")
        await self.open.wait()
        if self.stumbles_over is not None and getattr(heard, "text", None) == self.stumbles_over:
            raise LookupError("a mistake of the house")
        if _once(heard) not in {_once(each) for each in self.heard}:
            self.heard.append(heard)

    async def keep(self, *, account: str, event_id: str, raw: bytes, error: str) -> None:
        if self.busy:
            raise StoreBusy("busy")
        self.kept.append(Kept(account=account, event_id=event_id, raw=raw, error=error))

    def refuse(self, *, account: str, reason: str) -> None:
        self.refused.append(f"{account}: {reason}")

    def alive(self, account: str) -> None:
        self.beats.append(account)

    async def bookmark(self, name: str) -> str | None:
        return self.bookmarks.get(name)

    async def set_bookmark(self, name: str, value: str) -> None:
        self.bookmarks[name] = value

    @property
    def said(self) -> list[Said]:
        return [each for each in self.heard if isinstance(each, Said)]

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.said]

    @property
    def edited(self) -> list[Edited]:
        return [each for each in self.heard if isinstance(each, Edited)]

    @property
    def told(self) -> list[Told]:
        return [each for each in self.heard if isinstance(each, Told)]

    def newest(self) -> Any:
        return self.heard[-1]


def _once(heard: Heard) -> tuple[str, str]:
    """Name an event as the ledger does: two accounts may be told the same."""
    return (heard.place.account if isinstance(heard, Said | Edited) else heard.account, heard.event_id)


async def until(condition: Callable[[], bool], *, within: float = 15.0) -> None:
    """Wait for a condition; fail when it does not come true."""
    async with asyncio.timeout(within):
        while not condition():
            await asyncio.sleep(0.005)
