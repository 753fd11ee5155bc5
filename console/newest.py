"""What open pages are told by: the newest event that each may see, asked once for all that look at the same.

A change wakes every open page at the same moment. A question that is under way may have been asked before the change,
so whoever comes meanwhile waits for the next one, and all who wait share it: two questions, however many pages.
"""

import asyncio

from tickets import views
from tickets.ledger.store import Ledger

Sight = tuple[
    frozenset[str] | None, int | None
]  # the desks that somebody may see, or all; one ticket, or all


class Newest:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._under_way: dict[Sight, asyncio.Task[int]] = {}
        self._next: dict[Sight, asyncio.Task[int]] = {}

    async def event(self, *, desks: frozenset[str] | None, ticket: int | None) -> int:
        """Return the id of the newest event there is to see, asked for after this was called."""
        sight = (desks, ticket)
        asked = self._next.get(sight)
        if asked is None:
            asked = asyncio.create_task(self._asked(sight, after=self._under_way.get(sight)))
            self._next[sight] = asked
        return await asyncio.shield(asked)  # one page that is closed takes nobody's answer away

    async def _asked(self, sight: Sight, *, after: asyncio.Task[int] | None) -> int:
        if after is not None:
            await asyncio.wait([after])
        asking = self._under_way[sight] = self._next.pop(sight)
        desks, ticket = sight
        try:
            return await self._ledger.read(
                lambda session: views.newest_event(session, desks=desks, ticket=ticket)
            )
        finally:
            if self._under_way.get(sight) is asking:
                del self._under_way[sight]
