"""What the writers have written down for themselves: what they brought, and what the desk said that it has."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tickets.message import Delivery

WAITS = 900.0  # seconds, for what is to come about on a machine that has much else to do


class Way(StrEnum):
    """On which of the ways a message came; each provider acknowledges and repeats in a manner of its own."""

    SMTP = "smtp"
    IMAP = "imap"
    TELEGRAM = "telegram"
    TWILIO = "twilio"
    CLOUD = "cloud"


@dataclass(kw_only=True)
class Entry:
    """One message that a writer brought."""

    way: Way
    external_id: str  # as its provider names it
    contact: str
    acknowledged: bool = False
    given_up: bool = False  # its provider brings it no more, though nobody said that it was taken
    tries: int = 0


@dataclass(kw_only=True)
class Answer:
    """What an agent answered by the API, under a key of their own."""

    ticket: int
    text: str
    acknowledged: bool = False


@dataclass(kw_only=True)
class Kept:
    entries: dict[str, Entry] = field(default_factory=dict)  # by external id, in the order of writing
    answers: dict[str, Answer] = field(default_factory=dict)  # by key
    receipts: dict[str, Delivery] = field(default_factory=dict)  # external id → the furthest that was taken
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    def writes(self, way: Way, external_id: str, contact: str) -> Entry:
        entry = Entry(way=way, external_id=external_id, contact=contact)
        assert external_id not in self.entries
        self.entries[external_id] = entry
        return entry

    def acknowledge(self, entry: Entry) -> None:
        entry.acknowledged = True
        self._more.set()

    def give_up(self, entry: Entry) -> None:
        entry.given_up = True
        self._more.set()

    def of(self, way: Way) -> Iterator[Entry]:
        return (each for each in self.entries.values() if each.way is way)

    @property
    def acknowledged(self) -> Counter[Way]:
        return Counter(each.way for each in self.entries.values() if each.acknowledged)

    @property
    def done(self) -> int:
        """How many are acknowledged, or given up by their provider."""
        return sum(each.acknowledged or each.given_up for each in self.entries.values())

    async def reaches(self, count: int) -> None:
        """Wait until so many are done with."""
        async with asyncio.timeout(WAITS):
            while self.done < count:
                self._more.clear()
                await self._more.wait()

    async def hears_on_every_way(self) -> None:
        """Wait until each provider has had something acknowledged."""
        async with asyncio.timeout(WAITS):
            while len(self.acknowledged) < len(Way):
                self._more.clear()
                await self._more.wait()
