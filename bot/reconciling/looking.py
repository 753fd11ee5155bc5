"""One look into a provider's list: what of it is not in the ledger is handed in at the usual door."""

from collections import Counter
from datetime import datetime

import structlog

from channels.contract import ChannelError, Listed, ListsIncoming, Taking
from tickets import reconciled
from tickets.ledger.store import Ledger
from tickets.message import Edited, Heard, Said
from tickets.reconciled import Outcome

log = structlog.get_logger()


async def look(
    ledger: Ledger,
    account: str,
    provider: ListsIncoming,
    door: Taking | None,
    *,
    since: datetime,
    until: datetime,
) -> Outcome:
    """Look at what came in between two instants; without a door nothing is handed in, and only counted.

    What an account cannot tell or the ledger cannot take now is said in the outcome's error: it is left to the next look.
    """
    watched = _Watched(ledger, door)
    listed: list[Listed] = []
    try:
        listed += await provider.came_in(since=since, until=until)
        wanted = await _unknown(ledger, account, listed)
        brought = await provider.bring(wanted, watched)
        left = await _unknown(ledger, account, [each for each in wanted if each not in brought])
    except ChannelError as error:
        log.warning("reconcile.failed", account=account, error=type(error).__name__)
        return Outcome(listed=len(listed), missing=watched.missing, error=str(error))
    lost = tuple(each.handle for each in left)
    return Outcome(
        listed=len(listed), missing=watched.missing + len(lost), lost=len(lost), left=lost,
        had=tuple(each.handle for each in wanted if each not in left),
    )  # fmt: skip


async def _unknown(ledger: Ledger, account: str, listed: list[Listed]) -> list[Listed]:
    """Return what the ledger does not surely have: distinct mails may bear one id, some bear none."""
    times = Counter(each.external_id for each in listed if each.external_id is not None)
    known = await ledger.read(lambda session: reconciled.known(session, account, times.keys()))
    sure = {each for each in known if times[each] == 1}
    return [each for each in listed if each.external_id not in sure]


class _Watched:
    """Counts what the ledger does not have, on its way to the door."""

    def __init__(self, ledger: Ledger, door: Taking | None) -> None:
        self._ledger, self._door = ledger, door
        self.missing = 0

    async def deliver(self, heard: Heard) -> None:
        account = heard.place.account if isinstance(heard, Said | Edited) else heard.account
        await self._count(account, heard.event_id)
        if self._door is not None:
            await self._door.deliver(heard)

    async def keep(self, *, account: str, event_id: str, raw: bytes, error: str) -> None:
        await self._count(account, event_id)
        if self._door is not None:
            await self._door.keep(account=account, event_id=event_id, raw=raw, error=error)

    async def _count(self, account: str, event_id: str) -> None:
        self.missing += not await self._ledger.read(
            lambda session: reconciled.has(session, account, event_id)
        )
