"""One round: everybody writes, the service is killed again and again, and in the end everything is held together."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.acceptance.crash.answering import Agents, Receipts
from tests.acceptance.crash.besieged import RANDOM, Besieged, Ground, besieged
from tests.acceptance.crash.dying import GROUP_POINTS, OPENING, POINTS, Death
from tests.acceptance.crash.found import Ledgers, taken_by_providers
from tests.acceptance.crash.kept import Kept
from tests.acceptance.crash.troubles import AHEAD_OF_TIME, EVERYWHERE, OF_POSTGRES
from tests.acceptance.crash.verdicts import complaints
from tests.acceptance.crash.writing import Crowd
from tests.acceptance.service import Service

GROUPS_EVERY = 10  # in every so many-eth round the agents work in a Telegram group, which takes its time
STOPS_EVERY = 3  # after every so many-eth kill a process is told to end, while everybody writes
STOPS_WITHIN = (
    150.0  # seconds: it waits for what it is sending, and a provider may have fallen silent over it
)
FARTHEST = 12  # passages of a point before the one at which a process dies
PATIENCE = 5.0  # seconds for a process to come to its point; then it is killed where it is
SETTLES_WITHIN = 900.0  # seconds, as above
_STANDS_STILL = 1.5  # seconds without progress, after which time is let pass
_LATER = 130.0  # seconds by which it is: longer than a lease, and than most waits


@dataclass(frozen=True, kw_only=True)
class Blow:
    """One kill: after how many messages, in which trouble, and where; `death` None: at a random instant."""

    after: int
    trouble: str
    death: Death | None


@dataclass(kw_only=True)
class Record:
    """What a round has come to."""

    database: str
    seed: int
    messages: Mapping[str, int] = field(default_factory=dict)  # acknowledged, by way
    given_up: int = 0  # which their provider brought no more, unacknowledged
    fetched: int = 0  # by reconciliation
    tries: int = 0
    replies: int = 0
    unknown: int = 0  # of them: nobody can say whether they arrived
    answers: int = 0
    receipts: int = 0
    alerts: int = 0
    tickets: int = 0
    kills: Mapping[str, int] = field(default_factory=dict)  # by the point at which it died
    stops: int = 0  # ends in order, while everybody wrote
    troubles: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    laps: Mapping[str, float] = field(default_factory=dict)  # seconds of it, by what was waited for
    complaints: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def blows(
    *, messages: int, kills: int, seed: int, with_group: bool, is_postgres: bool, can_run_full: bool
) -> list[Blow]:
    """Plan a round: points and troubles go round from seed to seed, so that all of them meet in the long run."""
    chance = random.Random(seed)
    points = [*(GROUP_POINTS if with_group else ()), *POINTS]
    troubles = [*EVERYWHERE, *(OF_POSTGRES if is_postgres else ())]
    if not can_run_full:
        troubles.remove("the disk is full")
    planned = []
    for number in range(kills):
        turn = number if with_group else seed * kills + number
        death = None
        if turn % 3:  # every third falls at random
            point = points[(turn - turn // 3 - 1) % len(points)]
            death = Death(point=point, passage=chance.randint(1, FARTHEST))
        trouble = "nothing else" if chance.random() < 0.3 else troubles[turn % len(troubles)]
        after = int(messages * (number + chance.random()) / (kills + 1))
        planned.append(Blow(after=after, trouble=trouble, death=death))
    return planned


class Laps:
    """A stopwatch: how many seconds each part of a round took."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self._since = time.monotonic()

    def ends(self, part: str) -> None:
        now = time.monotonic()
        self.took[part], self._since = round(now - self._since, 1), now


