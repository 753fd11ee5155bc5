"""Waking those who wait for something new: loops of this process at once, those of others through PostgreSQL.

A wake-up is a hint and may be lost; whoever waits looks by themselves from time to time as well.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import make_url

from tickets.ledger.database import driver_of, normalise_url
from tickets.ledger.news import EVERYTHING, News, from_words
from tickets.ledger.whispers import Whispers
from tickets.ledger.writer import NOTIFY_CHANNEL

if TYPE_CHECKING:
    import psycopg

WHISPERS_CHANNEL = "tanggap_whispers"

log = structlog.get_logger()


class Wakes:
    """Who is to be woken when the ledger has changed. `stir` may be called from any thread."""

    def __init__(self) -> None:
        self.over = False  # this process ends: whoever waits for ever is to stop
        self._sleepers: list[Sleeper] = []
        self._lock = threading.Lock()

    def end(self) -> None:
        """Wake all for the last time."""
        self.over = True
        self.stir()

    def stir(self, news: frozenset[News] = EVERYTHING) -> None:
        """Wake those who wait for one of these."""
        with self._lock:
            sleepers = [sleeper for sleeper in self._sleepers if not sleeper.about.isdisjoint(news)]
        for sleeper in sleepers:
            sleeper.wake()

    def sleeper(self, *about: News) -> "Sleeper":
        """Register a sleeper for the running event loop, whom these wake, or all; it is to be closed by whoever asked."""
        sleeper = Sleeper(self, frozenset(about) or EVERYTHING)
        with self._lock:
            self._sleepers.append(sleeper)
        return sleeper

    def forget(self, sleeper: "Sleeper") -> None:
        with self._lock:
            if sleeper in self._sleepers:
                self._sleepers.remove(sleeper)


class Sleeper:
    """Sleeps until something is new, or until the time is up."""

    def __init__(self, wakes: Wakes, about: frozenset[News]) -> None:
        self.about = about
        self._wakes = wakes
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    @property
    def over(self) -> bool:
        return self._wakes.over

    def wake(self) -> None:
        try:
            self._loop.call_soon_threadsafe(self._event.set)
        except RuntimeError:  # the loop is closed
            self.close()

    async def sleep(self, seconds: float) -> bool:
        """Return when woken (also by what happened since the last call), at the latest after `seconds`: then False."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return False
        finally:
            self._event.clear()
        return True

    def close(self) -> None:
        self._wakes.forget(self)


class PostgresEar:
    """Listens on PostgreSQL for what other processes wrote; a thread with a connection of its own."""

    def __init__(
        self, url: str, wakes: Wakes, whispers: Whispers, *, own: Callable[[], int | None] = lambda: None
    ) -> None:
        """`own`: the backend of this process's writer, which wakes this process by itself."""
        parsed = make_url(normalise_url(url)).set(drivername="postgresql")
        self._conninfo = parsed.render_as_string(hide_password=False)
        self._driver = driver_of(url)
        self._wakes, self._whispers, self._own = wakes, whispers, own
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ledger-ear", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        with (
            suppress(self._driver.OperationalError),
            self._driver.connect(self._conninfo, autocommit=True) as connection,
        ):
            connection.execute(f"NOTIFY {NOTIFY_CHANNEL}")  # it need not wait out its half second
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with self._driver.connect(self._conninfo, autocommit=True) as connection:
                    self._listen(connection)
            except self._driver.OperationalError:
                log.warning("ear.reconnecting")
                self._stop.wait(1)

    def _listen(self, connection: "psycopg.Connection[Any]") -> None:
        connection.execute(f"LISTEN {NOTIFY_CHANNEL}")
        connection.execute(f"LISTEN {WHISPERS_CHANNEL}")
        self._wakes.stir()  # whatever happened while nobody listened
        while not self._stop.is_set():
            for notice in connection.notifies(timeout=0.5, stop_after=1):
                if notice.channel == WHISPERS_CHANNEL:
                    self._whispers.heard(notice.payload)
                elif notice.pid != self._own():
                    self._wakes.stir(from_words(notice.payload))
