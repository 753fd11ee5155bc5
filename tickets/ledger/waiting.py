"""Who waits for a job of the writer: a thread, or somebody on an event loop.

What is asked for in one turn of a loop is handed to the writer together, and what a transaction has settled is told to
a loop at once. To wake another thread for each message costs as much as several of its statements.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Generic, NamedTuple, TypeVar

Result = TypeVar("Result")


class Ahead(NamedTuple):
    """What jobs of one kind look for before any of them is run, for all that are run together; it changes nothing."""

    look: Callable[[Any, Sequence[Any]], None]  # given the transaction, and what each job is about
    about: Any


class Waiting(Generic[Result]):
    """One job, and whoever waits for it: on this loop, or on a thread where there is none."""

    __slots__ = ("ahead", "answer", "job", "loop", "name")

    def __init__(
        self,
        name: str,
        job: Callable[..., Result],
        loop: asyncio.AbstractEventLoop | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        self.name = name
        self.job = job
        self.loop = loop
        self.ahead = ahead
        self.answer: Any = Future() if loop is None else loop.create_future()

    def begins(self) -> bool:
        """Whether it is to be done: False if nobody waits any more."""
        if self.loop is None:
            return bool(self.answer.set_running_or_notify_cancel())
        return not self.answer.cancelled()


class Settled(Generic[Result]):
    """What came of a job: what it returned, or what it raised."""

    __slots__ = ("_error", "_result", "waiting")

    def __init__(
        self, waiting: Waiting[Result], result: Result | None = None, error: BaseException | None = None
    ) -> None:
        self.waiting = waiting
        self._result = result
        self._error = error

    def tell(self) -> None:
        answer = self.waiting.answer
        if answer.done():  # nobody waits any more
            return
        if self._error is None:
            answer.set_result(self._result)
        else:
            answer.set_exception(self._error)


def tell_all(settled: Iterable[Settled[Any]]) -> None:
    """Tell all who wait, those of a loop by one call."""
    of_loops: dict[asyncio.AbstractEventLoop, list[Settled[Any]]] = {}
    for each in settled:
        if each.waiting.loop is None:
            each.tell()
        else:
            of_loops.setdefault(each.waiting.loop, []).append(each)
    for loop, theirs in of_loops.items():
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(_tell_each, theirs)


def _tell_each(settled: Iterable[Settled[Any]]) -> None:
    for each in settled:
        each.tell()


class Callers:
    """Takes what is asked for on event loops, and hands over what comes in one turn of a loop together."""

    def __init__(self, hand_over: Callable[[Waiting[Any]], None]) -> None:
        self._hand_over = hand_over
        self._asked: dict[asyncio.AbstractEventLoop, list[Waiting[Any]]] = {}

    async def ask(self, name: str, job: Callable[..., Result], ahead: Ahead | None) -> Result:
        """Return what the job returns; raises what it raises."""
        loop = asyncio.get_running_loop()
        waiting = Waiting(name, job, loop, ahead)
        asked = self._asked.get(loop)
        if asked is None:
            self._asked[loop] = [waiting]
            loop.call_soon(self._pass_on, loop)
        else:
            asked.append(waiting)
        result: Result = await waiting.answer
        return result

    def _pass_on(self, loop: asyncio.AbstractEventLoop) -> None:
        for waiting in self._asked.pop(loop):
            self._hand_over(waiting)
