"""The providers' lists of templates, kept fresh: once a day, when the service begins, and whenever one was refused."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog

from bot.accounts.adapters import Adapters
from channels.contract import ChannelError, TemplateSource
from tickets import approved
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx

log = structlog.get_logger()


class TemplateLists:
    def __init__(self, ledger: Ledger, adapters: Adapters, *, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._sources = {
            account: adapter for account, adapter in adapters.items() if isinstance(adapter, TemplateSource)
        }
        self._clock = clock
        self._since = clock()

    async def turn(self) -> int:
        """Fetch what is due; how many lists."""
        not_due = await self._ledger.read(partial(approved.not_due, since=self._since, at=self._clock()))
        due = [(account, source) for account, source in self._sources.items() if account not in not_due]
        return sum([await self._refresh(account, source) for account, source in due])

    async def _refresh(self, account: str, source: TemplateSource) -> bool:
        at = self._clock()

        def begin(tx: Tx) -> bool:
            return approved.begin(tx, account, since=self._since, at=at)

        if not await self._ledger.write(begin, name="templates"):
            return False
        try:
            listed = await source.templates()
        except ChannelError as error:
            said = str(error)
            log.warning("templates.not_fetched", account=account, error=type(error).__name__)
            await self._ledger.write(lambda tx: approved.could_not(tx, account, said), name="templates")
            return False
        fetched_at = self._clock()
        await self._ledger.write(
            lambda tx: approved.replace(tx, account, listed, at=fetched_at), name="templates"
        )
        log.info("templates.fetched", account=account, count=len(listed))
        return True
