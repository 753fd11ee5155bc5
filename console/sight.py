"""Who has a page of the desk before their eyes, in whatever process: they need not be told on their phone as well."""

import json
import time
from collections.abc import Callable

from tickets.ledger.whispers import Whispers

OUT_OF_SIGHT = "tanggap-out-of-sight"  # a page says so that renews itself while nobody looks at it
LASTS = 75.0  # seconds: a page that is looked at renews itself every minute
SAYS_EVERY = 15.0  # how often at most one browser's looking is told


class Sight:
    def __init__(self, whispers: Whispers, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._whispers = whispers
        self._clock = clock
        self._seen_at: dict[tuple[str, str], float] = {}  # by person, and session
        self._told_at: dict[tuple[str, str], float] = {}
        whispers.listen(self._hear)

    def sees(self, who: str, session: str) -> None:
        """Take it that somebody looks at a page now."""
        now = self._clock()
        if now - self._told_at.get((who, session), -SAYS_EVERY) >= SAYS_EVERY:
            self._told_at = _lately(self._told_at, now) | {(who, session): now}
            self._whispers.say(json.dumps({"what": "sees", "who": who, "session": session}))

    def elsewhere(self, who: str, session: str) -> bool:
        """Say whether somebody looks at a page in another browser than this one."""
        lately = _lately(self._seen_at, self._clock())
        return any(each == who and where != session for each, where in lately)

    def _hear(self, words: str) -> None:
        said, now = json.loads(words), self._clock()
        if said["what"] == "sees":
            self._seen_at = _lately(self._seen_at, now) | {(said["who"], said["session"]): now}


def _lately(known: dict[tuple[str, str], float], now: float) -> dict[tuple[str, str], float]:
    return {key: at for key, at in known.items() if now - at < LASTS}
