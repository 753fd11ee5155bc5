"""The writer: one thread that runs jobs in transactions and commits those that wait together.

A job is a plain function of a `Tx`. It may be run twice (a batch that fails is replayed job by job, so that a bad one
cannot fail its neighbours), so it does nothing but read and write through its `Tx`. Who waits for news is woken after
the commit, if a job has left them any.
"""

import queue
import threading
import time
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from concurrent.futures import Future
from types import MappingProxyType
from typing import Any, TypeVar, cast

import structlog
from sqlalchemy import Engine, Table, bindparam, select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from tickets.ledger.known import KnownRows, Values, values_of
from tickets.ledger.news import News, to_words
from tickets.ledger.pending import Late, Pending
from tickets.ledger.prepared import Compiled, Cursor, Prepared, Row
from tickets.ledger.seeking import ASKED, Seeking
from tickets.ledger.waiting import Ahead, Callers, Settled, Waiting, tell_all
from tickets.tables import Counter

Result = TypeVar("Result")
log = structlog.get_logger()

BATCH = 64
# Errors of PostgreSQL of this class: what a job brings cannot be written at all, such as a key of three kilobytes.
_BEYOND_LIMITS = "54"
# One lock over all writers of a ledger: taken first in each transaction, so that ids follow the order of commits
# (a follower that reads up to an id has then seen everything below it) and writers cannot deadlock on rows.
WRITERS_LOCK = 0x7A_4E_66_67
NOTIFY_CHANNEL = "tanggap"

_COUNTERS = Counter.__table__  # type: ignore[attr-defined]
_READ_COUNTER = Prepared(select(_COUNTERS.c.value).where(_COUNTERS.c.name == bindparam("name")))
_SAVE_COUNTER = Prepared(
    lambda insert: insert(_COUNTERS).on_conflict_do_update(
        index_elements=["name"], set_={"value": insert(_COUNTERS).excluded.value}
    )
)


class StoreUnavailableError(Exception):
    """The ledger cannot be written to now."""


