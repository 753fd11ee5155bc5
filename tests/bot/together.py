"""Several things that come in at once, so that the writer has them in one transaction."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from tickets.ledger.store import Ledger


async def in_one_transaction(ledger: Ledger, *coming: Coroutine[Any, Any, object]) -> None:
    """Hold the writer up until all of these wait for it, in this order."""
    begun, held = threading.Event(), threading.Event()

    def hold(_tx: object) -> None:
        begun.set()
        held.wait()

    ledger.writer.submit(hold)
    tasks = []
    try:
        await asyncio.to_thread(begun.wait)
        for many, each in enumerate(coming, 1):
            tasks.append(asyncio.create_task(each))
            while ledger.writer.waiting < many:
                await asyncio.sleep(0.005)
    finally:
        held.set()
    await asyncio.gather(*tasks)
