"""The bytes of what goes along: while they cannot be had, nothing leaves, and that is known of it."""

import asyncio

from channels.contract import Deferred, RefusedByProvider
from tickets.ledger.store import Ledger
from tickets.ledger.writer import StoreUnavailableError

SECONDS = 15.0  # well below what a whole delivery may take


async def content_of(ledger: Ledger, sha256: str) -> bytes:
    """Return a file. Raises Deferred while the storage cannot be reached, RefusedByProvider for a file that is gone."""
    try:
        async with asyncio.timeout(SECONDS):
            return await ledger.file(sha256)
    except (StoreUnavailableError, TimeoutError) as error:
        raise Deferred("the storage of files cannot be reached now") from error
    except FileNotFoundError as error:
        raise RefusedByProvider("a file that goes along is no longer kept") from error
