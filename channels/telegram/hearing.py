"""What is done with one update, whether it was polled or brought by the webhook: read, deliver, answer a button.

An update is done with once `hear` returns: it is stored, or kept raw because it could not be, or it says nothing.
Whatever raises instead (`StoreBusy` first) leaves it with Telegram, which brings it again.
"""

import hashlib
from datetime import timedelta
from typing import Any

import structlog
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import Update

from channels.contract import ChannelError, Inlet, StoreBusy
from channels.telegram.calls import TelegramCalls
from channels.telegram.parse import UnreadableUpdateError, dump, event_of, parse, read
from channels.telegram.presses import Presses
from channels.telegram.settings import TelegramSettings
from channels.telegram.texts import sound

log = structlog.get_logger()

_ANSWER_WITHIN = timedelta(seconds=10)  # a button's spinner is not worth more of the others' time


class Hearing:
    """Hears one update after the other for one account."""

    def __init__(self, settings: TelegramSettings, calls: TelegramCalls) -> None:
        self._settings = settings
        self._calls = calls
        self._presses = Presses()
        self.username: str | None = None  # the bot's own, once Telegram told it

    async def hear(self, inlet: Inlet, update: Any, *, raw: bytes | None = None) -> None:
        """Take in one update as decoded from JSON. Raises StoreBusy, and whatever `Inlet.keep` raises."""
        body = dump(update) if raw is None else raw
        try:
            known = self._read(update)
            await self._deliver(inlet, known, body)
        except StoreBusy:
            raise
        except UnreadableUpdateError as error:
            await self._keep(inlet, update, body, error=str(error))
        except Exception as error:  # noqa: BLE001  one bad update must not hold up those behind it
            await self._keep(inlet, update, body, error=f"It could not be stored ({type(error).__name__}).")
        else:
            await self._answer(known)

    async def keep_malformed(self, inlet: Inlet, raw: bytes) -> None:
        """Keep a body that is no JSON."""
        await self._keep(inlet, None, raw, error="It is not JSON.")

    def _read(self, raw: Any) -> Update:
        known = read(raw)
        if known.left_out:
            log.warning("telegram.read_in_part", account=self._settings.account, left_out=known.left_out)
        return known.update

    async def _deliver(self, inlet: Inlet, update: Update, raw: bytes) -> None:
        press = update.callback_query
        if press is not None and self._presses.is_second(press):
            log.info("telegram.pressed_twice", account=self._settings.account)
            return
        heard = parse(update, account=self._settings.account, username=self.username, raw=raw)
        if heard is not None:
            await inlet.deliver(heard)
        if press is not None:
            self._presses.took(press)

    async def _keep(self, inlet: Inlet, update: Any, raw: bytes, *, error: str) -> None:
        event_id = _event_of(update) or f"sha256:{hashlib.sha256(raw).hexdigest()}"
        log.warning("telegram.kept", account=self._settings.account, event_id=event_id, error=error)
        await inlet.keep(account=self._settings.account, event_id=event_id, raw=raw, error=error)

    async def _answer(self, update: Update) -> None:
        """Stop the button's spinner. Only after the press is stored, and no failure here undoes that."""
        if update.callback_query is None:
            return
        try:
            await self._calls.call(
                AnswerCallbackQuery(callback_query_id=sound(update.callback_query.id)), within=_ANSWER_WITHIN
            )
        except ChannelError as error:
            log.info("telegram.button_not_answered", account=self._settings.account, error=str(error))


def _event_of(update: Any) -> str | None:
    """Name an update that could not be read, as `parse` would have done; None for what is none."""
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int):
        return None
    query = update.get("callback_query")
    press = query.get("id") if isinstance(query, dict) else None
    return event_of(number, press if isinstance(press, str) else None)
