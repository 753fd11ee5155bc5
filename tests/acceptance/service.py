"""The real service in a process of its own, to be started, killed and asked through its own doors.

service = Service(tmp_path, accounts=..., secrets=...)
await service.start()                    # ready when /readyz says so
service.kill()                           # SIGKILL; start() again on the same state
assert await service.stop() == 0         # SIGTERM
answer = await service.tanggap("report", "monthly", ...)
"""

import asyncio
import multiprocessing
import os
import shutil
import signal
import socket
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

import httpx

from tests.acceptance.child import command
from tests.standins.ports import free_port

SLUG = "itb-care-center"
ADDRESS = "carecenter@example.ac.id"  # of the desk's mailbox
ROOT = Path(__file__).parents[2]
READY_WITHIN = 100.0  # seconds, on a machine that has much else to do
STOPPED_WITHIN = 60.0  # seconds, as above
ENDED_WITHIN = 100.0  # seconds, a command
TOKEN = "acceptance-" + "t" * 32

T = TypeVar("T")
Command = Callable[[Sequence[str], str, Mapping[str, str]], None]

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["tests.acceptance.child", "tests.acceptance.warmed"])


@dataclass(frozen=True, kw_only=True)
class Done:
    """A command that has ended."""

    code: int
    output: str
    errors: str


