"""The house as the email listeners see it: an `Inlet` in memory, with doors that a test can hold shut."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from channels.contract import StoreBusy
from tickets.message import Heard, Said


@dataclass(frozen=True, kw_only=True)
class Kept:
    account: str
    event_id: str
    raw: bytes
    error: str


@dataclass(kw_only=True)
class House:
    said: list[Said] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    beats: list[str] = field(default_factory=list)
    bookmarks: dict[str, str] = field(default_factory=dict)
    busy: bool = False  # the store cannot take anything just now
    room: int = 1_000  # for so many; then it cannot take anything either
    tried: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)  # a test may clear it: storing takes long then

    def __post_init__(self) -> None:
        self.open.set()

    async def deliver(self, heard: Heard) -> None:
        assert isinstance(heard, Said)
        self.tried += 1
        if self.busy or len(self.said) >= self.room:
            raise StoreBusy("busy")
        await self.open.wait()
        if (heard.place.account, heard.event_id) not in {(e.place.account, e.event_id) for e in self.said}:
            self.said.append(heard)

    async def keep(self, *, account: str, event_id: str, raw: bytes, error: str) -> None:
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
    def texts(self) -> list[str]:
        return [each.text for each in self.said]


async def until(condition: Callable[[], bool], *, within: float = 15.0) -> None:
    """Wait for a condition; fail when it does not come true."""
    async with asyncio.timeout(within):
        while not condition():
            await asyncio.sleep(0.005)
