"""Accounts that their provider turns away for a mistake in their set-up: they stand still until a person mends it.

Nothing is lost by it. What was to leave is not even taken up, and waits as long as anything that cannot be sent; a try
every few minutes finds out whether the account works again, and then everything leaves. The supervisors are told on
their other ways, once a day. This is remembered by the process alone: after a start the first try finds out anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.accounts.adapters import Adapters
from bot.alerts import ways_to
from bot.delivery.side_by_side import written_down
from bot.desks import Desks, OpenDesk
from bot.telling import to_person
from bot.voice import staff_voice
from channels.contract import Deferred, RefusedByProvider
from templates_replies.supervision_phrases import account_broken, account_notice
from tickets import outbox
from tickets.actor import Role
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import AccountTold
from tickets.staff import active

log = structlog.get_logger()

PAUSE = timedelta(minutes=5)  # before the next try


@dataclass(frozen=True, kw_only=True)
class Standstill:
    reason: str  # the provider's sentence
    until: datetime  # the next try


class Standstills:
    def __init__(
        self, ledger: Ledger, desks: Desks, adapters: Adapters, *, clock: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._desks = desks
        self._adapters = adapters
        self._clock = clock
        self._now: dict[str, Standstill] = {}

    def resting(self) -> frozenset[str]:
        """Return the accounts with which nothing is tried now."""
        now = self._clock()
        return frozenset(account for account, standing in self._now.items() if now < standing.until)

    def hold(self, account: str) -> None:
        """Raise Deferred until the pause is over; whatever is due then is tried."""
        standing, now = self._now.get(account), self._clock()
        if standing is not None and now < standing.until:
            raise Deferred(standing.reason, wait=standing.until - now)

    async def begun_by(self, account: str, error: RefusedByProvider) -> bool:
        """Let an account stand still that was turned away for its set-up; False if the refusal is of another kind."""
        if not error.account_broken or self._adapters.get(account) is None:
            return False
        reason, known = error.reason, account in self.resting()
        if account not in self._now:
            log.error("account.stands_still", account=account, reason=reason)
        self._now[account] = Standstill(reason=reason, until=self._clock() + PAUSE)
        if not known:  # else somebody beside has said so just now
            await written_down(
                self._ledger, self._clock, lambda tx, at: self._say(tx, account, reason, at=at)
            )
        return True

    def _say(self, tx: Tx, account: str, reason: str, *, at: datetime) -> None:
        outbox.say_why(tx, account, reason=reason)
        tell_supervisors(tx, self._desks, account, reason, at=at)

    async def end(self, account: str) -> None:
        """Something went out again: what was turned away with it follows."""
        standing = self._now.pop(account, None)
        if standing is not None:
            log.info("account.works_again", account=account)
            reason = standing.reason
            await written_down(
                self._ledger, self._clock, lambda tx, at: outbox.hasten(tx, account, reason=reason, at=at)
            )

    def troubles(self) -> Mapping[str, str]:
        """Return what keeps accounts from sending, by account."""
        return {account: standing.reason for account, standing in self._now.items()}


def tell_supervisors(tx: Tx, desks: Desks, account: str, reason: str, *, at: datetime) -> None:
    """Say once a day that an account has to be mended, by any way but its own."""
    desk = desks.of_account(account)
    if desk is not None:
        said = account_broken(staff_voice(desk).language, account=account, reason=reason)
        day = desk.now.desk.calendar.day_of(at)
        tell_of(tx, desk, account, said, dedup=f"account_broken:{account}:{day}", at=at)


def tell_of_account(tx: Tx, desks: Desks, told: AccountTold, *, at: datetime) -> None:
    """Pass on what a provider tells of an account, by any way but its own."""
    desk = desks.of_account(told.account)
    if desk is not None:
        said = account_notice(staff_voice(desk).language, account=told.account, says=told.says)
        tell_of(tx, desk, told.account, said, dedup=f"account_told:{told.account}:{told.event_id}", at=at)


def tell_of(tx: Tx, desk: OpenDesk, account: str, said: str, *, dedup: str, at: datetime) -> None:
    for person in active(tx, desk.slug):
        if person.role is Role.SUPERVISOR:
            ways = [way for way in ways_to(person, desk) if way["account"] != account]
            to_person(tx, ways, said, desk=desk.slug, person=person.id, at=at, dedup=f"{dedup}:{person.id}")