@dataclass(kw_only=True)
class Service:
    folder: Path
    accounts: str = "{}"  # the desk's `accounts`, as YAML
    database_url: str | None = None  # left out: SQLite in the folder
    secrets: Mapping[str, str] = field(default_factory=dict)  # what the accounts name
    run: Command = command
    roles: str = "all"
    http_port: int = field(default_factory=free_port)
    smtp_port: int = field(default_factory=free_port)
    _process: BaseProcess | None = None
    _commands: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.desk.exists():
            shutil.copytree(ROOT / "desks" / SLUG, self.desk)
            self.changes_desk(lambda file: with_accounts(file, self.accounts))
        self.http = httpx.AsyncClient(
            base_url=self.url,
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=20,
            trust_env=False,
            # a service that was killed leaves connections behind which nobody answers any more
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def desk(self) -> Path:
        return self.folder / "desks" / SLUG

    def changes_desk(self, change: Callable[[str], str]) -> None:
        """Write the desk's file anew, before the service reads it."""
        path = self.desk / "desk.yaml"
        path.write_text(change(path.read_text()))

    def begins_with(self, database: Path) -> None:
        """Let its state be a copy of this SQLite file, instead of one that it has to make first."""
        (self.folder / "var").mkdir()
        shutil.copyfile(database, self.folder / "var" / "tanggap.db")

    def second_process(self, *, roles: str = "all") -> "Service":
        """Return another process of the same house, with doors of its own: on PostgreSQL alone."""
        assert self.database_url is not None
        return replace(self, roles=roles, http_port=free_port(), smtp_port=free_port(), _process=None)

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TANGGAP_")}
        own = {
            "TANGGAP_HTTP_PORT": str(self.http_port),
            "TANGGAP_WATCH_PORT": str(self.http_port),
            "TANGGAP_SMTP_PORT": str(self.smtp_port),
            "TANGGAP_API_TOKEN": TOKEN,
            "TANGGAP_DATABASE_URL": self.database_url or "",
        }
        return inherited | own | dict(self.secrets)

    @property
    def pid(self) -> int:
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    @property
    def output(self) -> str:
        return _read(self.folder / "output")

    @property
    def errors(self) -> str:
        return _read(self.folder / "errors")

    # -- its life -----------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start it, again too, and wait until it says that it is ready."""
        self.launch()
        end = time.monotonic() + READY_WITHIN
        while not await self.is_ready():
            assert self.is_running, f"the service ended with {self.exit_code}:\n{self.errors[-4000:]}"
            assert time.monotonic() < end, f"the service did not get ready:\n{self.errors[-4000:]}"
            await asyncio.sleep(0.1)

    def launch(self) -> None:
        assert not self.is_running
        self._process = _forks.Process(
            target=self.run,
            args=(("serve", "--roles", self.roles), str(self.folder), self.environment),
            daemon=True,
        )
        self._process.start()

    def kill(self) -> None:
        """Kill it here and now."""
        if self._process is not None:
            self._process.kill()
            self._process.join()

    async def stop(self, *, within: float = STOPPED_WITHIN) -> int:
        """Ask it to stop; its exit code. Fails if it takes too long."""
        assert self._process is not None
        os.kill(self.pid, signal.SIGTERM)
        return await self.ended(within=within)

    async def ended(self, *, within: float) -> int:
        """Wait until it has ended by itself; its exit code."""
        end = time.monotonic() + within
        while self.is_running:
            assert time.monotonic() < end, f"it runs after {within} seconds:\n{self.errors[-4000:]}"
            await asyncio.sleep(0.02)
        code = self.exit_code
        assert code is not None
        return code

    async def close(self) -> None:
        self.kill()
        await self.http.aclose()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.is_alive()

    @property
    def exit_code(self) -> int | None:
        return None if self._process is None else self._process.exitcode

    async def is_ready(self) -> bool:
        try:
            answer = await self.http.get("/readyz")
        except httpx.TransportError:
            return False
        if answer.status_code != 200:
            return False
        return self.roles == "workers" or _answers(self.smtp_port)

    # -- asking it ----------------------------------------------------------------------------------------------------

    async def tanggap(
        self, *arguments: str, within: float = ENDED_WITHIN, run: Callable[..., None] = command
    ) -> Done:
        """Run a command beside it, as an operator would, from the same folder."""
        number = next(self._commands)
        output, errors = f"output-{number}", f"errors-{number}"
        process = _forks.Process(
            target=run,
            args=(arguments, str(self.folder), {**self.environment, "COLUMNS": "200"}),
            kwargs={"files": (output, errors)},
            daemon=True,
        )
        process.start()
        await asyncio.to_thread(process.join, within)
        code = process.exitcode
        if code is None:
            process.kill()
        assert code is not None, f"{arguments} runs after {within} seconds"
        return Done(code=code, output=_read(self.folder / output), errors=_read(self.folder / errors))

    async def api(self, path: str, **query: str | int) -> Any:
        """Ask the JSON API."""
        answer = await self.http.get(f"/api/v1{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def act(self, number: int, act: str, **body: str | bool | None) -> httpx.Response:
        """Do something to a ticket through the API."""
        return await self.http.post(f"/api/v1/tickets/{number}/{act}", json=body)

    async def ticket(self, number: int) -> dict[str, Any]:
        return await self.api(f"/tickets/{number}")

    async def tickets(self, **query: str | int) -> list[dict[str, Any]]:
        return (await self.api("/tickets", **query))["items"]

    async def messages(self, **query: str | int) -> list[dict[str, Any]]:
        return (await self.api("/messages", **query))["items"]

    async def metric(self, name: str, **labels: str) -> float:
        """Return a metric's value, 0 if it has none yet."""
        for line in (await self.http.get("/metrics")).text.splitlines():
            if line.startswith(f"{name}{{") and all(
                f'{key}="{value}"' in line for key, value in labels.items()
            ):
                return float(line.rpartition(" ")[2])
        return 0.0

    async def until(self, ask: Callable[[], Awaitable[T]], *, within: float = 30.0) -> T:
        """Ask until the answer is worth something; that answer."""
        end = time.monotonic() + within
        while not (answer := await ask()):
            assert time.monotonic() < end, f"it did not come about, but {answer!r}:\n{self.errors[-4000:]}"
            await asyncio.sleep(0.05)
        return answer


def with_accounts(desk: str, accounts: str) -> str:
    """Return a desk file with other accounts."""
    before, found, rest = desk.partition("\naccounts:\n")
    assert found
    kept = rest.splitlines()
    while kept and kept[0].startswith(" "):
        kept.pop(0)
    return f"{before}\naccounts: {accounts}\n" + "\n".join(kept) + "\n"


def _answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""
