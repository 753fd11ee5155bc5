"""Work that is taken up in turns and done side by side: so many at once, what is begun is finished."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any

import structlog

from tickets.ledger.news import News
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.ledger.writer import StoreUnavailableError

log = structlog.get_logger()

POLL_SECONDS = 1.0
FINISH_SECONDS = 70.0  # longer than anything is sent for, with what is written down about it

Work = Coroutine[Any, Any, None]


class SideBySide:
    def __init__(
        self,
        name: str,
        take: Callable[[int], Awaitable[Sequence[Work]]],
        *,
        ledger: Ledger,
        about: News,
        beat: Callable[[str], None],
        most: int,
    ) -> None:
        """`take` claims at most so many pieces of work; may raise StoreUnavailableError. News `about` it wake it."""
        self._name = name
        self._take = take
        self._ledger = ledger
        self._about = about
        self._beat = beat
        self._most = most
        self._busy: set[asyncio.Task[None]] = set()
        self.is_ending = False  # what waits for its turn then is not begun any more

    async def run(self) -> None:
        """Run until cancelled; what is being taken up or done then is finished first."""
        sleeper = self._ledger.wakes.sleeper(self._about)
        try:
            while True:
                self._beat(self._name)
                if not await self._turn():
                    await sleeper.sleep(POLL_SECONDS)
        finally:
            sleeper.close()
            self.is_ending = True
            if self._busy:
                await asyncio.wait(self._busy, timeout=FINISH_SECONDS)

    async def drain(self) -> None:
        """Work until nothing is due any more: for tests and for the command line."""
        while await self._turn() or self._busy:
            if self._busy:
                await asyncio.wait(self._busy)

    def begin(self, work: Work) -> None:
        task = asyncio.create_task(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def _turn(self) -> int:
        room = self._most - len(self._busy)
        if room <= 0:
            await asyncio.wait(self._busy, return_when=asyncio.FIRST_COMPLETED)
            return 1
        try:
            return await self._take_up(room)
        except StoreUnavailableError:
            log.warning("delivery.store_unavailable")
            await asyncio.sleep(POLL_SECONDS)
            return 0

    async def _take_up(self, room: int) -> int:
        """Claim and begin; a claim that is on its way when the loop ends may be written, and is begun too."""
        taking = asyncio.ensure_future(self._take(room))
        try:
            await asyncio.shield(taking)
        finally:
            for work in await taking:
                self.begin(work)
        return len(taking.result())


async def written_down(
    ledger: Ledger, clock: Callable[[], datetime], write: Callable[[Tx, datetime], None]
) -> None:
    """Write an outcome of now down, however long the ledger takes: what was sent must not be forgotten."""
    at = clock()
    while True:
        try:
            await ledger.write(lambda tx: write(tx, at), name="settle")
        except StoreUnavailableError:
            log.warning("delivery.settle_waits")
            await asyncio.sleep(POLL_SECONDS)
        else:
            return
