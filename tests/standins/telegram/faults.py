"""Answers on demand: what Telegram, or the line to it, does to a call when a test wants to see it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from tests.standins.telegram.checks import Refused

FILE = "file"  # the download of a file, as a method's name


@dataclass(kw_only=True, eq=False)
class Fault:
    kind: Literal["answer", "silence", "cut", "delay", "garbage"]
    refusal: Refused | None = None
    seconds: float = 0.0
    done: bool = False  # whether the server does what it was asked before the line fails
    times: int = 1
    place: Mapping[str, int] = field(default_factory=dict)  # the parameters with which alone it happens

    def befalls(self, asked: Mapping[str, Any]) -> bool:
        return all(str(asked.get(name)) == str(value) for name, value in self.place.items())


class Faults:
    """Per method a line of faults; each is used as many times as it says, then the method works again."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Fault]] = defaultdict(list)
        self._place: dict[str, int] = {}

    def only_in(self, chat: int, thread: int | None = None) -> Self:
        """Let the faults that are asked for from now on befall calls to this chat, or this topic, alone."""
        self._place = {"chat_id": chat} | ({} if thread is None else {"message_thread_id": thread})
        return self

    def throttles(self, method: str, *, retry_after: int, times: int = 1) -> None:
        """429: too many requests."""
        self.refuses(
            method,
            429,
            f"Too Many Requests: retry after {retry_after}",
            parameters={"retry_after": retry_after},
            times=times,
        )

    def refuses(
        self,
        method: str,
        status: int,
        description: str,
        *,
        parameters: Mapping[str, Any] | None = None,
        times: int = 1,
    ) -> None:
        refusal = Refused(description, status=status, parameters=parameters)
        self._add(method, Fault(kind="answer", refusal=refusal, times=times))

    def breaks(self, method: str, *, times: int = 1) -> None:
        """500, and nothing is done."""
        self.refuses(method, 500, "Internal Server Error", times=times)

    def says_nothing(self, method: str, *, done: bool = False, times: int = 1) -> None:
        """The line stays open and silent until the caller gives up."""
        self._add(method, Fault(kind="silence", done=done, times=times))

    def cuts(self, method: str, *, done: bool = False, times: int = 1) -> None:
        """The connection breaks before the answer."""
        self._add(method, Fault(kind="cut", done=done, times=times))

    def answers_late(self, method: str, *, seconds: float, times: int = 1) -> None:
        self._add(method, Fault(kind="delay", seconds=seconds, done=True, times=times))

    def answers_garbage(self, method: str, *, done: bool = False, times: int = 1) -> None:
        """A page of HTML, as a proxy in between would give."""
        self._add(method, Fault(kind="garbage", done=done, times=times))

    def _add(self, method: str, fault: Fault) -> None:
        fault.place = self._place
        self._waiting[method].append(fault)

    def mends(self, method: str) -> None:
        """Forget the faults that are still waiting."""
        self._waiting.pop(method, None)

    def take(self, method: str, asked: Mapping[str, Any]) -> Fault | None:
        waiting = self._waiting[method]
        fault = next((each for each in waiting if each.befalls(asked)), None)
        if fault is None:
            return None
        fault.times -= 1
        if fault.times <= 0:
            waiting.remove(fault)
        return fault
