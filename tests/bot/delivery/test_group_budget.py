"""A Telegram group bears about twenty calls a minute over all topics: what is told there, when, and how often.

Time is virtual. The group counts every call and asks for a pause where it gets more than it bears.
"""

import asyncio
import random
import re
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from statistics import median, quantiles

import pytest
from sqlalchemy import bindparam, select

from bot import topics
from bot.carrying.portions import portion
from bot.telling import into_topic
from channels.contract import RefusedByProvider, Throttled
from tests.bot.chat import GROUP, MORNING, SLUG, Chat, GroupOfAgents
from tickets import budgets
from tickets.allowance import PlaceLimits
from tickets.ledger.prepared import Prepared
from tickets.message import Channel, Outgoing, Person, Place, Sent
from tickets.parcels import Priority
from tickets.tables import Reference

LIMITS = PlaceLimits()
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
REFERENCES = Prepared(
    select(Reference.__table__).where(Reference.__table__.c.external_id == bindparam("external_id"))
)
MARK = re.compile(r"<(\d+)\.(\d+)>")  # in each message: whose, and which of theirs
OTHER_GROUP = "-1009"
BUDI = "1002"


def words_in(text: str) -> str:
    """Return what was said of a message's text: a card has a title of the same words."""
    return "" if text.startswith("Tiket #") and "┈" not in text else text.rpartition("┈")[2]


class CountingGroup(GroupOfAgents):
    """A group that bears so many calls in any minute, and asks for a pause beyond them."""

    def __init__(self, clock, *, bears: int = 20, pause: int = 30) -> None:
        super().__init__()
        self._clock = clock
        self._bears = bears
        self._pause = timedelta(seconds=pause)
        self.paused_until: dict[str, datetime] = {}
        self.hammered = 0  # calls made in a pause
        self.asked = 0  # pauses
        self.calls: defaultdict[str, list[datetime]] = defaultdict(list)
        self.shown: list[tuple[datetime, str, str]] = []  # when, in which topic, what: edits left out
        self.private_at: list[datetime] = []
        self.kinds: list[str] = []  # of what was sent, in its order
        self.refuses, self.broken = "\0", False

    def _count(self, chat: str) -> None:
        now, calls = self._clock(), self.calls[chat]
        if now < self.paused_until.get(chat, now):
            self.hammered += 1
        if sum(1 for at in calls if now - at < MINUTE) >= self._bears:
            self.asked += 1
            self.paused_until[chat] = now + self._pause
            raise Throttled("later", wait=self._pause)
        calls.append(now)

    async def send(self, outgoing: Outgoing) -> Sent:
        place = outgoing.place
        if place.thread is None:
            self.private_at.append(self._clock())
            return await super().send(outgoing)
        if self.refuses in outgoing.text:
            raise RefusedByProvider("not this", account_broken=self.broken)
        self._count(place.address)
        assert len(outgoing.text) <= 4096
        said = "message" if MARK.search(outgoing.text) else "alert"
        self.kinds.append("card" if outgoing.edits is not None else said)
        if outgoing.edits is None:
            self.shown.append((self._clock(), place.thread, outgoing.text))
        return await super().send(outgoing)

    async def open_topic(self, group: str, name: str) -> str:
        self._count(group)
        thread = str(len(self.topics) + 1)
        self.groups[thread], self.topics[thread] = group, name
        return thread

    def read(self) -> dict[str, list[tuple[int, int]]]:
        """Return whose words stand in each topic, in their order."""
        found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for _, thread, text in self.shown:
            found[thread] += [(int(who), int(which)) for who, which in MARK.findall(words_in(text))]
        return found

    def reached(self) -> dict[tuple[int, int], datetime]:
        """Return when each message was first to be read in its topic."""
        found: dict[tuple[int, int], datetime] = {}
        for at, _, text in self.shown:
            for who, which in MARK.findall(words_in(text)):
                found.setdefault((int(who), int(which)), at)
        return found


