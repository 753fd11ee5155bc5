"""A server in a process of its own, watched from outside: what it takes to start, and what it holds."""

import http.client
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTS_WITHIN = 300.0  # seconds, on a machine that has much else to do
STOPS_WITHIN = 60.0
_LOOKED = 0.01
_TICKS = os.sysconf("SC_CLK_TCK")
_KB, _MB = 1024, 1_000_000


@dataclass(frozen=True, kw_only=True)
class Held:
    """Memory of a process, MB."""

    resident: float
    shared_out: float  # what is shared is counted by halves, thirds … (PSS)
    own: float  # what would be free again without it (USS)


@dataclass(frozen=True, kw_only=True)
class Served:
    process: subprocess.Popen[bytes]
    port: int
    waited: float  # seconds from its start until all paths answered with 200
    worked: float  # seconds of a processor until then, over all threads

    def worked_until_now(self) -> float:
        return worked(self.process.pid)

    def held(self) -> Held:
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()[1:]
        of = {
            name: int(rest.split()[0]) * _KB / _MB
            for name, _, rest in (line.partition(":") for line in lines)
        }
        return Held(resident=of["Rss"], shared_out=of["Pss"], own=of["Private_Clean"] + of["Private_Dirty"])


@contextmanager
def served(
    command: Sequence[str | Path],
    *,
    port: int,
    until: Sequence[str],
    environment: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Start a command, and wait until it answers on every path of `until`; ends it."""
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}
        )  # fmt: skip
        try:
            for path in until:
                while not _answers(port, path):
                    if process.poll() is not None or time.perf_counter() - began > STARTS_WITHIN:
                        said.seek(0)
                        raise RuntimeError(f"it does not serve: {said.read().decode()}")
                    time.sleep(_LOOKED)
            waited = time.perf_counter() - began
            yield Served(process=process, port=port, waited=waited, worked=worked(process.pid))
        finally:
            process.terminate()
            process.wait(STOPS_WITHIN)


def _answers(port: int, path: str) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=STARTS_WITHIN)
    try:
        asked.request("GET", path)
        return asked.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        asked.close()


def worked(pid: int) -> float:
    """Return the seconds of a processor that a process has taken until now, over all threads."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / _TICKS
