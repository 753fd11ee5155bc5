"""A button that somebody presses twice in a row means it once.

Each press has an id of its own, so that one which Telegram brings again is known by the ledger. Two quick taps are two
presses: the second within moments of the first, of the same button by the same person, says nothing new.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta

from aiogram.types import CallbackQuery

QUICK = timedelta(seconds=2)
_MOST = 1000  # remembered at once; the oldest are forgotten first

_Key = tuple[int, int, int, str]  # person, chat, message, data


class Presses:
    """What was pressed a moment ago at one bot, in this process."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._taken: OrderedDict[_Key, tuple[str, float]] = OrderedDict()

    def is_second(self, query: CallbackQuery) -> bool:
        """Whether another press of this button by this person has been taken in just now."""
        press, until = self._taken.get(_key(query), (query.id, 0.0))
        return press != query.id and self._clock() < until

    def took(self, query: CallbackQuery) -> None:
        key = _key(query)
        self._taken[key] = (query.id, self._clock() + QUICK.total_seconds())
        self._taken.move_to_end(key)
        if len(self._taken) > _MOST:
            self._taken.popitem(last=False)


def _key(query: CallbackQuery) -> _Key:
    chat, message = (query.message.chat.id, query.message.message_id) if query.message else (0, 0)
    return query.from_user.id, chat, message, query.data or ""
