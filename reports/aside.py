"""What is looked up aside, on a connection of its own, while the rows of a report are read.

Sums are made by the database. A server's cost us nothing but the wait, for which a thread will do; SQLite's are made by a helper where there is one.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Event
from typing import Any, TypeVar

from sqlalchemy import event
from sqlmodel import Session

from reports.helper import Helper
from tickets.ledger.database import open_engine

Found = TypeVar("Found")


class GivenUpError(Exception):
    """Nobody wants any more what was to be looked up."""


class Aside:
    """Looks things up one after the other, in the order in which they are asked for."""

    def __init__(self, thread: ThreadPoolExecutor, answer: Callable[[Callable[[Session], Any]], Any]) -> None:
        self._thread, self._answer = thread, answer

    def ask(self, question: Callable[[Session], Found]) -> Future[Found]:
        """Ask what a helper can be asked as well: a function of a module, perhaps with values."""
        return self._thread.submit(self._answer, question)


@contextmanager
def aside(session: Session, helper: Helper | None = None) -> Iterator[Aside]:
    """Look things up in the ledger that a session reads, by a helper or here. Who leaves with an error waits for no more than one statement."""
    url = session.get_bind().engine.url.render_as_string(hide_password=False)
    one = helper or _Here()
    thread = ThreadPoolExecutor(1, thread_name_prefix="report-aside")
    try:
        yield Aside(thread, partial(one.answer, url))
    finally:
        one.end()
        thread.shutdown(cancel_futures=True)


class _Here:
    """Answers in this process."""

    def __init__(self) -> None:
        self._given_up = Event()

    def answer(self, url: str, question: Callable[[Session], Found]) -> Found:
        engine = open_engine(url, read_only=True)
        event.listen(engine, "before_cursor_execute", self._go_on)
        try:
            with Session(engine) as session:
                return question(session)
        finally:
            engine.dispose()

    def end(self) -> None:
        self._given_up.set()

    def _go_on(self, *_statement: object) -> None:
        if self._given_up.is_set():
            raise GivenUpError