class Flood:
    """Contacts who write to the desk's bot at instants of their own, while the seconds go by."""

    def __init__(self, ledger, *, groups: str = GROUP, **group) -> None:
        self.group = CountingGroup(lambda: self.chat.now, **group)
        self.chat = Chat(
            ledger,
            limits=LIMITS,
            telegram=self.group,
            environment={"TELEGRAM_AGENTS_GROUP": groups},
        )
        self.written: dict[tuple[int, int], datetime] = {}
        self._said: defaultdict[int, int] = defaultdict(int)

    async def write(self, who: int, text: str = "") -> None:
        self._said[who] += 1
        key = who, self._said[who]
        self.written[key] = self.chat.now
        sender = str(5000 + who)
        place = Place(account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address=sender)
        await self.chat.receives(
            Channel.TELEGRAM, f"<{who}.{key[1]}> {text}", place, Person(address=sender, name=f"Ana {who}")
        )

    async def seconds(self, count: int) -> None:
        """Let seconds pass, each with what is to be done in it."""
        while await self.chat.follow():
            pass
        for _ in range(count):
            await self.deliver()
            self.chat.now += SECOND

    async def deliver(self) -> None:
        await asyncio.gather(self.chat.worker.drain(), self.chat.groups.drain())

    async def until_told(self, *, at_most: int) -> None:
        while await self.chat.follow():
            pass
        for _ in range(at_most):
            await self.deliver()
            if self.group.reached().keys() >= self.written.keys() and not self.waits():
                return
            self.chat.now += SECOND
        raise AssertionError(f"{len(self.written.keys() - self.group.reached().keys())} were never told")

    def waits(self) -> float:
        with self.chat.ledger.reading() as session:
            return max(budgets.ages(session, now=self.chat.now).values(), default=0.0)

    def check(self) -> None:
        """Nothing lost, nothing doubled, nothing out of its order, nobody's words in somebody else's topic."""
        read = self.group.read()
        assert sorted(key for keys in read.values() for key in keys) == sorted(self.written)
        for keys in read.values():
            assert len({who for who, _ in keys}) == 1
            assert all(which < following for (_, which), (_, following) in pairwise(keys))
        for calls in self.group.calls.values():
            assert all(sum(1 for at in calls if start <= at < start + MINUTE) <= 20 for start in calls)


def best(tickets: int) -> list[float]:
    """Return when each of so many new tickets can be read at best: a call opens its topic, the next one speaks in it."""
    return [60.0 * ((2 * number + 1) // LIMITS.most) for number in range(tickets)]


def told_in(seconds: list[float]) -> str:
    return f"median {median(seconds):5.0f} s, 99th percentile {quantiles(seconds, n=100)[98]:5.0f} s"


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_two_hundred_contacts_write_at_once_through_one_group(ledger, capsys):
    flood, chances = Flood(ledger), random.Random(5)
    first = list(range(200))
    chances.shuffle(first)
    for who in first:
        await flood.write(who, "halo, saya tidak bisa masuk")
    await flood.seconds(1)
    assert len(flood.group.private_at) == 200  # who wrote has been answered, whatever waits for the group
    assert set(flood.group.private_at) == {MORNING}
    for _ in range(100):  # and go on writing while their topics wait
        for who in chances.sample(range(200), 2):
            await flood.write(who, "ada kabar?")
        await flood.seconds(3)
    await flood.until_told(at_most=3600)
    flood.check()
    assert flood.group.asked == 0
    reached = flood.group.reached()
    took = [(reached[key] - at).total_seconds() for key, at in flood.written.items() if key[1] == 1]
    bound = best(200)
    with capsys.disabled():
        sys.stdout.write(
            f"\n200 contacts at once, 200 messages behind: {len(flood.group.calls[GROUP])} calls to one group\n"
            f"a contact's first words reach their topic: {told_in(took)}\n"
            f"the best that the budget allows:           {told_in(bound)}\n"
        )
    assert median(took) <= 1.15 * median(bound)
    assert quantiles(took, n=100)[98] <= 1.15 * quantiles(bound, n=100)[98]


async def test_three_tickets_at_once_on_a_quiet_group_go_out_at_once(ledger):
    flood = Flood(ledger)
    for who in range(3):
        await flood.write(who)
        await flood.write(who, "dan satu lagi")
    await flood.seconds(1)
    assert set(flood.group.reached().values()) == {MORNING}
    assert len(flood.group.calls[GROUP]) == 9  # each of them a topic, a card, and one message with all words
    flood.check()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        # What contacts write overtakes whatever was there before; what waits for one topic is one call.
        (["card"] * 9 + ["alert"] * 9 + ["message"] * 9, "message alert card"),
        (["alert"] * 9 + ["message"] * 9 + ["card"] * 9, "message alert card"),
        (["card", "alert", "message"] * 9, "message alert card"),
        (["card"] * 9 + ["alert"] * 9, "alert card"),
    ],
)
async def test_under_load_messages_go_before_alerts_and_alerts_before_cards(ledger, waits, expected):
    flood = Flood(ledger)
    for who in range(1, len(waits) + 1):
        await flood.write(who)
    await flood.until_told(at_most=900)
    await flood.seconds(120)
    flood.group.kinds.clear()
    await ledger.write(
        lambda tx: [queue(tx, act, ticket, flood.chat.now) for ticket, act in enumerate(waits, 1)]
    )
    await flood.seconds(150)
    assert [kind for kind, _ in groupby(flood.group.kinds)] == expected.split()
    assert len(flood.group.kinds) == len(waits)


