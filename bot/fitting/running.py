"""Fitting in a process of its own: started, waited for, and ended with the service."""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from typing import Protocol

from bot.fitting.work import ANOTHER_DOES, DONE, LONGEST_SECONDS, Work, pieces

_ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_HANDED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH")  # no secret


class FitFailedError(Exception):
    """No matcher came of it; the sentence says why."""


class AnotherFitsError(FitFailedError):
    """Another process is about it already."""


class Fitter(Protocol):
    async def fit(self, work: Work) -> None:
        """Put a fitted matcher on the shelf. Raises FitFailedError."""


class FitterApart:
    def __init__(self, *, seconds: float = LONGEST_SECONDS) -> None:
        self._seconds = seconds

    async def fit(self, work: Work) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-m", "bot.fitting.apart", stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, env=environment(),
        )  # fmt: skip
        try:
            async with asyncio.timeout(self._seconds):
                await _hand_over(work, process)
                _, said = await process.communicate()
        except TimeoutError as error:
            raise FitFailedError(f"it took longer than {self._seconds:.0f} seconds") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode == ANOTHER_DOES:
            raise AnotherFitsError(f"the matcher of {work.desk} is being fitted already")
        if process.returncode != DONE:
            raise FitFailedError(_why(process.returncode, said))


async def _hand_over(work: Work, process: Process) -> None:
    """Write the work to the process, piece by piece: whatever else this one does goes on in between."""
    to = process.stdin
    assert to is not None
    with suppress(BrokenPipeError, ConnectionResetError):  # it has ended; its code says how
        for piece in pieces(work):
            to.write(pickle.dumps(piece))
            await to.drain()
            await asyncio.sleep(0)


def environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _HANDED_ON if name in os.environ} | _ONE_CORE


def database_environment() -> dict[str, str]:
    """Hand on as well by which ways a client of PostgreSQL finds its server."""
    ways = {name: value for name, value in os.environ.items() if name.startswith("PG") or name == "HOME"}
    return environment() | ways


def _why(code: int | None, said: bytes) -> str:
    if code is not None and code < 0:
        return f"the process was ended by signal {-code}"
    last = said.decode(errors="replace").strip().splitlines()[-1:]
    return last[0][:300] if last else f"the process ended with {code}"