async def play(ground: Ground, *, messages: int, kills: int, seed: int) -> Record:
    """Play one round on a state of its own; what it has come to."""
    laps = Laps()
    with_group = seed % GROUPS_EVERY == 0
    planned = blows(
        messages=messages, kills=kills, seed=seed, with_group=with_group, is_postgres=ground.cluster is not None,
        can_run_full=ground.can_run_full,
    )  # fmt: skip
    kept = Kept()
    async with besieged(ground, seed=seed, with_group=with_group) as house:
        ledgers = Ledgers(house.database_url)
        try:
            await asyncio.gather(
                *(
                    house.bring_up(service, death=_next_death(planned, number))
                    for number, service in enumerate(house.services)
                )
            )
            laps.ends("start")
            crowd = Crowd(house, kept, messages=messages)
            async with _meanwhile(house, kept, ledgers):
                async with asyncio.TaskGroup() as group:
                    group.create_task(crowd.write())
                    group.create_task(_strike(house, kept, ledgers, planned))
                laps.ends("siege")
                looked = await house.looked_afterwards()
                laps.ends("reconcile")
            laps.ends("settle")
            codes = await asyncio.gather(*(each.stop(within=STOPS_WITHIN) for each in house.services))
            found = await asyncio.to_thread(ledgers.read, house.files)
            laps.ends("stop")
            again = await house.told_again()
            laps.ends("replay")
        finally:
            ledgers.close()
        said = complaints(kept, found, taken_by_providers(house))
        if any(codes := [*house.ends, *codes]):
            said["did not stop well"] = [f"exit codes {codes}"]
        if house.left_behind:
            said["left behind"] = house.left_behind
        if looked.code:
            said["reconciled"] = [*looked.errors.splitlines(), *looked.output.splitlines()]
        if again.code:
            said["told again"] = [*again.errors.splitlines(), *again.output.splitlines()]
        replies = [each for each in found.messages if each.direction == "out"]
        return Record(
            database="sqlite" if ground.cluster is None else "postgres",
            seed=seed,
            messages={str(way): count for way, count in kept.acknowledged.items()},
            given_up=sum(each.given_up for each in kept.entries.values()),
            fetched=found.fetched,
            tries=sum(each.tries for each in kept.entries.values()),
            replies=len(replies),
            unknown=sum(each.delivery == "unknown" for each in replies),
            answers=len(kept.answers),
            receipts=len(kept.receipts),
            alerts=sum(each.act == "alert" for each in found.parcels),
            tickets=len(found.tickets),
            kills=dict(Counter(house.deaths)),
            stops=len(house.ends),
            troubles=dict(Counter(each.trouble for each in planned)),
            seconds=round(sum(laps.took.values()), 1),
            laps=laps.took,
            complaints=said,
        )


async def _strike(house: Besieged, kept: Kept, ledgers: Ledgers, planned: Sequence[Blow]) -> None:
    """Let blow after blow fall, each on the next process; each starts with the death before it that is its next."""
    many = len(house.services)
    for number, blow in enumerate(planned):
        victim = house.services[number % many]
        await kept.reaches(blow.after)
        if blow.trouble == AHEAD_OF_TIME:
            await kept.hears_on_every_way()  # an account is served from its first message on, by that clock
        async with {**EVERYWHERE, **OF_POSTGRES}[blow.trouble](house):
            await _dies(house, victim, blow.death)
        following = _next_death(planned, number + many)
        await house.bring_up(victim, death=following)
        if number % STOPS_EVERY == STOPS_EVERY - 1 and victim.is_running:
            await _ends(house, victim, ledgers)
            await house.bring_up(victim, death=following)


async def _ends(house: Besieged, service: Service, ledgers: Ledgers) -> None:
    """Let a process end in order: where it is the only one, nothing that it took up is left behind."""
    house.ends.append(await service.stop(within=STOPS_WITHIN))
    if len(house.services) == 1:
        left = await asyncio.to_thread(ledgers.taken_up)
        house.left_behind += [f"parcel {parcel} was taken up, and is not settled" for parcel in left]


async def _dies(house: Besieged, victim: Service, death: Death | None) -> None:
    """Let a process die at its point, or where it is if it does not come there."""
    if death is not None and death.point == OPENING:
        house.kills(victim)
        with house.telling_to_die(death):
            await house.bring_up(victim, death=death)
    elif death is not None:
        with house.telling_to_die(death):
            end = time.monotonic() + PATIENCE
            while victim.is_running and time.monotonic() < end:
                await asyncio.sleep(0.02)
    if victim.is_running:
        await asyncio.sleep(house.chance.uniform(0, 0.5))
        house.kills(victim)
    else:
        house.deaths.append(death.point if death is not None else RANDOM)


def _next_death(planned: Sequence[Blow], number: int) -> Death | None:
    return planned[number].death if number < len(planned) else None


@asynccontextmanager
async def _meanwhile(house: Besieged, kept: Kept, ledgers: Ledgers) -> AsyncIterator[None]:
    """Let agents answer and providers tell their receipts; at the end wait until nothing is left to be done."""
    agents, receipts = Agents(house, kept), Receipts(house, kept)
    async with asyncio.TaskGroup() as group:
        working = [group.create_task(each) for each in (agents.work(), receipts.tell())]
        yield
        await settled(house, ledgers, lambda: receipts.told_all)
        for task in working:
            task.cancel()


async def settled(house: Besieged, ledgers: Ledgers, told_all: Callable[[], bool] = lambda: True) -> None:
    """Wait until nothing waits any more; where it waits for its time, let time pass."""
    end = time.monotonic() + SETTLES_WITHIN
    before, since = None, time.monotonic()
    while time.monotonic() < end:
        waiting = await asyncio.to_thread(ledgers.waiting)
        if waiting is not None and not any(waiting.values()) and told_all():
            return
        if waiting != before:
            before, since = waiting, time.monotonic()
        elif time.monotonic() - since > _STANDS_STILL:
            house.jump(_LATER)
            since = time.monotonic()
        await asyncio.sleep(0.2)
