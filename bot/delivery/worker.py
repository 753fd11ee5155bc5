"""The delivery worker: claims what waits in the outbox, has it carried out, and settles what became of it.

Heads of different lines go out side by side, each line in its order. Two errors of the channel contract mean *surely
not sent*; whatever else happens on the way is an unknown outcome. Towards a contact that is said as it is, after asking
the provider where it has a list; cards and topics may be repeated; what is told to a person goes another way.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.accounts.adapters import Adapters
from bot.carrying.carriers import Carriers
from bot.carrying.other_ways import another_way
from bot.carrying.undoing import REPEATED
from bot.delivery.side_by_side import SideBySide, Work, written_down
from bot.delivery.standstills import PAUSE, Standstills
from bot.desks import Desks
from bot.service.metrics import Metrics
from channels.contract import ChannelError, Deferred, Reconciling, RefusedByProvider
from tickets import budgets, outbox, parked, references
from tickets.ledger.news import News
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Refusal, Sent
from tickets.parcels import Audience, Parcel

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
AT_ONCE = 32
SEND_SECONDS = 60.0


class DeliveryWorker:
    def __init__(
        self,
        ledger: Ledger,
        adapters: Adapters,
        carriers: Carriers,
        *,
        desks: Desks,
        standstills: Standstills,
        metrics: Metrics,
        clock: Callable[[], datetime],
        hooks: bool = False,
    ) -> None:
        """With `hooks` it serves programs instead of people, so that a slow one holds no answer up."""
        self._desks = desks
        self._standstills = standstills
        self._hooks = hooks
        self._ledger = ledger
        self._adapters = adapters
        self._carriers = carriers
        self._metrics = metrics
        self._clock = clock
        self._working = SideBySide(
            "hooks" if hooks else "delivery",
            self._take,
            ledger=ledger,
            about=News.CALLS if hooks else News.PARCELS,
            beat=metrics.beat,
            most=AT_ONCE,
        )
        self.run = self._working.run
        self.drain = self._working.drain
        self._settle = partial(written_down, ledger, clock)

    async def _take(self, room: int) -> Sequence[Work]:
        now, resting = self._clock(), self._standstills.resting()
        parcels = await self._ledger.write(
            lambda tx: outbox.claim(tx, now=now, most=room, lease=LEASE, hooks=self._hooks, resting=resting),
            name="claim",
        )
        return [self._deliver(parcel) for parcel in parcels]

    # -- one parcel -------------------------------------------------------------------------------------------------

    async def _deliver(self, parcel: Parcel) -> None:
        outcome = "sent"
        try:
            if "ways" not in parcel.payload:  # another way is better than to wait
                self._standstills.hold(parcel.account)
            async with asyncio.timeout(SEND_SECONDS):
                sent = await self._carriers.carry(parcel)
        except Deferred as error:
            outcome, reason, wait = "deferred", error.reason, error.wait
            log.info("delivery.deferred", **_named(parcel))
            await self._settle(lambda tx, at: self._defer(tx, parcel, reason=reason, wait=wait, at=at))
        except RefusedByProvider as error:
            outcome = "refused"
            await self._refused(parcel, error)
        except asyncio.CancelledError:
            log.warning("delivery.broken_off", **_named(parcel))
            raise  # it is taken over by the next start, or by another process: a provider is not asked any more now
        except Exception as error:  # noqa: BLE001  whatever it is, nobody knows what became of it
            outcome = "unknown"
            log.warning("delivery.unknown", **_named(parcel), error=type(error).__name__)
            await self._unknown(parcel, reason=type(error).__name__)
        else:
            await self._settle(lambda tx, at: outbox.settle_sent(tx, parcel, sent, at=at))
            log.info("delivery.sent", **_named(parcel), external_ids=sent.external_ids)
            await self._standstills.end(parcel.account)
        self._metrics.settled(parcel.account, outcome)

    def _defer(self, tx: Tx, parcel: Parcel, *, reason: str, wait: timedelta | None, at: datetime) -> None:
        """Try it again later, or what waited for too long by another way."""
        given_up = outbox.settle_deferred(tx, parcel, reason=reason, wait=wait, at=at)
        if given_up and "ways" in parcel.payload:
            another_way(tx, parcel, self._desks, reason=reason, at=at)

    async def _refused(self, parcel: Parcel, error: RefusedByProvider) -> None:
        log.warning("delivery.refused", **_named(parcel), code=error.code)
        stands_still = await self._standstills.begun_by(parcel.account, error)
        if stands_still and "ways" not in parcel.payload:
            await self._settle(lambda tx, at: self._defer(tx, parcel, reason=error.reason, wait=PAUSE, at=at))
            return
        waits = parked.can_wait(parcel.payload, audience=parcel.audience, act=parcel.act)
        if error.why is Refusal.WINDOW and waits:
            await self._settle(lambda tx, at: parked.park(tx, parcel, at=at))
            return
        if "ways" in parcel.payload:
            await self._settle(
                lambda tx, at: another_way(tx, parcel, self._desks, reason=error.reason, at=at)
            )
        await self._settle(
            lambda tx, at: outbox.settle_failed(tx, parcel, reason=error.reason, at=at, why=error.why)
        )

    async def _unknown(self, parcel: Parcel, *, reason: str) -> None:
        if "ways" in parcel.payload:
            await self._settle(lambda tx, at: another_way(tx, parcel, self._desks, reason=reason, at=at))
            await self._settle(lambda tx, at: outbox.settle_unknown(tx, parcel, reason=reason, at=at))
        elif parcel.budget is not None:  # its sender died: the group may show it or not
            await self._settle(
                lambda tx, at: budgets.settle_later(
                    tx, [parcel], reason=reason, wait=None, at=at, perhaps_told=True
                )
            )
        elif parcel.act in REPEATED or (parcel.audience is not Audience.CONTACT and parcel.act != "say"):
            await self._settle(lambda tx, at: self._defer(tx, parcel, reason=reason, wait=None, at=at))
        else:
            await self._reconcile(parcel, reason=reason)

    # -- what somebody did not finish ---------------------------------------------------------------------------------

    async def take_over(self, *, everything: bool = False) -> int:
        """Begin to settle what was claimed and never settled, for its sender died; `everything`: running leases too.

        Side by side and beside the usual work: a provider may have to be asked twice, seconds apart.
        """
        now, many, after = self._clock(), 0, 0
        while parcels := await self._ledger.write(
            partial(outbox.expired, now=now, lease=LEASE, everything=everything, after=after), name="expired"
        ):
            for parcel in parcels:
                self._working.begin(self._unknown(parcel, reason="interrupted"))
            many, after = many + len(parcels), parcels[-1].id
        return many

    async def _reconcile(self, parcel: Parcel, *, reason: str) -> None:
        """Ask the provider what became of it, if it can be asked; else say that nobody knows."""
        adapter: object = self._adapters.get(parcel.account)
        if not isinstance(adapter, Reconciling):
            await self._settle(lambda tx, at: outbox.settle_unknown(tx, parcel, reason=reason, at=at))
            return
        try:
            outgoing = await self._carriers.outgoing(parcel)
            known = await self._ledger.write(lambda tx: references.known_beside(tx, parcel), name="reconcile")
            found = await adapter.find(outgoing, tried_at=parcel.tried_at or parcel.created_at, known=known)
        except (ChannelError, OSError, TimeoutError) as error:
            log.warning("delivery.reconcile_failed", **_named(parcel), error=type(error).__name__)
            await self._settle(lambda tx, at: outbox.settle_unknown(tx, parcel, reason=reason, at=at))
            return
        if found is None:  # the provider surely does not have it
            await self._settle(lambda tx, at: outbox.put_back(tx, parcel, at=at))
        else:
            sent = Sent(external_ids=(found.external_id,), state=found.state, detail=found.error)
            await self._settle(lambda tx, at: outbox.settle_sent(tx, parcel, sent, at=at))


def _named(parcel: Parcel) -> dict[str, Any]:
    """Return by what a parcel is found in the log: its own id, and those of its message and ticket."""
    return {
        "delivery": parcel.id, "account": parcel.account, "act": parcel.act, "attempts": parcel.attempts,
        "message": parcel.message, "ticket": parcel.ticket,
    }  # fmt: skip
