"""Instants of a column as a desk's clock on the wall shows them, all at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

_QUARTER = 900  # seconds; no zone changes its offset between
_UNIX_DAY = 25_569.0  # 1 January 1970, as spreadsheets count days
_DAY_SECONDS = 86_400

Said = TypeVar("Said")


class LocalTime:
    """Knows a zone, and remembers how far ahead it was in each quarter of an hour that was asked for."""

    def __init__(self, tz: ZoneInfo) -> None:
        self._tz = tz
        self._ahead: dict[int, int] = {}

    def days(self, instants: Sequence[datetime | None]) -> list[float | None]:
        """Return days since the one that spreadsheets begin with."""
        seconds = _seconds(instants)
        return _in_place(instants, ((seconds + self._offsets(seconds)) / _DAY_SECONDS + _UNIX_DAY).tolist())

    def written(self, instants: Sequence[datetime | None]) -> list[str | None]:
        """Return them as ISO 8601 has them, to the second, with the zone's offset."""
        seconds = np.floor(_seconds(instants)).astype(np.int64)
        ahead = self._offsets(seconds)
        walls = np.datetime_as_string((seconds + ahead).astype("datetime64[s]"))
        said = {offset: _said(offset) for offset in set(ahead.tolist())}
        return _in_place(
            instants,
            [wall + said[offset] for wall, offset in zip(walls.tolist(), ahead.tolist(), strict=True)],
        )

    def _offsets(self, seconds: NDArray[np.float64] | NDArray[np.int64]) -> NDArray[np.int64]:
        quarters, of = np.unique(seconds // _QUARTER, return_inverse=True)
        return np.array([self._ahead_in(int(quarter)) for quarter in quarters], dtype=np.int64)[of]

    def _ahead_in(self, quarter: int) -> int:
        ahead = self._ahead.get(quarter)
        if ahead is None:
            offset = datetime.fromtimestamp(quarter * _QUARTER, self._tz).utcoffset() or timedelta()
            ahead = self._ahead[quarter] = int(offset.total_seconds())
        return ahead


def _seconds(instants: Sequence[datetime | None]) -> NDArray[np.float64]:
    return np.array([at.timestamp() for at in instants if at is not None])


def _in_place(instants: Sequence[datetime | None], said: Sequence[Said]) -> list[Said | None]:
    """Return what is said of those that are instants where they stand."""
    following = iter(said)
    return [None if at is None else next(following) for at in instants]


def _said(offset: int) -> str:
    """Return `+07:00`."""
    hours, minutes = divmod(abs(offset) // 60, 60)
    return f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"
