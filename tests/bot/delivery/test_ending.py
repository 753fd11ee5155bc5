"""How a service ends leaves no answer behind of which nobody knows anything, or for which nobody looks."""

import asyncio
import contextlib
import threading
from datetime import timedelta

from sqlalchemy import select

from bot.delivery.worker import DeliveryWorker
from channels.contract import Found
from tests.bot.chat import SLUG, Chat, GroupOfAgents, ReadingLine
from tickets import outbox
from tickets.ledger.prepared import Prepared
from tickets.message import Channel, Delivery, Outgoing, Person, Place, Sent
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


def test_a_service_that_ends_asks_no_silent_provider_what_became_of_an_answer(ledger):
    """It would wait for that as well; the next start finds out."""

    class Silent(ReadingLine):
        def __init__(self) -> None:
            super().__init__()
            self.has, self.asked_for = asyncio.Event(), 0

        async def send(self, outgoing: Outgoing) -> Sent:
            self.has.set()
            await asyncio.sleep(3600)
            return await super().send(outgoing)

        async def find(self, outgoing, *, tried_at, known=()) -> Found | None:
            self.asked_for += 1
            return Found(external_id=self.known_as(outgoing), state=Delivery.SENT)

    async def serves(provider: Silent) -> None:
        chat = Chat(ledger, more={f"{SLUG}/whatsapp": provider})
        await somebody_writes(chat)
        working = asyncio.create_task(chat.worker.drain())
        await provider.has.wait()
        working.cancel()  # and the loop ends with what is still being sent

    async def starts_anew(provider: Silent) -> None:
        chat = Chat(ledger, more={f"{SLUG}/whatsapp": provider})
        await chat.worker.take_over(everything=True)
        await chat.worker.drain()

    before, after = Silent(), Silent()
    asyncio.run(serves(before))
    assert before.asked_for == 0
    asyncio.run(starts_anew(after))
    assert after.asked_for == 1
    table = Outbox.__table__
    states = Prepared(select(table.c.state).where(table.c.account == f"{SLUG}/whatsapp"))
    assert [row.state for row in ledger.write_blocking(lambda tx: tx.all(states))] == ["sent"]


async def test_what_a_process_died_over_is_settled_at_the_next_start_although_the_clock_was_set_back(ledger):
    chat = Chat(ledger)
    await somebody_writes(chat)
    ahead = chat.now + timedelta(minutes=20)
    taken = await ledger.write(lambda tx: outbox.claim(tx, now=ahead, most=9, lease=timedelta(minutes=2)))
    assert await chat.worker.take_over(everything=True) == len(taken) > 0
    await chat.worker.drain()
    states = await ledger.write(lambda tx: [outbox.row_of(tx, each.id).state for each in taken])
    assert states == ["unknown"]


async def test_all_that_a_process_died_over_is_taken_over_by_the_next_start_however_much_it_is(ledger):
    chat = Chat(ledger)
    for number in range(120):
        await somebody_writes(chat, address=f"+6281{number}")
    taken = await ledger.write(
        lambda tx: outbox.claim(tx, now=chat.now, most=200, lease=timedelta(minutes=2))
    )
    assert len(taken) == 120
    assert await chat.worker.take_over(everything=True) == 120
    await chat.worker.drain()
    assert {await ledger.write(lambda tx, id_=each.id: outbox.row_of(tx, id_).state) for each in taken} == {
        "unknown"
    }
