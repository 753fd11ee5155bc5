"""The loops that keep the service going: each outlives what goes wrong in one turn, and beats its heart."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.service.metrics import Metrics
from tickets.ledger.news import News
from tickets.ledger.store import Ledger

log = structlog.get_logger()

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


async def keep_running(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Run something that should never end, again and again, with growing pauses; until cancelled."""
    pause = FIRST_PAUSE
    while True:
        started = asyncio.get_running_loop().time()
        try:
            await work()
        except Exception:
            log.exception("loop.failed", loop=name)
        if asyncio.get_running_loop().time() - started > LONGEST_PAUSE:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def turn_by_turn(
    name: str,
    turn: Callable[[], Awaitable[int]],
    *,
    ledger: Ledger,
    metrics: Metrics,
    seconds: float,
    about: News | None = None,
    rest: float = 0.0,
) -> None:
    """Take turns as long as they find something; then sleep until there is news about it, or for so many seconds.

    What waits for no news goes by the clock alone. Between a turn and the next one lies a `rest` of as many seconds, so
    that many small changes are one turn.
    """
    sleeper = None if about is None else ledger.wakes.sleeper(about)
    try:
        while True:
            try:
                done = await turn()
                metrics.beat(name, every=seconds)
            except Exception:
                log.exception("loop.turn_failed", loop=name)
                done = 0
                await asyncio.sleep(FIRST_PAUSE)
            if not done:
                await (asyncio.sleep(seconds) if sleeper is None else sleeper.sleep(seconds))
            if rest:
                await asyncio.sleep(rest)
    finally:
        if sleeper is not None:
            sleeper.close()
