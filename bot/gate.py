"""The gate of the intake: it lets in only so much at once as can be stored before providers lose their patience.

Twilio waits 15 seconds for an answer (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides), others
longer. What is turned away costs next to nothing and is brought again, or fetched by reconciliation; what is let in and
waits too long would be stored while its provider believes it lost.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

MOST = 128  # messages that may be on their way into the ledger at once, of one process
LONGEST = 4.0  # seconds that the oldest of them may have waited for the ledger when another comes
PATIENCE = 10.0  # seconds after which what was let in is turned away after all


class Gate:
    def __init__(
        self, *, most: int = MOST, longest: float = LONGEST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._longest, self._clock = most, longest, clock
        self._inside = 0
        self._storing: dict[int, float] = {}  # since when, the oldest first
        self._numbers = count()

    def __len__(self) -> int:
        return self._inside

    def is_full(self) -> bool:
        """Whether whoever comes now is to come again later."""
        return self._inside >= self._most or self._oldest() > self._longest

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be one of those that are let in."""
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    @contextmanager
    def storing(self) -> Iterator[None]:
        """Be one of those that wait for the ledger: what is prepared before says nothing of how busy that is."""
        number = next(self._numbers)
        self._storing[number] = self._clock()
        try:
            yield
        finally:
            del self._storing[number]

    def _oldest(self) -> float:
        since = next(iter(self._storing.values()), None)
        return 0.0 if since is None else self._clock() - since
