"""What is looked up aside: on a thread and a connection of its own, while the rows of a report are read.

Sums are made by the database, in which no interpreter is busy: so they cost the time of a second processor, not that of whoever waits.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

from sqlalchemy import Engine, event
from sqlmodel import Session

from tickets.ledger.database import open_engine

Found = TypeVar("Found")


class GivenUpError(Exception):
    """Nobody wants any more what was to be looked up."""


class Aside:
    """Looks things up one after the other, in the order in which they are asked for."""

    def __init__(self, thread: ThreadPoolExecutor, engine: Engine) -> None:
        self._thread, self._engine = thread, engine

    def ask(self, question: Callable[[Session], Found]) -> Future[Found]:
        def answer() -> Found:
            with Session(self._engine) as session:
                return question(session)

        return self._thread.submit(answer)


@contextmanager
def aside(session: Session) -> Iterator[Aside]:
    """Look things up in the ledger that a session reads. Who leaves with an error waits for no more than one statement."""
    given_up = Event()
    url = session.get_bind().engine.url.render_as_string(hide_password=False)
    engine = open_engine(url, read_only=True)

    @event.listens_for(engine, "before_cursor_execute")
    def go_on(*_statement: object) -> None:
        if given_up.is_set():
            raise GivenUpError

    thread = ThreadPoolExecutor(1, thread_name_prefix="report-aside")
    try:
        yield Aside(thread, engine)
    finally:
        given_up.set()
        thread.shutdown(cancel_futures=True)
        engine.dispose()