def queue(tx, kind: str, ticket: int, at: datetime) -> None:
    """Let something wait for a ticket's topic; twice, for it is told once."""
    topic = topics.topic_of(tx, ticket)
    for which in ("first", "last"):
        if kind == "message":
            into_topic(tx, topic, desk=SLUG, act="notice", dedup=f"{which}:{ticket}", at=at, text=f"<{ticket}.9>",
                       priority=Priority.INCOMING)  # fmt: skip
        elif kind == "alert":
            into_topic(tx, topic, desk=SLUG, act="notice", dedup=f"{which}:{ticket}", at=at, text=which)
        elif which == "last":
            into_topic(tx, topic, desk=SLUG, act="card", dedup=f"{which}:{ticket}", at=at)


async def test_where_calls_are_short_the_first_words_stand_below_the_card_and_stay_there(ledger):
    flood = Flood(ledger)
    for who in range(7):
        await flood.write(who, "lupa kata sandi")
        await flood.write(who, "tolong ya")
    await flood.seconds(1)
    assert set(flood.group.reached().values()) == {MORNING}
    assert len(flood.group.calls[GROUP]) == 14
    flood.check()
    card, words = flood.chat.topic(1)[0].split("┈┈┈")
    assert "Saran kategori" in card
    await flood.chat.people.refresh()
    await flood.chat.agent_writes(BUDI, "/kategori password", ticket=1)
    await flood.seconds(90)
    card, still = flood.chat.topic(1)[0].split("┈┈┈")
    assert "Kategori: Lupa kata sandi" in card
    assert still == words


async def test_a_pause_is_obeyed_to_the_second_and_nothing_is_lost_by_it(ledger):
    flood = Flood(ledger, bears=7, pause=60)
    for who in range(9):
        await flood.write(who)
        await flood.write(who, "halo?")
    await flood.seconds(61)
    await flood.chat.jobs.measure()
    assert flood.chat.metrics.behind == {f"{SLUG}/telegram:{GROUP}": 61.0}
    shown = f'tanggap_group_oldest_seconds{{group="{SLUG}/telegram:{GROUP}"}} 61.0'
    assert shown in flood.chat.metrics.exposition().decode()  # at /metrics
    await flood.until_told(at_most=600)
    assert flood.group.asked > 0
    assert flood.group.hammered == 0
    assert flood.group.calls[GROUP][7] == MORNING + timedelta(seconds=60)
    flood.check()


