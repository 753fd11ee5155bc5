"""That a process's doors were shut is written down, for it may be another one that reconciles."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tickets import turned_away
from tickets.ledger.store import Ledger

APART = timedelta(seconds=5)  # between two notes, for an overload turns hundreds a second away


class ShutDoors:
    def __init__(
        self,
        ledger: Ledger,
        *,
        turned_away_at: Callable[[], datetime | None],
        clock: Callable[[], datetime],
    ) -> None:
        """`turned_away_at`: when this process last told a provider to bring something again."""
        self._ledger, self._turned_away_at, self._clock = ledger, turned_away_at, clock
        self._shut_at = clock()  # whoever came before found nobody
        self._noted: datetime | None = None  # what was written down last
        self._noted_at: datetime | None = None

    async def turn(self) -> int:
        """Write down what is new; later if something was written just now."""
        shut_at, now = self._turned_away_at() or self._shut_at, self._clock()
        is_too_soon = self._noted_at is not None and abs(now - self._noted_at) < APART
        if shut_at != self._noted and not is_too_soon:
            await self._ledger.write(lambda tx: turned_away.note(tx, at=shut_at), name="turned_away")
            self._noted, self._noted_at = shut_at, now
        return 0
