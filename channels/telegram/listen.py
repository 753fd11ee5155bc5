"""How a bot listens: it polls `getUpdates`, or has a webhook set and looks after it.

We own the loop, because the offset is the acknowledgement: it moves only after the update is stored. Telegram keeps
what is not acknowledged for 24 hours. The bookmark spares a restart the updates that were stored but not yet
acknowledged; an offset that Telegram does not know (another bot, ids that jumped after an idle week) is ignored there.
"""

import asyncio
import itertools
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from aiogram.methods import DeleteWebhook, GetMe, GetWebhookInfo, SetWebhook, TelegramMethod

from channels.contract import Deferred, Inlet, RefusedByProvider, StoreBusy
from channels.telegram.calls import TelegramCalls
from channels.telegram.errors import Conflict
from channels.telegram.hearing import Hearing
from channels.telegram.parse import ALLOWED_UPDATES
from channels.telegram.settings import TelegramSettings

log = structlog.get_logger()


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` with each update as it came, so that one we cannot read does not take the batch with it."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How long a listener waits, and for what."""

    first: timedelta = timedelta(seconds=1)  # after a first failure; doubled with each further one
    longest: timedelta = timedelta(seconds=60)
    conflict: timedelta = timedelta(seconds=15)  # another process polls: it may be about to stop
    refused: timedelta = timedelta(minutes=5)  # the token is wrong: a person has to act
    heartbeat: timedelta = timedelta(seconds=60)  # how often a webhook is looked after
    overdue: timedelta = timedelta(seconds=15)  # for a poll's answer, beyond what Telegram holds it open

    def after(self, failures: int, *, chance: float) -> timedelta:
        """Return the wait after so many failures in a row; `chance` in 0..1 spreads processes that fail together."""
        grown = min(self.first * float(2 ** min(failures - 1, 20)), self.longest)
        return grown * (0.5 + chance / 2)


class Listening:
    """Listens for one bot until cancelled."""

    def __init__(
        self, settings: TelegramSettings, calls: TelegramCalls, hearing: Hearing, pace: Pace
    ) -> None:
        self._settings = settings
        self._calls = calls
        self._hearing = hearing
        self._pace = pace
        self._bookmark = f"telegram:{settings.account}"
        self._log = log.bind(account=settings.account)

    async def listen(self, inlet: Inlet) -> None:
        if self._settings.webhook_url is None:
            await self._poll(inlet)
        else:
            await self._look_after_webhook(inlet)

    async def register_webhook(self) -> None:
        """Have Telegram bring updates to our route. Raises the contract's errors; ValueError without a public URL."""
        if self._settings.webhook_url is None:
            raise ValueError("A webhook needs a public https URL and a secret.")
        await self._calls.call(
            SetWebhook(
                url=self._settings.webhook_url,
                secret_token=self._settings.webhook_secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=self._settings.webhook_connections,
            )
        )
        self._log.info("telegram.webhook_set", url=self._settings.webhook_url)

    async def _poll(self, inlet: Inlet) -> None:
        offset: int | None = None
        ready = False
        failures = 0
        while True:
            try:
                if not ready:
                    offset = await self._prepare(inlet)
                    ready = True
                updates = await self._updates(offset)
                inlet.alive(self._settings.account)
                for update in updates:
                    await self._take(inlet, update)
                    offset = update["update_id"] + 1
                if updates:
                    await inlet.set_bookmark(self._bookmark, str(offset))
                failures = 0
            except Exception as error:  # noqa: BLE001  the loop outlives every failure
                failures += 1
                ready = ready and not isinstance(error, Conflict)
                await self._wait_after(error, failures)

    async def _prepare(self, inlet: Inlet) -> int | None:
        """Learn the bot's name, remove a webhook that would keep updates from us, and find where we were."""
        await self._introduce()
        if (await self._calls.call(GetWebhookInfo())).url:
            self._log.warning("telegram.webhook_removed", why="this bot polls, and has a webhook set")
            await self._calls.call(DeleteWebhook(drop_pending_updates=False))
        bookmark = await inlet.bookmark(self._bookmark)
        return int(bookmark) if bookmark and bookmark.isdecimal() else None

    async def _introduce(self) -> None:
        self._hearing.username = (await self._calls.call(GetMe())).username

    async def _updates(self, offset: int | None) -> list[dict[str, Any]]:
        timeout = self._settings.poll_timeout
        updates = await self._calls.call(
            GetRawUpdates(
                offset=offset,
                limit=100,
                timeout=int(timeout.total_seconds()),
                allowed_updates=ALLOWED_UPDATES,
            ),
            within=timeout + self._pace.overdue,
        )
        return [update for update in updates if isinstance(update.get("update_id"), int)]

    async def _take(self, inlet: Inlet, update: dict[str, Any]) -> None:
        """Return once the update is stored or kept; until then it is tried again, and those behind it wait."""
        for failures in itertools.count(1):
            try:
                await self._hearing.hear(inlet, update)
            except Exception as error:  # noqa: BLE001  neither lost nor passed over: Telegram still has it
                self._log.warning(
                    "telegram.store_busy", update=update["update_id"], error=type(error).__name__
                )
                await self._sleep(self._pace.after(failures, chance=_chance()))
            else:
                return

    async def _look_after_webhook(self, inlet: Inlet) -> None:
        registered = False
        failures = 0
        while True:
            try:
                if not registered:
                    await self._introduce()
                    await self.register_webhook()
                info = await self._calls.call(GetWebhookInfo())
                registered = info.url == self._settings.webhook_url
                inlet.alive(self._settings.account)
                if not registered:
                    self._log.warning("telegram.webhook_lost", why="somebody else set or removed it")
                if info.pending_update_count and info.last_error_message:
                    self._log.warning(
                        "telegram.webhook_trouble",
                        pending=info.pending_update_count,
                        error=info.last_error_message,
                    )
                failures = 0
                await self._sleep(self._pace.heartbeat if registered else self._pace.first)
            except Exception as error:  # noqa: BLE001  the loop outlives every failure
                failures += 1
                await self._wait_after(error, failures)

    async def _wait_after(self, error: Exception, failures: int) -> None:
        wait = self._pace.after(failures, chance=_chance())
        match error:
            case RefusedByProvider(account_broken=True):
                wait = self._pace.refused
                self._log.error("telegram.token_refused", wait=wait.total_seconds())
            case Conflict():
                wait = self._pace.conflict
                self._log.warning("telegram.conflict", error=str(error), wait=wait.total_seconds())
            case Deferred(wait=timedelta() as asked):
                wait = max(wait, asked)
                self._log.info("telegram.throttled", wait=wait.total_seconds())
            case StoreBusy():
                self._log.warning("telegram.store_busy", wait=wait.total_seconds())
            case RefusedByProvider() | Deferred():
                self._log.warning("telegram.unreachable", error=error.reason, wait=wait.total_seconds())
            case _:
                self._log.warning(
                    "telegram.listening_failed", error=type(error).__name__, wait=wait.total_seconds()
                )
        await self._sleep(wait)

    async def _sleep(self, wait: timedelta) -> None:
        await asyncio.sleep(wait.total_seconds())


def _chance() -> float:
    return random.random()  # noqa: S311  it only spreads waits
