"""Looking into every account's list now, because somebody asks for it; and why some have none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desks import Desks
from bot.house import House
from bot.reconciling.daily import SETTLES, Reconciling, since_of
from bot.reconciling.looking import look
from bot.wiring.building import build
from channels.contract import ListsIncoming
from tickets import reconciled
from tickets.connections import Account
from tickets.reconciled import Outcome


@dataclass(frozen=True, kw_only=True)
class Look:
    """What came of one account."""

    account: str
    desk: str
    outcome: Outcome | None = None  # None: it has no list, nothing came in yet, or somebody else looks
    why_not: str | None = None  # of an account that was not looked into: the key of its words


async def looks(
    house: House, *, account: str | None, back: timedelta, dry_run: bool, clock: Callable[[], datetime]
) -> list[Look]:
    """Look into all lists, or one account's."""
    service = build(house, clock=clock)
    try:
        await service.people.refresh()
        lists = service.channels.lists()
        reconciling = Reconciling(
            house.ledger, house.desks, lists, service.receiver, metrics=service.metrics, clock=clock
        )
        return [
            await _look(house, each, lists.get(each.key), reconciling, back=back, dry_run=dry_run, at=clock())
            for each in _accounts(house.desks)
            if account in {None, each.key}
        ]
    finally:
        await service.close()


async def _look(
    house: House, account: Account, provider: ListsIncoming | None, reconciling: Reconciling, *, back: timedelta,
    dry_run: bool, at: datetime,
) -> Look:  # fmt: skip
    if provider is None:
        return Look(account=account.key, desk=account.desk, why_not=reconciled.why_no_list(account) or "off")
    until = at - SETTLES
    since = await since_of(house.ledger, account.key, until - back)
    if since >= until:
        return Look(account=account.key, desk=account.desk, why_not="nothing_yet")
    if not dry_run:
        if not await reconciling.look(account.key, provider, back=back):
            return Look(account=account.key, desk=account.desk, why_not="under_way")
        last = await house.ledger.read(lambda session: reconciled.last_looks(session, [account.key]))
        return Look(account=account.key, desk=account.desk, outcome=last[account.key].outcome)
    outcome = await look(house.ledger, account.key, provider, None, since=since, until=until)
    return Look(account=account.key, desk=account.desk, outcome=outcome)


def _accounts(desks: Desks) -> list[Account]:
    return [each for desk in desks for each in desk.now.desk.accounts]
