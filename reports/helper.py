"""A second process beside the one that makes a report: it looks up what needs no rows, and takes its share of the rows.

A report of very many tickets is work for a processor, and an interpreter uses one. The second process is parted from the first before
anything is opened in either, so it starts at once and shares what is loaded. Where there is none, what it would be asked is answered here.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Generic, Protocol, TypeVar

from sqlmodel import Session

from reports.errors import ReportError
from reports.garbage import seldom_collected
from tickets.ledger.database import open_engine

Found = TypeVar("Found")
Found_co = TypeVar("Found_co", covariant=True)
Question = Callable[[Session], Found]  # a function of a module, perhaps with values

_GONE = (EOFError, BrokenPipeError, ConnectionResetError)


class HelperGoneError(ReportError):
    """The process that helps to make the report has ended."""

    def __init__(self) -> None:
        super().__init__(str(self.__doc__))


class Answer(Protocol[Found_co]):
    def result(self) -> Found_co:
        """Wait for it; what the question raised is raised here. Raises HelperGoneError."""


class Answers(Protocol):
    """Whoever is asked what can be looked up beside the rows."""

    @property
    def is_apart(self) -> bool:
        """Whether it is another process, which can take its share of the rows."""

    def ask(self, question: Question[Found]) -> Answer[Found]:
        """Have it answered, each question after those that were asked before."""


class Here:
    """Answers in this process, on its own session, once the answer is wanted."""

    is_apart = False

    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, question: Question[Found]) -> Answer[Found]:
        return _Later(self._session, question)


class _Later(Generic[Found]):
    def __init__(self, session: Session, question: Question[Found]) -> None:
        self._session, self._question = session, question

    def result(self) -> Found:
        try:
            return self._question(self._session)
        finally:
            self._session.rollback()  # what follows may take longer than the database lets a question stay open


class Helper:
    """Answers in a process of its own."""

    is_apart = True

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._asked: deque[_Awaited[Any]] = deque()

    def ask(self, question: Question[Found]) -> Answer[Found]:
        answer = _Awaited[Found](self)
        self._asked.append(answer)
        try:
            self._connection.send(question)
        except _GONE as gone:
            raise HelperGoneError from gone
        return answer

    def receive(self) -> None:
        """Wait for the next answer."""
        try:
            self._asked.popleft().said = self._connection.recv()
        except _GONE as gone:
            raise HelperGoneError from gone


class _Awaited(Generic[Found]):
    """What has been asked of a helper: its answers come in the order of the questions."""

    def __init__(self, helper: Helper) -> None:
        self._helper = helper
        self.said: tuple[Found, None] | tuple[None, Exception] | None = None

    def result(self) -> Found:
        while self.said is None:
            self._helper.receive()
        found, error = self.said
        if error is not None:
            raise error
        return found  # type: ignore[return-value]


@contextmanager
def helper(database_url: str) -> Iterator[Helper | None]:
    """Have a helper for a ledger that is yet to be opened; it ends with the block.

    None where a process cannot be parted without danger: it has threads already, or a system whose libraries do not bear it, or is a
    daemon of `multiprocessing`, which may have none.
    """
    if not _may_part():
        yield None
        return
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe()
    process = forking.Process(
        target=_serve, args=(database_url, theirs, ours), name="report-helper", daemon=True
    )
    gc.freeze()  # what is loaded stays shared: nobody looks through it for garbage
    process.start()
    theirs.close()
    try:
        yield Helper(ours)
    finally:
        process.kill()
        process.join()
        ours.close()
        gc.unfreeze()


def _may_part() -> bool:
    alone = threading.active_count() == 1 and not multiprocessing.current_process().daemon
    return alone and sys.platform == "linux"


def _serve(database_url: str, connection: Connection, theirs: Connection) -> None:
    """Answer until nobody asks any more."""
    theirs.close()  # or it would never be seen that nobody is there
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is asked to stop ends this process
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    questions: SimpleQueue[Question[Any]] = SimpleQueue()
    answers: SimpleQueue[Any] = SimpleQueue()
    for target, queue in ((_hear, questions), (_tell, answers)):
        threading.Thread(target=target, args=(connection, queue), daemon=True).start()
    with seldom_collected():
        while True:
            answers.put(_said(database_url, questions.get()))


def _said(database_url: str, question: Question[Any]) -> tuple[Any, Exception | None]:
    engine = open_engine(database_url, read_only=True)
    try:
        with Session(engine) as session:
            return question(session), None
    except Exception as error:  # noqa: BLE001  whoever asked is to hear of it
        return None, error
    finally:
        engine.dispose()


def _hear(connection: Connection, questions: "SimpleQueue[Question[Any]]") -> None:
    """Take questions in while others are answered, so that nobody waits to ask; with whoever asks this process ends."""
    with suppress(*_GONE):
        while True:
            questions.put(connection.recv())
    os._exit(0)


def _tell(connection: Connection, answers: "SimpleQueue[Any]") -> None:
    """Hand answers out while the next are looked for: whoever asked takes a long one only once it is wanted."""
    try:
        while True:
            connection.send(answers.get())
    finally:
        os._exit(1)  # nobody is there, or it cannot be told: whoever waits sees that this process is gone
