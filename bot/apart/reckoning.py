"""Reckoning in a process of its own what takes seconds: what a changed catalogue would do, which examples hurt.

The process is started for one function over plain values, steps back behind everything else on the machine, is given
no secret, and is ended with whoever waits for it. One at a time: who asks meanwhile waits.
"""

import asyncio
import pickle
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from bot.fitting.running import database_environment, environment
from bot.fitting.stepping_back import step_back

R = TypeVar("R")
LONGEST_SECONDS = 120.0
_NO_WAY_OUT = dict.fromkeys(
    ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9"
)  # nobody listens there


class ReckoningError(Exception):
    """Nothing came of it; the sentence says why, without what was reckoned with."""


class Reckoner:
    def __init__(
        self,
        *,
        seconds: float = LONGEST_SECONDS,
        memory: int | None = None,
        network: bool = True,
        database: bool = False,
    ) -> None:
        """Give each process so many bytes of memory at most; without a network its clients find no way out.

        One that opens the database is told by which ways a client of PostgreSQL finds it.
        """
        self._seconds = seconds
        self._memory = memory
        own = database_environment() if database else environment()
        self._environment = {**own, **({} if network else _NO_WAY_OUT)}
        self._one = asyncio.Semaphore(1)

    async def __call__(self, call: Callable[..., R], *args: Any) -> R:
        """Raises ReckoningError."""
        async with self._one:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-m", "bot.apart.reckoning", *([str(self._memory)] if self._memory else []),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
                env=self._environment,
            )  # fmt: skip
            try:
                async with asyncio.timeout(self._seconds):
                    out, _ = await process.communicate(await asyncio.to_thread(pickle.dumps, (call, args)))
            except TimeoutError as error:
                raise ReckoningError(f"it took longer than {self._seconds:.0f} seconds") from error
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode != 0:
            raise ReckoningError(f"the process ended with {process.returncode}")
        found: R = await asyncio.to_thread(pickle.loads, out)  # of the process that was started here
        return found


def main() -> int:
    """Do what stands on standard input, and write what came of it."""
    step_back(memory=next(map(int, sys.argv[1:]), None))
    call, args = pickle.load(sys.stdin.buffer)  # noqa: S301  from the process that started this one
    sys.stdout.buffer.write(pickle.dumps(call(*args)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