class Tx:
    """One open transaction of the writer, and what a job may do with it."""

    def __init__(self, cursor: Cursor, dialect: Dialect, lasting: MutableMapping[Any, Any]) -> None:
        self._cursor = cursor
        self._dialect = dialect
        self.lasting = lasting  # what the writer remembers of rows that never change, such as revisions
        self.memo: dict[Any, Any] = {}  # what this transaction has read and written already
        self._counters: dict[str, int] = {}
        self._moved: set[str] = set()
        self._known: dict[str, KnownRows] = {}  # by table
        self._memos: dict[str, dict[Any, Any]] = {}  # by table
        self._pending = Pending(self._write, dialect)
        self.news: set[News] = set()  # what somebody waits for

    def tell(self, news: News) -> None:
        """Have those woken after the commit who wait for this."""
        self.news.add(news)

    def run(self, statement: Prepared, **values: Any) -> int:
        """Run a statement that returns no rows; how many rows it touched."""
        compiled = statement.on(self._dialect)
        self._pending.write_before(compiled)
        self._forget(compiled)
        self._cursor.execute(compiled.sql, compiled.bind(values))
        return self._cursor.rowcount

    def run_many(self, statement: Prepared, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            compiled = statement.on(self._dialect)
            self._pending.write_before(compiled)
            self._forget(compiled)
            self._cursor.executemany(compiled.sql, [compiled.bind(row) for row in rows])

    def add(self, insert: Prepared, **values: Any) -> Late:
        """Insert a row, or save it, where nobody asks whether it was there, together with others of this transaction."""
        compiled = insert.on(self._dialect)
        assert compiled.writes is not None
        self._memos.pop(compiled.writes, None)
        if compiled.writes in self._known:
            self._known[compiled.writes].written({**compiled.defaults, **values})
        return self._pending.add(compiled, values)

    def insert(self, insert: Prepared, table: Table, **values: Any) -> Row:
        """Add a row, and return it as `known` will."""
        self.add(insert, **values)
        row = insert.on(self._dialect).filled(values)
        self._known_rows(table).add(row)
        return row

    def change(self, table: Table, key: Any, **fields: Any) -> None:
        """Change a row by its key, together with others of this transaction; one that is not there is let be."""
        self._pending.change(table, key, fields)
        if table.name in self._known:
            self._known[table.name].change(key, fields)

    def one(self, statement: Prepared, **values: Any) -> Row | None:
        compiled = statement.on(self._dialect)
        self._pending.write_before(compiled)
        return self._read(compiled, values)

    def stored(self, statement: Prepared, **values: Any) -> Row | None:
        """Return what `one` does, of what is in the database: rows that are still to be added are not looked at."""
        return self._read(statement.on(self._dialect), values)

    def known(self, seeking: Seeking, **values: Any) -> Row | None:
        """Return the row that is sought by these values. It is read once until its table is changed by `run`."""
        known, asked = self._known_rows(seeking.table), tuple(values[name] for name in seeking.by)
        if not known.is_found(seeking, asked):
            compiled = seeking.one.on(self._dialect)
            self._pending.write_before_seeking(compiled)
            known.keep(seeking, asked, self._pending.upon(seeking.table, self._read(compiled, values)))
        return known.found(seeking, asked)

    def foresee(self, seeking: Seeking, asked: Iterable[Values]) -> list[Row]:
        """Read at once what `known` is going to ask for by each of these lists of values; the rows that are there."""
        known, lists = self._known_rows(seeking.table), set(asked)
        unread = [values for values in lists if not known.is_found(seeking, values)]
        if unread:
            for values in unread:
                known.keep(seeking, values, None)
            for row in self.among(seeking.many, unread):
                known.keep(seeking, values_of(row, seeking), self._pending.upon(seeking.table, row))
        return [row for values in lists if (row := known.found(seeking, values)) is not None]

    def among(self, statement: Prepared, lists: Sequence[Values]) -> list[Row]:
        """Return what a statement finds that asks for many lists of values at once."""
        return self.all(statement, **{ASKED: lists}) if lists else []

    def knows(self, table: Table, key: Any) -> Row | None:
        """Return the row with this key if `known` has returned it; None says nothing of whether it is there."""
        known = self._known.get(table.name)
        return None if known is None else known.at(key)

    def all(self, statement: Prepared, **values: Any) -> list[Row]:
        compiled = statement.on(self._dialect)
        self._pending.write_before(compiled)
        self._cursor.execute(compiled.sql, compiled.bind(values))
        return [compiled.read(record) for record in self._cursor.fetchall()]

    def memo_of(self, table: Table) -> dict[Any, Any]:
        """Return what is remembered of a table until a row of it is added, or a statement changes it."""
        return self._memos.setdefault(table.name, {})

    def _known_rows(self, table: Table) -> KnownRows:
        known = self._known.get(table.name)
        if known is None:
            known = self._known[table.name] = KnownRows(table)
        return known

    def _read(self, compiled: Compiled, values: Mapping[str, Any]) -> Row | None:
        self._cursor.execute(compiled.sql, compiled.bind(values))
        record = self._cursor.fetchone()
        return None if record is None else compiled.read(record)

    def _forget(self, compiled: Compiled) -> None:
        if compiled.writes is not None:
            self._known.pop(compiled.writes, None)
            self._memos.pop(compiled.writes, None)

    def next_id(self, series: str, *, least: int = 1) -> int:
        """Give out the next id of a series, `least` or more. Without gaps: what is rolled back was never given."""
        value = self._counters.get(series)
        if value is None:
            row = self.one(_READ_COUNTER, name=series)
            value = 0 if row is None else row.value
        given = self._counters[series] = max(value + 1, least)
        self._moved.add(series)
        return given

    def finish(self) -> None:
        """Write all that is still to be written."""
        self._pending.write_all()
        self.run_many(
            _SAVE_COUNTER, [{"name": name, "value": self._counters[name]} for name in sorted(self._moved)]
        )
        self._moved.clear()

    def _write(self, statement: Compiled, rows: list[Any]) -> None:
        if len(rows) == 1:
            self._cursor.execute(statement.sql, rows[0])
        else:
            self._cursor.executemany(statement.sql, rows)


Job = Callable[[Tx], Result]


JobMeter = Callable[[str, float, int], None]  # name of the first job, seconds, how many jobs went together


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
