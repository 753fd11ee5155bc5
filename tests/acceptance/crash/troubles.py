"""What else goes wrong while the service is killed, each for as long as its block lasts."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

import psycopg

from tests.acceptance.crash.besieged import Besieged
from tests.standins.postgres import Cluster
from tests.standins.relay import CUT, SILENT, Stage

AHEAD, BACK = 20 * 60.0, -15 * 60.0  # seconds: past a promise of a first answer, and well before it again
AT_ONCE = 4  # calls of each provider's that go wrong in one trouble
FULL_FOR = 2.0  # seconds
POSTGRES_WITHIN = 120.0  # seconds, it has recovered
_PIECE = 1024 * 1024

AHEAD_OF_TIME = "the clock jumps ahead"
Trouble = Callable[[Besieged], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def none(_house: Besieged) -> AsyncIterator[None]:
    yield


@asynccontextmanager
async def relay_silent(house: Besieged) -> AsyncIterator[None]:
    """The relay takes mails whole, and then says nothing any more."""
    house.relay.answers[Stage.END] = SILENT
    yield
    house.relay.answers.clear()


@asynccontextmanager
async def relay_cuts(house: Besieged) -> AsyncIterator[None]:
    """The line to the relay breaks before it has answered."""
    house.relay.answers[Stage.END] = CUT
    yield
    house.relay.answers.clear()


@asynccontextmanager
async def providers_silent(house: Besieged) -> AsyncIterator[None]:
    """Each provider takes some messages and never answers, or neither takes nor answers."""
    for _ in range(AT_ONCE):
        taken = house.chance.random() < 0.5
        house.twilio.falls_silent(after_taking=taken)
        house.cloud.falls_silent(after_taking=taken)
        house.telegram.says_nothing("sendMessage", done=taken)
    yield


@asynccontextmanager
async def providers_cut(house: Besieged) -> AsyncIterator[None]:
    """The line to each provider breaks in the middle of an answer, or of a call."""
    for _ in range(AT_ONCE):
        taken = house.chance.random() < 0.5
        house.twilio.cuts(after_taking=taken)
        house.cloud.cuts(after_taking=taken)
        house.telegram.cuts("sendMessage", done=taken)
    yield


@asynccontextmanager
async def clock_ahead(house: Besieged) -> AsyncIterator[None]:
    """The clock jumps ahead: promises are broken at once, leases are over."""
    house.jump(AHEAD)
    yield


@asynccontextmanager
async def clock_back(house: Besieged) -> AsyncIterator[None]:
    """The clock is set back: what was written down lies in its future."""
    house.jump(BACK)
    yield


@asynccontextmanager
async def disk_full(house: Besieged) -> AsyncIterator[None]:
    """Nothing more can be written for a while; PostgreSQL gives up, and is started by its operator when there is room."""
    balloon = house.ground.disk / "balloon"
    try:
        await asyncio.to_thread(_fill, balloon)
        await asyncio.sleep(FULL_FOR)
    finally:
        balloon.unlink(missing_ok=True)
    await _has_postgres_run(house)
    yield


@asynccontextmanager
async def mailbox_renumbered(house: Besieged) -> AsyncIterator[None]:
    """The mail server restarts and gives all mails of the inbox other UIDs, under another UIDVALIDITY."""
    await asyncio.to_thread(house.mailbox.renumber)
    yield


def _fill(balloon: Path) -> None:
    with suppress(OSError), balloon.open("wb", buffering=0) as file:  # whatever room there is
        while file.write(b"\0" * _PIECE):
            pass


@asynccontextmanager
async def postgres_restarts(house: Besieged) -> AsyncIterator[None]:
    """It says good-bye to everybody, or is killed and recovers."""
    assert house.ground.cluster is not None
    mode = house.chance.choice(("fast", "immediate"))
    await asyncio.to_thread(house.ground.cluster.stop, mode)
    await asyncio.sleep(house.chance.uniform(0, 2))
    await _has_postgres_run(house)
    yield


@asynccontextmanager
async def connections_cut(house: Besieged) -> AsyncIterator[None]:
    """PostgreSQL cuts all connections, again and again."""
    assert house.ground.cluster is not None
    for _ in range(5):
        with suppress(psycopg.OperationalError):
            await asyncio.to_thread(house.ground.cluster.cut_connections)
        await asyncio.sleep(house.chance.uniform(0.05, 0.5))
    yield


async def _has_postgres_run(house: Besieged) -> None:
    """Start it if it gave up, as its operator would, and wait until it answers."""
    if house.ground.cluster is not None:
        async with asyncio.timeout(POSTGRES_WITHIN):
            while not await asyncio.to_thread(_answers, house.ground.cluster):
                await asyncio.sleep(0.2)


def _answers(cluster: Cluster) -> bool:
    if not cluster.is_running():
        cluster.start()
    with suppress(psycopg.OperationalError), psycopg.connect(cluster.url("postgres"), connect_timeout=5):
        return True
    return False


EVERYWHERE: Mapping[str, Trouble] = {
    "nothing else": none,
    "the relay is silent": relay_silent,
    "the relay cuts the line": relay_cuts,
    "providers are silent": providers_silent,
    "providers cut the line": providers_cut,
    AHEAD_OF_TIME: clock_ahead,
    "the clock jumps back": clock_back,
    "the mailbox counts anew": mailbox_renumbered,
    "the disk is full": disk_full,
}
OF_POSTGRES: Mapping[str, Trouble] = {
    "PostgreSQL restarts": postgres_restarts,
    "PostgreSQL cuts connections": connections_cut,
}
