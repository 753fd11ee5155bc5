"""The control: a service that acknowledges before it stores. A siege that does not catch it proves nothing."""

import asyncio

from tests.acceptance.crash.besieged import Ground, besieged
from tests.acceptance.crash.found import Ledgers
from tests.acceptance.crash.kept import Kept, Way
from tests.acceptance.crash.siege import settled
from tests.acceptance.crash.verdicts import lost
from tests.acceptance.crash.writing import Crowd

MESSAGES = 1_000  # more than are written before every provider has heard something


async def ways_caught(ground: Ground, *, seed: int) -> set[Way]:
    """Kill a hasty service once each provider was told that something is stored; on which ways some of that is lost."""
    kept = Kept()
    async with besieged(ground, seed=seed, with_group=False) as house:
        ledgers = Ledgers(house.database_url)
        try:
            await asyncio.gather(*(house.bring_up(each, hasty=True) for each in house.services))
            crowd = Crowd(house, kept, messages=MESSAGES)
            writing = asyncio.create_task(crowd.write())
            await kept.hears_on_every_way()
            for service in house.services:
                house.kills(service)
            crowd.has_enough()
            await asyncio.gather(*map(house.bring_up, house.services))  # these store what they take
            await writing
            await settled(house, ledgers)
            for service in house.services:
                await service.stop()
            found = await asyncio.to_thread(ledgers.read, house.files)
        finally:
            ledgers.close()
    complained = list(lost(kept, found, ()))
    return {way for way in Way if any(each.startswith(f"{way}: ") for each in complained)}
