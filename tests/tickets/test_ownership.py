"""What only one process may run: it is held by one, and goes to another when the first dies, or loses its connection."""

import asyncio

import psycopg
import pytest

from tickets.ledger.ownership import Ownership

_HOLDERS = (
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Runner:
    """A process that would run the loop."""

    def __init__(self, url):
        self.ownership = Ownership(url)
        self.runs = asyncio.Event()
        self.task = asyncio.create_task(self.ownership.run("listen:desk/telegram", self._work))

    async def _work(self):
        self.runs.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.runs.clear()

    async def ends(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await self.ownership.close()


@pytest.fixture
async def two(lendable):
    first = Runner(lendable.url)
    await first.runs.wait()
    second = Runner(lendable.url)
    yield first, second
    await first.ends()
    await second.ends()
    await asyncio.to_thread(lendable.empty)


async def test_whoever_ends_leaves_it_to_another(two):
    first, second = two
    assert not second.runs.is_set()
    await first.ends()
    await asyncio.wait_for(second.runs.wait(), 30)


async def test_whoever_loses_the_database_stops_and_one_of_them_goes_on(two, lendable):
    first, second = two
    async with await psycopg.AsyncConnection.connect(lendable.url, autocommit=True) as beside:
        cursor = await beside.execute(f"SELECT pg_terminate_backend(pid) FROM ({_HOLDERS}) AS held")
        assert len(await cursor.fetchall()) == 1
        async with asyncio.timeout(30):
            while first.runs.is_set():  # it finds out when it asks next
                await asyncio.sleep(0.02)
            while not (first.runs.is_set() or second.runs.is_set()):
                await asyncio.sleep(0.02)
        assert len(await (await beside.execute(_HOLDERS)).fetchall()) == 1


async def test_the_server_asks_after_a_machine_that_has_gone_silent(two, lendable):
    async with await psycopg.AsyncConnection.connect(lendable.url) as beside:
        ((held,),) = await (await beside.execute(_HOLDERS)).fetchall()
    connection = two[0].ownership._connection
    assert connection.info.backend_pid == held
    shown = [
        (await (await connection.execute(f"SHOW tcp_keepalives_{name}")).fetchone())[0]
        for name in ("idle", "interval", "count")
    ]
    assert shown == ["2", "1", "2"]
