"""The worker of the groups: sends what waits for a place that counts calls, no faster than it bears.

It stands apart from the delivery worker, so that a flood of topics holds up no answer to a contact. Any number of
processes may run one: what a place has borne is read and written in the transaction that claims.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.carrying.carriers import Carriers
from bot.carrying.portions import portion
from bot.delivery.side_by_side import SideBySide, Work, written_down
from bot.delivery.standstills import PAUSE as STANDSTILL
from bot.delivery.standstills import Standstills
from bot.delivery.untold import settle_refused
from bot.desks import Desks
from bot.groups.group_places import GroupPlaces
from bot.service.metrics import Metrics
from bot.telling import account_of, group_budget
from channels.contract import Deferred, PlaceBarred, PlaceMoved, RefusedByProvider, Throttled
from tickets import budgets
from tickets.allowance import PlaceLimits
from tickets.budgets import Carried, LimitsOf, Load
from tickets.ledger.news import News
from tickets.ledger.store import Ledger
from tickets.message import Sent

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
AT_ONCE = 64  # over all groups; what a group bears at once is its budget's
SENDING = timedelta(minutes=1)  # longest
SHUT = timedelta(minutes=5)  # between two tries at a group that does not let the bot work
PAUSE = timedelta(seconds=30)  # where a group asks for one and does not say how long


def limits_of(desks: Desks) -> LimitsOf:
    """Return what each group bears: what Telegram lets in, unless its bot's account says otherwise."""

    def of(budget: str) -> PlaceLimits:
        key = account_of(budget)
        desk = desks.of_account(key)
        accounts = desk.now.desk.accounts if desk is not None else ()
        account = next((each for each in accounts if each.key == key), None)
        said = account.settings.get("group_calls_per_minute") if account is not None else None
        return PlaceLimits.of(int(said)) if said else PlaceLimits()

    return of


