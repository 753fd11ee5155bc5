"""Fitting in a process of its own: started, waited for, and ended with the service."""

import asyncio
import os
import pickle
import sys
from typing import Protocol

from bot.fitting.work import ANOTHER_DOES, DONE, LONGEST_SECONDS, Work

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
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, env=_environment(),
        )  # fmt: skip
        try:
            async with asyncio.timeout(self._seconds):
                _, said = await process.communicate(await asyncio.to_thread(pickle.dumps, work))
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


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _HANDED_ON if name in os.environ} | _ONE_CORE


def _why(code: int | None, said: bytes) -> str:
    if code is not None and code < 0:
        return f"the process was ended by signal {-code}"
    last = said.decode(errors="replace").strip().splitlines()[-1:]
    return last[0][:300] if last else f"the process ended with {code}"
