"""The ledger as one object: its writer, its readers, its files, and who is woken by it."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import structlog
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from tickets.clocks import RULES, ClockRule
from tickets.ledger.blobs import BlobStore, Stored
from tickets.ledger.database import open_engine
from tickets.ledger.depot.bucket import BucketAddress
from tickets.ledger.depot.choosing import depot_at
from tickets.ledger.events import CLOCK_RULES
from tickets.ledger.examining import Examiner
from tickets.ledger.waiting import Ahead
from tickets.ledger.wake import WHISPERS_CHANNEL, PostgresEar, Wakes
from tickets.ledger.whispers import Whispers
from tickets.ledger.writer import Job, JobMeter, StoreUnavailableError, Writer, no_meter
from tickets.message import File

log = structlog.get_logger()

Result = TypeVar("Result")
READERS = 4
FILERS = 8  # threads of their own: a storage that is slow keeps no page from being read
MOST_FILING = 64  # that wait for files; whoever comes then is told at once to come again


class Ledger:
    """Opened once a process. The schema is somebody else's matter and must be there already.

    Files lie in the folder `files`, or with a `bucket` in that; then the folder is for files in the making alone.
    An `examiner` looks into whatever comes from outside before it is kept.
    """

    def __init__(
        self,
        url: str,
        *,
        files: Path,
        bucket: BucketAddress | None = None,
        max_file_bytes: int = 25 * 1024 * 1024,
        meter: JobMeter = no_meter,
        clock_rules: tuple[ClockRule, ...] = RULES,
        examiner: Examiner | None = None,
    ) -> None:
        self.url = url
        self.files = files
        self.bucket = bucket
        self.wakes = Wakes()
        self._write_engine = open_engine(url)
        self._read_engine = open_engine(url, pool_size=READERS, read_only=True)
        self.writer = Writer(
            self._write_engine, stir=self.wakes.stir, meter=meter, lasting={CLOCK_RULES: clock_rules}
        )
        self._pool = ThreadPoolExecutor(READERS, thread_name_prefix="ledger-reader")
        self._filers = ThreadPoolExecutor(FILERS, thread_name_prefix="ledger-filer")
        self._filing = 0
        self.blobs = BlobStore(
            depot_at(files, bucket),
            workshop=files,
            max_bytes=max_file_bytes,
            examiner=examiner,
        )
        self.whispers = Whispers(self._carry if self.is_postgres else None)
        self._ear = self._listening() if self.is_postgres else None

    def _listening(self) -> PostgresEar:
        return PostgresEar(self.url, self.wakes, self.whispers, own=lambda: self.writer.backend)

    @property
    def is_postgres(self) -> bool:
        return self._write_engine.dialect.name == "postgresql"

    @property
    def read_engine(self) -> Engine:
        return self._read_engine

    async def write(self, job: Job[Result], *, name: str | None = None, ahead: Ahead | None = None) -> Result:
        """Run a job in the writer; returns once it is committed. Raises what the job raises, or StoreUnavailableError."""
        return await self.writer.run(job, name=name, ahead=ahead)

    def write_blocking(self, job: Job[Result], *, name: str | None = None) -> Result:
        return self.writer.run_blocking(job, name=name)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that can only read. For threads, not for the event loop."""
        with Session(self._read_engine) as session:
            yield session

    async def read(self, query: Callable[[Session], Result]) -> Result:
        """Run a reading function on a session of the reader pool."""

        def run() -> Result:
            with self.reading() as session:
                return query(session)

        return await asyncio.get_running_loop().run_in_executor(self._pool, run)

    async def aside(self, call: Callable[..., Result], *args: Any) -> Result:
        """Run blocking work (a file) on the readers' threads."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, call, *args)

    async def keep_files(self, files: Sequence[File]) -> tuple[Stored, ...]:
        """Keep the files of a message; those that are still to be fetched cost no thread."""

        def keep() -> tuple[Stored, ...]:
            return tuple(self.blobs.keep(file) for file in files)

        return await self.put_aside(keep) if any(file.content is not None for file in files) else keep()

    async def may_be_handed_out(self, content: bytes) -> bool:
        """Whether bytes that came in, and were kept as they were, are harmless. Raises StoreUnavailableError while nobody can tell."""
        return await self.put_aside(self.blobs.objection_to, content) is None

    async def put_aside(self, write: Callable[..., Result], *args: Any) -> Result:
        """Run blocking work that writes or deletes files. Raises StoreUnavailableError if that cannot be done now."""
        try:
            return await self._file(write, *args)
        except OSError as error:  # the disk is full, or gone; the bucket cannot be reached
            raise _unavailable(error) from error

    async def file(self, sha256: str) -> bytes:
        """Return all of a file. Raises FileNotFoundError, StoreUnavailableError."""
        try:
            return await self._file(self.blobs.get, sha256)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise _unavailable(error) from error

    async def _file(self, call: Callable[..., Result], *args: Any) -> Result:
        if self._filing >= MOST_FILING:
            raise StoreUnavailableError("too much waits for the files")
        self._filing += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._filers, call, *args)
        finally:
            self._filing -= 1

    def _carry(self, words: str) -> None:
        """Bring a whisper to all processes, without waiting for it."""

        def notify() -> None:
            try:
                with self.reading() as session:
                    session.execute(select(func.pg_notify(WHISPERS_CHANNEL, words)))
                    session.commit()
            except SQLAlchemyError:
                log.warning("whisper.lost")

        with suppress(RuntimeError):  # the ledger is closed
            self._pool.submit(notify)

    def compact(self) -> None:
        """Write a database of SQLite anew, so that none of its free pages keeps what was erased. Blocking.

        Writers wait meanwhile; it takes about a second for each 100 MB. PostgreSQL clears away by itself (`VACUUM`).
        """
        if self.is_postgres:
            return
        engine = open_engine(self.url)  # the writer keeps its own connection
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def close(self) -> None:
        if self._ear is not None:
            self._ear.close()
        self.writer.close()
        self._pool.shutdown()
        self._filers.shutdown()
        self._read_engine.dispose()
        self._write_engine.dispose()


def _unavailable(error: OSError) -> StoreUnavailableError:
    log.warning("files.failed", error=error.strerror or type(error).__name__)
    return StoreUnavailableError("the files cannot be reached")
