"""A second process that looks things up for a report, so that the one that writes it shares its interpreter with nothing.

SQLite sums up in the process that asks. On a thread that takes the interpreter's turns away from whoever writes rows, on a second processor
it takes none. The process is parted from this one before anything is opened in it, so it starts at once and shares what is loaded.
"""

import gc
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from sqlmodel import Session

from reports.errors import ReportError
from tickets.ledger.database import open_engine

Found = TypeVar("Found")

_GONE = (EOFError, BrokenPipeError, ConnectionResetError)


class HelperGoneError(ReportError):
    """The process that looks things up for the report has ended."""

    def __init__(self) -> None:
        super().__init__(str(self.__doc__))


class Helper:
    """Answers one question after the other."""

    def __init__(self, connection: Connection, end: Callable[[], None]) -> None:
        self._connection, self.end = connection, end

    def answer(self, url: str, question: Callable[[Session], Found]) -> Found:
        """Ask it of the database of that URL; what the question raises is raised here. Raises HelperGoneError."""
        try:
            self._connection.send((url, question))
            found, error = self._connection.recv()
        except _GONE as gone:
            raise HelperGoneError from gone
        if error is not None:
            raise error
        return found  # type: ignore[no-any-return]


@contextmanager
def helper(database_url: str) -> Iterator[Helper | None]:
    """Have a helper for a ledger that is yet to be opened; it ends with the block.

    None where one would be of no use, for another server does the sums, or where a process cannot be parted without danger: it
    has threads already, or a system whose libraries do not bear it, or is a daemon of `multiprocessing`, which may have none.
    """
    if not (database_url.startswith("sqlite") and _may_part()):
        yield None
        return
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe()
    process = forking.Process(target=_serve, args=(theirs, ours), name="report-helper", daemon=True)
    gc.freeze()  # what is loaded stays shared: nobody looks through it for garbage
    process.start()
    theirs.close()
    try:
        yield Helper(ours, process.kill)
    finally:
        process.kill()
        process.join()
        ours.close()
        gc.unfreeze()


def _may_part() -> bool:
    alone = threading.active_count() == 1 and not multiprocessing.current_process().daemon
    return alone and sys.platform == "linux"


def _serve(connection: Connection, theirs: Connection) -> None:
    """Answer until nobody asks any more."""
    theirs.close()  # or it would never be seen that nobody is there
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is asked to stop ends this process
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(*_GONE):
        while True:
            connection.send(_answered(*connection.recv()))


def _answered(url: str, question: Callable[[Session], Any]) -> tuple[Any, Exception | None]:
    engine = open_engine(url, read_only=True)
    try:
        with Session(engine) as session:
            return question(session), None
    except Exception as error:  # noqa: BLE001  whoever asked is to hear of it
        return None, error
    finally:
        engine.dispose()
