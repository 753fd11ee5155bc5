"""A service that ends finishes what it has taken up, so that nobody has to wait or to guess what became of an answer."""

import asyncio
import contextlib
import threading

from bot.delivery.worker import DeliveryWorker
from tests.bot.chat import Chat
from tickets.message import Channel, Person, Place


async def test_an_answer_that_is_being_claimed_when_the_service_ends_is_sent(ledger):
    chat = Chat(ledger)
    where, who = (
        Place(account=f"{chat.slug}/whatsapp", channel=Channel.WHATSAPP, address="+62811"),
        Person(address="+62811"),
    )
    await chat.receives(Channel.WHATSAPP, "video tidak bisa diputar", where, who)
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
