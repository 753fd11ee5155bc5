"""How a service ends leaves no answer behind of which nobody knows anything, or for which nobody looks."""

import asyncio
import contextlib
import threading
from datetime import timedelta

from bot.delivery.worker import DeliveryWorker
from tests.bot.chat import Chat
from tickets import outbox
from tickets.message import Channel, Person, Place


async def somebody_writes(chat: Chat) -> None:
    """Let the desk's first reply wait to be sent."""
    where = Place(account=f"{chat.slug}/whatsapp", channel=Channel.WHATSAPP, address="+62811")
    await chat.receives(Channel.WHATSAPP, "video tidak bisa diputar", where, Person(address="+62811"))


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


async def test_what_a_process_died_over_is_settled_at_the_next_start_although_the_clock_was_set_back(ledger):
    chat = Chat(ledger)
    await somebody_writes(chat)
    ahead = chat.now + timedelta(minutes=20)
    taken = await ledger.write(lambda tx: outbox.claim(tx, now=ahead, most=9, lease=timedelta(minutes=2)))
    assert await chat.worker.take_over(everything=True) == len(taken) > 0
    await chat.worker.drain()
    states = await ledger.write(lambda tx: [outbox.row_of(tx, each.id).state for each in taken])
    assert states == ["unknown"]
