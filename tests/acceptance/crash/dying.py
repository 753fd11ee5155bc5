"""What runs in a besieged process: the command line, that dies at a named point of the message's way.

The product knows nothing of these points: from outside, a function of it is wrapped, before it is asked to serve.
"""

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from inspect import iscoroutinefunction
from itertools import count
from pathlib import Path
from typing import Any

import bot.cli.reconciling
import bot.serve
from bot.carrying.carriers import Carriers
from bot.receive import Receiver
from bot.wiring.service import Service
from channels.email.imap_in import _Bridge, _Mailbox
from channels.telegram import pacing
from tests.acceptance.child import command, hasty_command
from tickets.ledger import followers
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.ledger.writer import Writer

CLOCK = "clock-offset"  # the file, in the process's folder, that says how many seconds its clock is ahead

Pass = Callable[[], None]  # called whenever a point is passed
Arm = Callable[[Pass], None]
Names = Callable[[str], bool]


@dataclass(frozen=True, kw_only=True)
class Death:
    """Where a process dies, and the how-manieth time that it comes by from the moment on that it is told to."""

    point: str
    passage: int = 1
    told_by: str = "die"  # the file in its folder whose being there tells it


# -- how a point is watched -------------------------------------------------------------------------------------------


def _before(owner: Any, name: str) -> Arm:
    return lambda passes: _wrap(owner, name, before=passes)


def _after(owner: Any, name: str) -> Arm:
    return lambda passes: _wrap(owner, name, after=passes)


def _wrap(owner: Any, name: str, *, before: Pass = lambda: None, after: Pass = lambda: None) -> None:
    wrapped = getattr(owner, name)

    @wraps(wrapped)
    async def later(*arguments: Any, **named: Any) -> Any:
        before()
        result = await wrapped(*arguments, **named)
        after()
        return result

    @wraps(wrapped)
    def at_once(*arguments: Any, **named: Any) -> Any:
        before()
        result = wrapped(*arguments, **named)
        after()
        return result

    setattr(owner, name, later if iscoroutinefunction(wrapped) else at_once)


def _commit(job: str, *, committed: bool) -> Arm:
    """Watch the writer's transactions with a job of this name in them."""

    def arm(passes: Pass) -> None:
        settle, jobs = Writer._settle, []

        def noting(writer: Writer, batch: list[Any]) -> Any:
            jobs[:] = [waiting.name for waiting in batch]
            return settle(writer, batch)

        def passing() -> None:
            if job in jobs:
                passes()

        Writer._settle = noting  # type: ignore[method-assign]
        if committed:
            _wrap(Writer, "_transaction", after=passing)
        else:
            _wrap(Tx, "finish", after=passing)  # the last that is written before the commit

    return arm


OPENING = "opening, before it settles what was left"
POINTS: Mapping[str, Arm] = {
    OPENING: _before(Service, "settle_what_was_left"),
    "heard, nothing stored": _before(Receiver, "deliver"),
    "its files kept, before the transaction": _after(Ledger, "keep_files"),
    "taken in, before the commit": _commit("take_in", committed=False),
    "taken in, committed, nobody told": _commit("take_in", committed=True),
    "stored, before the acknowledgement": _after(Receiver, "deliver"),
    "mail stored, before its bookmark": _before(_Bridge, "set_bookmark"),
    "mail stored, before it is moved": _before(_Mailbox, "_move"),
    "mail moved": _after(_Mailbox, "_move"),
    "updates stored, before the offset": _before(Receiver, "set_bookmark"),
    "offset stored, before it is told": _after(Receiver, "set_bookmark"),
    "claimed, before the commit": _commit("claim", committed=False),
    "claimed, before it is sent": _commit("claim", committed=True),
    "sent, before it is written down": _after(Carriers, "carry"),
    "written down, before the commit": _commit("settle", committed=False),
    "written down": _commit("settle", committed=True),
    "receipt, before the commit": _commit("told", committed=False),
    "receipt stored, before the acknowledgement": _commit("told", committed=True),
    "answer of an agent, before the commit": _commit("api", committed=False),
    "answer of an agent, stored": _commit("api", committed=True),
    "follower, between write and cursor": _before(followers, "move"),
    "follower, committed": _commit("follow", committed=True),
    "clock due, before the commit": _commit("sweep", committed=False),
    "clock due, stamped": _commit("sweep", committed=True),
}
# Where the agents work in a group.
GROUP_POINTS: Mapping[str, Arm] = {
    "claimed for a group, before it is sent": _commit("claim_group", committed=True),
    "told to a group, before it is written down": _after(Carriers, "carry_load"),
    "told to a group, written down": _commit("settle", committed=True),
}


# -- the process ------------------------------------------------------------------------------------------------------


def besieged_command(
    arguments: Sequence[str],
    folder: str,
    environment: Mapping[str, str],
    *,
    death: Death | None = None,
    hasty: bool = False,
    files: tuple[str, str] = ("output", "errors"),
) -> None:
    """Run the command line as it is, but for its clock, the stand-ins' patience, and where it dies.

    The `hasty` one is the control: it acknowledges first, and stores some seconds later.
    """
    _prepare(folder)
    if death is not None:
        _die_at(death, Path(folder))
    if hasty:
        hasty_command(arguments, folder, environment)
    else:
        command(arguments, folder, environment, files=files)


def _prepare(folder: str) -> None:
    clock = _Clock(Path(folder) / CLOCK)
    for opened in ("open_house", "build"):
        _give_clock(opened, clock)
    bot.cli.reconciling.utc_now = clock
    # Stand-ins bear more than Telegram does, and a round is not to take hours for its sake.
    pacing.ALL_CHATS = pacing.Pace(every=0.001, burst=100)
    pacing.ONE_PERSON = pacing.Pace(every=0.01, burst=100)


def _give_clock(name: str, clock: Callable[[], datetime]) -> None:
    wrapped = getattr(bot.serve, name)
    setattr(bot.serve, name, lambda *arguments: wrapped(*arguments, clock=clock))


class _Clock:
    """The time of day, as far ahead of the true one as a file says just now."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self) -> datetime:
        try:
            ahead = float(self._file.read_text() or 0)
        except (FileNotFoundError, ValueError):
            ahead = 0.0
        return datetime.now(UTC) + timedelta(seconds=ahead)


def _die_at(death: Death, folder: Path) -> None:
    passages, told = count(1), folder / death.told_by

    def passes() -> None:
        if told.exists() and next(passages) == death.passage:
            os.kill(os.getpid(), signal.SIGKILL)

    {**POINTS, **GROUP_POINTS}[death.point](passes)
