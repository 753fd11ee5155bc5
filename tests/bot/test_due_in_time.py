"""What is due is acted upon at once, and told once by however many processes."""

import asyncio
from datetime import datetime, timedelta

from bot.alerts import AlertFollower
from bot.carrying.carriers import Carriers
from bot.delivery.standstills import Standstills
from bot.delivery.worker import DeliveryWorker
from bot.house import utc_now
from bot.jobs import Jobs
from tests.bot.chat import MESSAGE_IDS, Chat
from tickets.clocks import FIRST_RESPONSE
from tickets.ledger import events
from tickets.ledger.followers import Following
from tickets.ledger.store import Ledger

PROMISE = timedelta(minutes=15)
# So that the test may run at any hour of the day.
BY_THE_CALENDAR = {
    "desk.yaml": (
        "first_response: {within: 15m, counts: operating}",
        "first_response: {within: 15m, counts: calendar}",
    )
}


class Process:
    """What else runs where several processes serve one ledger: its own jobs, follower of alerts and deliveries."""

    def __init__(self, ledger: Ledger, chat: Chat, *, clock=None) -> None:
        clock = clock or (lambda: chat.now)
        carriers = Carriers(ledger, chat.desks, chat.adapters, message_ids=MESSAGE_IDS, clock=clock)
        self.ledger = ledger
        self.worker = DeliveryWorker(
            ledger,
            chat.adapters,
            carriers,
            desks=chat.desks,
            standstills=Standstills(ledger, chat.desks, chat.adapters, clock=clock),
            metrics=chat.metrics,
            clock=clock,
        )
        self.jobs = Jobs(
            ledger, chat.desks, chat.people, self.worker, metrics=chat.metrics, clock=clock, survey_link=str,
            turn_link=str,
        )  # fmt: skip
        self.following = Following(ledger, [AlertFollower(chat.desks, clock=clock)])

    async def works(self) -> None:
        await self.jobs.sweep()
        while await self.following.turn():
            pass
        await self.worker.drain()


def told(chat: Chat, *, word: str) -> list[str]:
    """Return to whom an alert with this word went, each time."""
    return [out.place.address for out in chat.group.private if word in out.text]


async def breached(ledger: Ledger, ticket: int) -> datetime:
    """Wait until the first response is broken; the instant at which that could be seen."""
    sleeper = ledger.wakes.sleeper()
    try:
        while True:
            clocks = await ledger.write(lambda tx: events.clocks_of(tx, ticket))
            if any(each.kind == FIRST_RESPONSE and each.breached_at for each in clocks):
                return utc_now()
            await sleeper.sleep(30)
    finally:
        sleeper.close()


async def test_a_due_clock_is_acted_upon_by_the_running_jobs_which_look_each_second(ledger):
    chat = Chat(ledger, changes=BY_THE_CALENDAR)
    chat.now = utc_now() - PROMISE + timedelta(seconds=1.5)
    await chat.writes("video tidak bisa diputar")
    due_at = chat.clock(FIRST_RESPONSE).due_at
    scheduler = Process(ledger, chat, clock=utc_now).jobs.scheduler()
    scheduler.start()
    assert scheduler.get_job("sweep").trigger.interval == timedelta(seconds=1)
    try:
        async with asyncio.timeout(30):
            seen_at = await breached(ledger, 1)
    finally:
        scheduler.shutdown(wait=False)
    assert chat.clock(FIRST_RESPONSE).breached_at == due_at
    assert seen_at >= due_at


async def test_jobs_that_the_end_cuts_off_are_no_errors(ledger, caplog):
    scheduler = Process(ledger, Chat(ledger), clock=utc_now).jobs.scheduler()
    may_go_on = asyncio.Event()
    begun = asyncio.Event()

    def hold() -> None:
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(may_go_on.wait(), loop).result()

    loop = asyncio.get_running_loop()
    scheduler.start()
    holding = asyncio.create_task(ledger.write(lambda tx: hold()))  # until then nothing else is written
    await begun.wait()
    scheduler.get_job("sweep").modify(next_run_time=utc_now())
    while not ledger.writer.waiting:
        await asyncio.sleep(0.01)
    scheduler.shutdown(wait=False)
    may_go_on.set()
    await holding
    assert not caplog.records


async def test_two_processes_on_one_ledger_warn_and_alert_once(two_ledgers):
    chat = Chat(two_ledgers[0])
    for sender in ("+62811", "+62812", "+62813"):
        await chat.writes("video tidak bisa diputar", sender=sender)
    processes = [Process(ledger, chat) for ledger in two_ledgers]

    async def passes(length: timedelta) -> None:
        chat.now += length
        await asyncio.gather(*(process.works() for process in processes for _ in range(3)))

    await passes(timedelta(minutes=13))
    assert len(told(chat, word="mendekati batas")) == 3
    await passes(timedelta(minutes=3))
    assert len(told(chat, word="Terlambat")) == 3
    await passes(
        timedelta(hours=30)
    )  # in which nothing ran: the solution was due, and its warning long before
    assert len(told(chat, word="mendekati batas")) == 3
    assert len(told(chat, word="Terlambat")) == 6
