"""The writer: one thread that runs jobs in transactions and commits those that wait together.

A job is a plain function of a `Tx`. It may be run twice (a batch that fails is replayed job by job, so that a bad one
cannot fail its neighbours), so it does nothing but read and write through its `Tx`. Who waits for news is woken after
the commit, if a job has left them any.
"""

import queue
import threading
import time
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from types import MappingProxyType
from typing import Any, TypeVar, cast

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from tickets.ledger.news import News, to_words
from tickets.ledger.prepared import Cursor
from tickets.ledger.tx import Tx
from tickets.ledger.waiting import Ahead, Callers, Settled, Waiting, tell_all

Result = TypeVar("Result")
Job = Callable[[Tx], Result]
JobMeter = Callable[[str, float, int], None]  # name of the first job, seconds, how many jobs went together
log = structlog.get_logger()

BATCH = 64
# Errors of PostgreSQL of this class: what a job brings cannot be written at all, such as a key of three kilobytes.
_BEYOND_LIMITS = "54"
# One lock over all writers of a ledger: taken first in each transaction, so that ids follow the order of commits
# (a follower that reads up to an id has then seen everything below it) and writers cannot deadlock on rows.
WRITERS_LOCK = 0x7A_4E_66_67
NOTIFY_CHANNEL = "tanggap"


class StoreUnavailableError(Exception):
    """The ledger cannot be written to now."""


def _named(job: Job[Any], name: str | None) -> str:
    return name or str(getattr(job, "__name__", "job"))


def _look_ahead(tx: Tx, batch: Sequence[Waiting[Any]]) -> None:
    """Let those look ahead that are not alone; whoever is looks for itself, and what has failed is not tried again."""
    kinds: dict[Callable[[Tx, Sequence[Any]], None], list[Any]] = {}
    for waiting in batch:
        if waiting.ahead is not None:
            kinds.setdefault(waiting.ahead.look, []).append(waiting.ahead.about)
    for look, about in kinds.items():
        if len(about) > 1:
            look(tx, about)


def no_meter(_name: str, _seconds: float, _jobs: int) -> None:
    """Nobody measures."""


