"""When providers' lists are looked into: every night, soon after a start, and a little after something was turned away."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.delivery.standstills import tell_of
from bot.desks import Desks
from bot.reconciling.looking import look
from bot.service.metrics import Metrics
from bot.voice import staff_voice
from channels.contract import ListsIncoming, Taking
from reports.filed.keeping import is_night
from templates_replies import supervision_phrases
from tickets import reconciled, turned_away
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.reconciled import Outcome

log = structlog.get_logger()

BACK = timedelta(days=3)  # so far each look goes back: one that was missed is made up for by the next
SETTLES = timedelta(minutes=15)  # what is younger may still be on its way
EVERY = timedelta(hours=20)  # at night …
AT_LEAST = timedelta(hours=36)  # … or at any hour


class Reconciling:
    def __init__(
        self,
        ledger: Ledger,
        desks: Desks,
        lists: Mapping[str, ListsIncoming],
        door: Taking,
        *,
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._ledger, self._desks, self._lists, self._door = ledger, desks, lists, door
        self._metrics, self._clock = metrics, clock

    async def turn(self) -> int:
        """Look where it is time; how many accounts."""
        looked, shut_at = 0, await self._ledger.read(turned_away.last)
        for account, provider in self._lists.items():
            now = self._clock()
            desk = self._desks.of_account(account)
            if desk is not None:
                night = is_night(now.astimezone(desk.now.desk.calendar.tz))
                unless_since = now - (EVERY if night else AT_LEAST)
                if shut_at is not None and shut_at + SETTLES <= now:  # it has had its time to be brought
                    unless_since = max(unless_since, shut_at + SETTLES)
                looked += await self.look(account, provider, back=BACK, unless_since=unless_since)
        return looked

    async def look(
        self, account: str, provider: ListsIncoming, *, back: timedelta, unless_since: datetime | None = None
    ) -> bool:
        """Look into one account's list; False if it is not time, or somebody does so already."""
        at = self._clock()
        until = at - SETTLES
        desk = self._desks.of_account(account)
        since = await since_of(self._ledger, account, until - back)
        if desk is None or since >= until:
            return False
        key = await self._ledger.write(
            lambda tx: reconciled.begin(
                tx, account, desk=desk.slug, since=since, until=until, at=at, unless_since=unless_since
            ),
            name="reconcile",
        )
        if key is None:
            return False
        outcome = await look(self._ledger, account, provider, self._door, since=since, until=until)
        await self._ledger.write(lambda tx: self._end(tx, key, account, outcome), name="reconcile")
        self._measure(account, outcome, until)
        return True

    def _end(self, tx: Tx, key: int, account: str, outcome: Outcome) -> None:
        at, desk = self._clock(), self._desks.of_account(account)
        if desk is None:
            return
        reconciled.end(tx, key, outcome, account=account, desk=desk.slug, at=at)
        language = staff_voice(desk).language
        if outcome.brought:
            said = supervision_phrases.found_late(language, account=account, brought=outcome.brought)
            tell_of(tx, desk, account, said, dedup=f"found_late:{key}", at=at)
        if outcome.lost:
            said = supervision_phrases.lost_on_the_way(language, account=account, lost=outcome.lost)
            tell_of(tx, desk, account, said, dedup=f"lost:{key}", at=at)

    def _measure(self, account: str, outcome: Outcome, until: datetime) -> None:
        log.info(
            "reconcile.looked", account=account, listed=outcome.listed, missing=outcome.missing, lost=outcome.lost,
            error=outcome.error is not None,
        )  # fmt: skip
        if outcome.error is not None:
            self._metrics.not_reconciled(account)
        else:
            self._metrics.reconciled(
                account, listed=outcome.listed, missing=outcome.missing, lost=outcome.lost, until=until
            )


async def since_of(ledger: Ledger, account: str, wanted: datetime) -> datetime:
    """Go back no further than the account has been served here: what was written to its number before is others'."""
    began = await ledger.read(lambda session: reconciled.served_since(session, account))
    return (
        wanted
        if began is not None and began <= wanted
        else began or datetime.max.replace(tzinfo=wanted.tzinfo)
    )