async def test_ten_messages_that_wait_become_one_and_each_can_be_answered_there(ledger):
    flood = Flood(ledger)
    await flood.write(1)
    await flood.seconds(5)
    for _ in range(10):
        await flood.write(1, "ada kabar?")
    await flood.seconds(1)
    assert [len(MARK.findall(words_in(text))) for _, _, text in flood.group.shown][1:] == [1, 10]
    flood.check()
    (joined,) = [key for key, (_, shown) in flood.chat.group.messages.items() if "<1.11>" in shown.text]
    known = ledger.write_blocking(lambda tx: tx.all(REFERENCES, external_id=joined))
    assert len({row.message for row in known}) == 10
    await flood.chat.agent_writes(BUDI, "Sudah kami cek.", ticket=1, replies_to=joined)
    assert flood.chat.told("5001")[-1].text == "Sudah kami cek."


async def test_what_the_group_took_before_its_sender_died_is_not_told_again(ledger):
    flood = Flood(ledger)
    for who in range(7):
        await flood.write(who)
        await flood.write(who, "halo?")
    while await flood.chat.follow():
        pass
    claim = {
        "limits": lambda _budget: LIMITS,
        "portion": portion,
        "now": flood.chat.now,
        "lease": timedelta(minutes=2),
    }
    for load in await ledger.write(lambda tx: budgets.claim(tx, **claim)):
        await flood.chat.carriers.carry_load(load)  # and nobody writes down that it was
    await flood.chat.worker.take_over(everything=True)
    await flood.seconds(120)
    flood.check()


async def test_two_processes_keep_to_one_budget(two_ledgers):
    flood = Flood(two_ledgers[0])
    for who in range(12):
        await flood.write(who)
    while await flood.chat.follow():
        pass
    workers = [flood.chat.group_worker(ledger, LIMITS) for ledger in two_ledgers]
    for _ in range(90):
        await asyncio.gather(*(worker.drain() for worker in workers))
        flood.chat.now += SECOND
    assert flood.group.asked == 0
    assert flood.group.calls[GROUP][15] > MORNING  # what both took of the burst was one burst
    flood.check()


async def test_what_is_refused_in_company_goes_alone_and_takes_nobody_along(ledger):
    flood = Flood(ledger)
    await flood.write(1)
    await flood.seconds(5)
    flood.group.refuses = "racun"
    for text in ("satu", "racun", "dua"):
        await flood.write(1, text)
    await flood.seconds(10)
    assert flood.group.read()["1"] == [(1, 1), (1, 2), (1, 4)]


async def test_what_waits_for_a_bot_whose_token_is_refused_is_told_once_it_is_mended(ledger):
    flood = Flood(ledger)
    flood.group.refuses, flood.group.broken = "<", True
    await flood.write(1, "halo")
    await flood.seconds(400)
    assert flood.group.read() == {}
    flood.group.refuses = "\0"
    await flood.write(1, "halo?")
    await flood.until_told(at_most=310)
    flood.check()


async def test_a_text_of_many_messages_goes_on_after_a_pause_where_it_stood(ledger):
    flood = Flood(ledger, bears=4, pause=20)
    words = " ".join(f"kata{number}" for number in range(1_800))  # as much as a topic shows
    await flood.write(1)
    await flood.seconds(2)
    await flood.write(1, words)
    await flood.write(1, "itu semua")
    await flood.until_told(at_most=300)
    assert flood.group.asked
    shown = " ".join(text for _, _, text in flood.group.shown)
    assert re.findall(r"kata\d+", shown) == words.split()
    flood.check()


async def test_topics_are_spread_over_the_groups_and_agents_are_heard_in_each(ledger):
    flood = Flood(ledger, groups=f"{GROUP}, {OTHER_GROUP}")
    for who in range(1, 21):
        await flood.write(who)
    await flood.until_told(at_most=600)
    assert [list(flood.group.groups.values()).count(group) for group in (GROUP, OTHER_GROUP)] == [10, 10]
    flood.check()
    await flood.chat.people.refresh()
    for group in (GROUP, OTHER_GROUP):
        thread = next(thread for thread, of in flood.group.groups.items() if of == group)
        place = Place(account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address=group, thread=thread)
        words = f"Sudah kami cek, dari {thread}."
        await flood.chat.receives(Channel.TELEGRAM, words, place, Person(address=BUDI, name="Budi"))
        await flood.seconds(1)
        assert flood.group.private[-1].text == words