class Writer:
    """Runs jobs one after another on a thread of its own."""

    def __init__(
        self,
        engine: Engine,
        *,
        stir: Callable[[frozenset[News]], None] = lambda _news: None,
        meter: JobMeter = no_meter,
        lasting: Mapping[Any, Any] = MappingProxyType({}),  # what jobs find remembered from the start
    ) -> None:
        self._engine = engine
        self._postgres = engine.dialect.name == "postgresql"
        self._stir = stir
        self._meter = meter
        self._queue: queue.SimpleQueue[Waiting[Any] | None] = queue.SimpleQueue()
        self._callers = Callers(self._queue.put)
        self._connection: Any = None
        self.backend: int | None = None  # of PostgreSQL, which sends its notifications
        self._lasting = dict(lasting)
        self._thread = threading.Thread(target=self._run, name="ledger-writer", daemon=True)
        self._thread.start()

    def submit(
        self, job: Job[Result], *, name: str | None = None, ahead: Ahead | None = None
    ) -> Future[Result]:
        waiting = Waiting(_named(job, name), job, ahead=ahead)
        self._queue.put(waiting)
        future: Future[Result] = waiting.answer
        return future

    async def run(self, job: Job[Result], *, name: str | None = None, ahead: Ahead | None = None) -> Result:
        """Run a job and return what it returns once it is committed."""
        return await self._callers.ask(_named(job, name), job, ahead)

    def run_blocking(self, job: Job[Result], *, name: str | None = None) -> Result:
        return self.submit(job, name=name).result()

    def measured_by(self, meter: JobMeter) -> None:
        """Tell somebody from now on how long each transaction takes."""
        self._meter = meter

    @property
    def waiting(self) -> int:
        return self._queue.qsize()

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()

    # -- the thread ---------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            batch, last = self._collect()
            if batch:
                self._do(batch)
            if last:
                self._disconnect()
                return

    def _collect(self) -> tuple[list[Waiting[Any]], bool]:
        first = self._queue.get()
        if first is None:
            return [], True
        batch = [first]
        while len(batch) < BATCH:
            try:
                following = self._queue.get_nowait()
            except queue.Empty:
                break
            if following is None:
                return batch, True
            batch.append(following)
        return batch, False

    def _do(self, batch: list[Waiting[Any]]) -> None:
        batch = [waiting for waiting in batch if waiting.begins()]
        if batch:
            tell_all(self._settle(batch))

    def _settle(self, batch: list[Waiting[Any]]) -> Iterable[Settled[Any]]:
        started = time.perf_counter()
        try:
            results, news = self._transaction(batch)
        except Exception as error:  # noqa: BLE001  whatever a job raises belongs to whoever asked for it
            if len(batch) == 1:
                return [Settled(batch[0], error=self._translated(error))]
            for waiting in batch:  # one of them is bad: each for itself
                tell_all(self._settle([waiting]))
            return ()
        self._meter(batch[0].name, time.perf_counter() - started, len(batch))
        if news:
            self._stir(news)
        return [Settled(waiting, result) for waiting, result in zip(batch, results, strict=True)]

    def _transaction(self, batch: Sequence[Waiting[Any]]) -> tuple[list[Any], frozenset[News]]:
        connection = self._connect()
        cursor = connection.cursor()
        try:
            cursor.execute("BEGIN" if self._postgres else "BEGIN IMMEDIATE")
            if self._postgres:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS_LOCK,))
            found: dict[Any, Any] = {}  # of rows that are not there if this is rolled back
            tx = Tx(cast("Cursor", cursor), self._engine.dialect, ChainMap(found, self._lasting))
            _look_ahead(tx, batch)
            results = [waiting.job(tx) for waiting in batch]
            tx.finish()
            news = frozenset(tx.news)
            if self._postgres and news:
                cursor.execute("SELECT pg_notify(%s, %s)", (NOTIFY_CHANNEL, to_words(news)))
            cursor.execute("COMMIT")
        except BaseException:
            self._roll_back(cursor)
            raise
        cursor.close()
        self._lasting.update(found)
        return results, news

    def _roll_back(self, cursor: Any) -> None:
        """Leave nothing behind, and raise nothing: what went wrong is known already."""
        try:
            cursor.execute("ROLLBACK")
            cursor.close()
        except Exception:  # noqa: BLE001  the transaction is gone, by itself where the disk is full, or the connection is
            self._disconnect()

    def _connect(self) -> Any:
        if self._connection is None:
            try:
                pooled = self._engine.connect()
            except SQLAlchemyError as error:
                raise StoreUnavailableError("the database cannot be reached") from error
            driver: Any = pooled.connection.driver_connection
            if self._postgres:
                driver.autocommit = True  # transactions are begun and ended in words
                self.backend = driver.info.backend_pid
            else:
                driver.isolation_level = None
            self._connection = (pooled, driver)
        return self._connection[1]

    def _disconnect(self) -> None:
        if self._connection is not None:
            pooled = self._connection[0]
            self._connection = None
            try:
                pooled.invalidate()
                pooled.close()
            except Exception:  # noqa: BLE001
                log.warning("writer.disconnect_failed")

    def _translated(self, error: Exception) -> Exception:
        driver_error = isinstance(error, (DBAPIError, self._engine.dialect.loaded_dbapi.OperationalError))
        too_much = str(getattr(error, "sqlstate", None)).startswith(_BEYOND_LIMITS)
        if driver_error and not too_much:
            log.error("writer.database_failed", error=str(error).splitlines()[0][:300])
            translated = StoreUnavailableError("the database could not write")
            translated.__cause__ = error
            return translated
        return error