class GroupWorker:
    def __init__(
        self,
        ledger: Ledger,
        carriers: Carriers,
        *,
        desks: Desks,
        standstills: Standstills,
        places: GroupPlaces,
        metrics: Metrics,
        clock: Callable[[], datetime],
        limits: LimitsOf | None = None,
    ) -> None:
        self._ledger = ledger
        self._desks = desks
        self._standstills = standstills
        self._carriers = carriers
        self._places = places
        self._metrics = metrics
        self._clock = clock
        self._limits = limits or limits_of(desks)
        self._one_by_one: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._paused: dict[str, datetime] = {}  # until when, as far as this process has heard
        self._working = SideBySide(
            "groups", self._take, ledger=ledger, about=News.LOADS, beat=metrics.beat, most=AT_ONCE
        )
        self.run = self._working.run
        self.drain = self._working.drain
        self._settle = partial(written_down, ledger, clock)

    async def _take(self, _room: int) -> Sequence[Work]:
        now, resting = self._clock(), self._standstills.resting()
        loads = await self._ledger.write(
            lambda tx: budgets.claim(
                tx, limits=self._limits, portion=portion, now=now, lease=LEASE,
                resting=lambda budget: account_of(budget) in resting,
            ),
            name="claim_group",
        )  # fmt: skip
        return [self._in_turn(load, until=now + LEASE - SENDING) for load in loads]

    async def _in_turn(self, load: Load, *, until: datetime) -> None:
        """Send one thing after the other to a place, so that nothing else is on its way when it asks for a pause.

        Files go beside: a large one must not hold up what people write.
        """
        if load.parcels[0].act == "file":
            await self._deliver(load)
            return
        async with self._one_by_one[load.budget]:
            now = self._clock()
            wait = max(timedelta(), self._paused.get(load.budget, now) - now)
            too_late = now > until  # its lease would be over before it is sent
            if wait or too_late or self._working.is_ending:
                await self._wait_on(load, wait)
                return
            await self._deliver(load)

    async def _deliver(self, load: Load) -> None:
        limits = self._limits(load.budget)
        outcome, account = "sent", load.parcels[0].account
        try:
            self._standstills.hold(account)
            async with asyncio.timeout(SENDING.total_seconds()):
                carried = await self._carriers.carry_load(load)
        except Throttled as error:
            outcome, reason, wait = "deferred", error.reason, error.wait or PAUSE
            self._paused[load.budget] = self._clock() + wait
            log.warning("group.paused", budget=load.budget, seconds=wait.total_seconds())
            await self._settle(
                lambda tx, at: budgets.settle_paused(tx, load, reason=reason, wait=wait, limits=limits, at=at)
            )
        except PlaceMoved as error:
            outcome = "deferred"
            await self._moved(load, error)
        except PlaceBarred as error:
            outcome = "deferred"
            await self._shut(load, error)
        except Deferred as error:
            outcome = "deferred"
            await self._later(load, reason=error.reason, wait=error.wait)
        except RefusedByProvider as error:
            outcome = "refused"
            await self._refused(load, error)
        except (Exception, asyncio.CancelledError) as error:
            outcome = "unknown"
            log.warning("delivery.unknown", budget=load.budget, error=type(error).__name__)
            await self._unknown(load, reason=type(error).__name__)
            if isinstance(error, asyncio.CancelledError):
                raise
        else:
            await self._settle(lambda tx, at: budgets.settle(tx, load, carried, limits=limits, at=at))
            if carried.calls:  # what needed none says nothing of whether the bot can work there
                await self._standstills.end(account)
                await self._worked(load)
        self._metrics.settled(account, outcome)

    async def _wait_on(self, load: Load, wait: timedelta) -> None:
        limits = self._limits(load.budget)
        not_yet = Carried(told=0, sent=Sent(external_ids=()), calls=0, wait=wait)
        await self._settle(lambda tx, at: budgets.settle(tx, load, not_yet, limits=limits, at=at))

    async def _moved(self, load: Load, error: PlaceMoved) -> None:
        await self._wait_on(load, timedelta())
        account = load.parcels[0].account
        await self._settle(
            lambda tx, at: self._places.move(tx, account, before=error.before, after=error.after, at=at)
        )
        await self._places.refresh()

    async def _shut(self, load: Load, error: PlaceBarred) -> None:
        """Let it wait for as long as the bot cannot work there, and say so."""
        await self._wait_on(load, SHUT)
        account, group = _group_of(load)
        await self._settle(lambda tx, at: self._places.bar(tx, account, group, why=error.reason, at=at))
        await self._places.refresh()

    async def _worked(self, load: Load) -> None:
        account, group = _group_of(load)
        if self._places.barred(account, group):
            await self._settle(lambda tx, at: self._places.free(tx, account, group, at=at))
            await self._places.refresh()

    async def _refused(self, load: Load, error: RefusedByProvider) -> None:
        log.warning("delivery.refused", budget=load.budget, code=error.code)
        head = load.parcels[0]
        if await self._standstills.begun_by(head.account, error):
            await self._later(load, reason=error.reason, wait=STANDSTILL)
            return
        if len(load.parcels) > 1:
            await self._settle(
                lambda tx, at: budgets.settle_apart(tx, load.parcels, reason=error.reason, at=at)
            )
            return
        page = self._carriers.page(head.ticket or 0)
        await self._settle(
            lambda tx, at: settle_refused(tx, self._desks, head, reason=error.reason, page=page, at=at)
        )

    async def _unknown(self, load: Load, *, reason: str) -> None:
        """Repeat it: what colleagues read twice is a lesser evil than what they never read, and it says so itself."""
        await self._later(load, reason=reason, wait=None, perhaps_told=True)

    async def _later(
        self, load: Load, *, reason: str, wait: timedelta | None, perhaps_told: bool = False
    ) -> None:
        await self._settle(
            lambda tx, at: budgets.settle_later(
                tx, load.parcels, reason=reason, wait=wait, at=at, perhaps_told=perhaps_told
            )
        )


def _group_of(load: Load) -> tuple[str, str]:
    """Return the account and the group of a load, out of the name of its budget."""
    account = load.parcels[0].account
    return account, load.budget.removeprefix(group_budget(account, ""))
