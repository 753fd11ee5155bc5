"""Slowing down whoever guesses passwords: so many failures in so long a time, by mailbox and by where they come from."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
MOST_REMEMBERED = 10_000


class Throttle:
    """Counts failures in the memory of this process: a guesser gains nothing from a restart they cannot cause."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()

    def is_closed(self, *keys: str, now: datetime) -> bool:
        return any(len(self._recent(key, now)) >= self._most for key in keys)

    def failed(self, *keys: str, now: datetime) -> None:
        for key in keys:
            self._recent(key, now).append(now)
            self._failures.move_to_end(key)
        while len(self._failures) > MOST_REMEMBERED:
            self._failures.popitem(last=False)

    def forget(self, *keys: str) -> None:
        for key in keys:
            self._failures.pop(key, None)

    def _recent(self, key: str, now: datetime) -> deque[datetime]:
        found = self._failures.setdefault(key, deque(maxlen=self._most))
        while found and now - found[0] > WINDOW:
            found.popleft()
        return found
