"""In which order updates that are brought at once are taken in: by their ids, within a chat strictly.

Telegram itself brings a chat's messages one after the other, but counts its connections over all chats, and whoever
stands between (a proxy, another server of the Bot API) may swap them. So whoever comes early waits for a moment for
the ids that are missing, and for those of the same chat that are still being stored. Ids jump after an idle week, and
some never come: the wait is short, and for near ones only.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta

PATIENCE = timedelta(milliseconds=250)


class Turns:
    """The turns of one bot's updates in this process."""

    def __init__(self, *, at_once: int, patience: timedelta = PATIENCE) -> None:
        self._at_once = at_once  # how many may be on the way: an id further ahead than that has jumped
        self._patience = patience
        self._next: int | None = None  # everything below has come, or is not waited for any more
        self._ahead: set[int] = set()  # has come before one below it
        self._under_way: dict[object, tuple[int, int | None]] = {}  # id and chat of what is being taken in
        self._changed = asyncio.Condition()

    @contextlib.asynccontextmanager
    async def turn(self, update_id: int, chat: int | None) -> AsyncIterator[None]:
        """Wait until it is this update's turn; the next of its chat comes after the block."""
        here = object()
        self._under_way[here] = (update_id, chat)
        try:
            async with self._changed:
                self._come(update_id)
                self._changed.notify_all()
                await self._wait_for_missing(update_id)
                await self._changed.wait_for(lambda: not self._is_behind(update_id, chat))
            yield
        finally:
            del self._under_way[here]
            async with self._changed:
                self._changed.notify_all()

    def _come(self, update_id: int) -> None:
        if self._next is None or abs(update_id - self._next) > self._at_once:
            self._go_on_from(update_id + 1)
            return
        self._ahead.add(update_id)
        self._go_on_from(self._next)

    async def _wait_for_missing(self, update_id: int) -> None:
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                await self._changed.wait_for(lambda: self._next is None or self._next > update_id)
        except TimeoutError:
            if self._next is not None and self._next <= update_id:
                self._go_on_from(update_id)
                self._changed.notify_all()

    def _go_on_from(self, update_id: int) -> None:
        while update_id in self._ahead:
            update_id += 1
        self._ahead = {each for each in self._ahead if each > update_id}
        self._next = update_id

    def _is_behind(self, update_id: int, chat: int | None) -> bool:
        """Whether an earlier one of the same chat is still being taken in."""
        return chat is not None and any(
            earlier < update_id and of == chat for earlier, of in self._under_way.values()
        )
