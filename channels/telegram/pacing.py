"""How fast a bot calls Telegram: about thirty times a second over all chats, and once a second in a person's own.

Short bursts above that are borne. Groups, which bear much less, are scheduled before anything comes here. Both numbers
are Telegram's own (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

MOST_CHATS = 10_000  # remembered at once; those that have been silent longest are forgotten first


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Calls a moment apart, a few of them at once after a while of silence."""

    every: float  # seconds
    burst: int

    def turn(self, due: float, now: float) -> tuple[float, float]:
        """Return how long to wait, and when the burst is borne again in full; `due`: what that was before."""
        wait = max(0.0, due - (self.burst - 1) * self.every - now)
        return wait, max(due, now + wait) + self.every


ALL_CHATS = Pace(every=1 / 30, burst=10)
ONE_PERSON = Pace(every=1.0, burst=5)


class Pacing:
    """One bot's calls, in the order in which they are asked for."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._all = 0.0
        self._people: OrderedDict[int, float] = OrderedDict()

    async def turn(self, chat: int | str | None) -> None:
        """Wait until a call to this chat is borne; one to no chat goes at once."""
        if chat is None:
            return
        now = self._clock()
        wait, self._all = ALL_CHATS.turn(self._all, now)
        if isinstance(chat, int) and chat > 0:
            own, self._people[chat] = ONE_PERSON.turn(self._people.get(chat, 0.0), now)
            self._people.move_to_end(chat)
            if len(self._people) > MOST_CHATS:
                self._people.popitem(last=False)
            wait = max(wait, own)
        if wait:
            await self._sleep(wait)
