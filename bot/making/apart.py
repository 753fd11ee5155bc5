"""The process in which a file is made: started for one, steps back behind everything else, and ends with it.

Making hundreds of thousands of rows takes a processor for a minute; in the process that takes messages in, each of them
would wait. What it needs comes by standard input, for the database's password may be in it; how far it is goes out.
"""

import asyncio
import pickle
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from bot.fitting.running import database_environment
from bot.fitting.stepping_back import step_back
from bot.heap import one_heap
from reports.garbage import seldom_collected
from reports.making.work import Made, Refused, Task, done
from reports.progress import Progress, Tell

LONGEST_SECONDS = 4 * 3600.0
MOST_MEMORY = 4_000_000_000  # of one report, whose pictures may unpack to anything
_LENGTH = struct.Struct(">I")


class BrokenOffError(Exception):
    """The process ended without a word of what came of it."""


class MakesFiles(Protocol):
    async def __call__(self, task: Task, hear: Tell) -> Made | Refused:
        """Make a file where it keeps nobody waiting. Raises BrokenOffError."""


async def in_a_process(task: Task, hear: Tell) -> Made | Refused:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-m", "bot.making.apart", stdin=PIPE, stdout=PIPE, env=database_environment()
    )
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            return await _heard(process, task, hear)
    except (TimeoutError, asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError) as error:
        raise BrokenOffError(str(error)) from error
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        await process.wait()


async def in_a_thread(task: Task, hear: Tell) -> Made | Refused:
    """Make it in this process, for a house that has no other."""
    return await asyncio.to_thread(done, task, hear)


async def _heard(process: Process, task: Task, hear: Tell) -> Made | Refused:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(await asyncio.to_thread(pickle.dumps, task))
    await process.stdin.drain()
    process.stdin.close()
    while True:
        (length,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
        said = pickle.loads(await process.stdout.readexactly(length))  # noqa: S301  from the process that was started here
        if not isinstance(said, Progress):
            outcome: Made | Refused = said
            return outcome
        hear(said)


def _saying(write: Callable[[bytes], Any], flush: Callable[[], Any]) -> Callable[[object], None]:
    def say(value: object) -> None:
        content = pickle.dumps(value)
        write(_LENGTH.pack(len(content)) + content)
        flush()

    return say


def main() -> int:
    """Make what stands on standard input, and say how far it is, and what came of it."""
    step_back(memory=MOST_MEMORY)
    out, sys.stdout = sys.stdout, sys.stderr
    say = _saying(out.buffer.write, out.buffer.flush)
    task: Task = pickle.load(sys.stdin.buffer)  # noqa: S301  from the process that started this one
    one_heap()
    with seldom_collected():
        say(done(task, say))
    return 0


if __name__ == "__main__":
    sys.exit(main())
