"""Whether those whose open pages are told what is new are still let in: asked for all of this process in one look."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from console import doors
from tickets.ledger.store import Ledger

LOOKS_EVERY = 2.0  # seconds


class Guard:
    def __init__(
        self, ledger: Ledger, now: Callable[[], datetime], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ledger, self._now, self._clock = ledger, now, clock
        self._watched: Counter[str] = Counter()  # sessions, and how many pages they have open
        self._let_in: set[str] = set()
        self._looked_at = 0.0
        self._looking = asyncio.Lock()

    @contextmanager
    def watching(self, session: str) -> Iterator[None]:
        """Watch over a session that was let in just now."""
        self._watched[session] += 1
        self._let_in.add(session)
        try:
            yield
        finally:
            self._watched[session] -= 1
            if not self._watched[session]:
                del self._watched[session]
                self._let_in.discard(session)

    async def lets_in(self, session: str) -> bool:
        """Say whether a watched session was still open a moment ago."""
        async with self._looking:
            if self._clock() - self._looked_at >= LOOKS_EVERY:
                asked, now = tuple(self._watched), self._now()
                found = await self._ledger.read(lambda read: doors.open_among(read, asked, now=now))
                self._let_in -= set(asked) - found
                self._looked_at = self._clock()
        return session in self._let_in
