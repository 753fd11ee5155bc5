"""How a service ends leaves no answer behind of which nobody knows anything, or for which nobody looks."""

import asyncio
import contextlib
import threading
from datetime import timedelta

from sqlalchemy import select

from bot.delivery.worker import DeliveryWorker
from tests.bot.chat import Chat, GroupOfAgents
from tickets import outbox
from tickets.ledger.prepared import Prepared
from tickets.message import Channel, Person, Place
from tickets.tables import Outbox


async def somebody_writes(chat: Chat, *, address: str = "+62811") -> None:
    """Let the desk's first reply wait to be sent."""
    where = Place(account=f"{chat.slug}/whatsapp", channel=Channel.WHATSAPP, address=address)
    await chat.receives(Channel.WHATSAPP, "video tidak bisa diputar", where, Person(address=address))


async def test_an_answer_that_is_being_claimed_when_the_service_ends_is_sent(ledger):
    chat = Chat(ledger)
    await somebody_writes(chat)
    asked, held, let_go = asyncio.Event(), asyncio.Event(), threading.Event()
    worker = DeliveryWorker(
        ledger, chat.adapters, chat.carriers, desks=chat.desks, standstills=chat.standstills, metrics=chat.metrics,
        clock=lambda: asked.set() or chat.now,
    )  # fmt: skip
    loop = asyncio.get_running_loop()
    busy = asyncio.create_task(
        ledger.write(lambda _tx: loop.call_soon_threadsafe(held.set) and let_go.wait(30), name="slow")
    )
    await held.wait()
    running = asyncio.create_task(worker.run())
    await asked.wait()
    running.cancel()
    let_go.set()
    await busy
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert len(chat.said) == 1


async def test_what_waits_for_its_turn_in_a_group_when_the_service_ends_waits_on(ledger):
    class SlowGroup(GroupOfAgents):
        def __init__(self) -> None:
            super().__init__()
            self.asked, self.answers = asyncio.Event(), asyncio.Event()

        async def open_topic(self, group: str, name: str) -> str:
            self.asked.set()
            await self.answers.wait()
            return await super().open_topic(group, name)

    group = SlowGroup()
    chat = Chat(ledger, telegram=group)
    for number in range(5):
        await somebody_writes(chat, address=f"+6281{number}")
    while await chat.follow():
        pass
    running = asyncio.create_task(chat.groups.run())
    await group.asked.wait()
    running.cancel()
    await asyncio.sleep(0)
    group.answers.set()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert len(group.topics) == 1
    table = Outbox.__table__
    states = Prepared(select(table.c.state, table.c.error).where(table.c.budget.is_not(None)))
    found = {(row.state, row.error) for row in ledger.write_blocking(lambda tx: tx.all(states))}
    assert found == {("sent", None), ("queued", None)}


async def test_what_a_process_died_over_is_settled_at_the_next_start_although_the_clock_was_set_back(ledger):
    chat = Chat(ledger)
    await somebody_writes(chat)
    ahead = chat.now + timedelta(minutes=20)
    taken = await ledger.write(lambda tx: outbox.claim(tx, now=ahead, most=9, lease=timedelta(minutes=2)))
    assert await chat.worker.take_over(everything=True) == len(taken) > 0
    await chat.worker.drain()
    states = await ledger.write(lambda tx: [outbox.row_of(tx, each.id).state for each in taken])
    assert states == ["unknown"]
