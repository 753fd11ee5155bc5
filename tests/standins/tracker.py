"""Stands in for a team's tracker, or any receiver of webhooks: checks each signature by itself, and fails as it is told.

    async with running_tracker(SECRET) as tracker:
        ... url=tracker.url ...
        tracker.taken[-1].body["type"]
        await tracker.tells(client, "itb-care-center", "edunex", "issue.created", {"ticket": 1, …})

Faults are asked for one call at a time: `tracker.answers(500)`, `tracker.falls_silent()`, `tracker.cuts()`,
`tracker.is_slow(seconds)`, `tracker.rambles()`. What is not signed as the specification says is answered with 401 and
noted in `tracker.complaints`; a test ends with `assert tracker.complaints == []`.
"""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import itertools
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One message that was signed as it should be."""

    id: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Fault:
    act: Callable[[asyncio.StreamWriter], Awaitable[None]]
    takes: bool  # the message was taken all the same


@dataclass(kw_only=True)
class Tracker:
    secret: str
    url: str = ""
    clock: Callable[[], float] = time.time
    taken: list[Taken] = field(default_factory=list)
    calls: int = 0
    complaints: list[str] = field(default_factory=list)
    _faults: deque[Fault] = field(default_factory=deque)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _hearing: set[asyncio.Task[Any]] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def types(self) -> list[str]:
        return [taken.body["type"] for taken in self.taken]

    # -- how it fails -------------------------------------------------------------------------------------------------

    def answers(self, status: int, *, times: int = 1, **headers: str) -> None:
        """Answer with a status; what was brought is not taken."""
        for _ in range(times):
            self._fails(lambda writer: _answer(writer, status, headers), takes=False)

    def cuts(self) -> None:
        """Take the message, and close the connection before there is an answer."""
        self._fails(_cut, takes=True)

    def falls_silent(self) -> None:
        """Take the message and never answer."""
        self._fails(lambda _writer: self._until_over(), takes=True)

    def is_slow(self, seconds: float) -> None:
        self._fails(lambda writer: self._slowly(writer, seconds), takes=True)

    def rambles(self) -> None:
        """Answer 200 with a body that does not end."""
        self._fails(self._endless, takes=True)

    def _fails(self, act: Callable[[asyncio.StreamWriter], Awaitable[None]], *, takes: bool) -> None:
        self._faults.append(Fault(act=act, takes=takes))

    # -- what it says -------------------------------------------------------------------------------------------------

    def signed(self, body: bytes, *, id: str | None = None, at: float | None = None) -> dict[str, str]:  # noqa: A002
        """Return the headers of a message of its own."""
        name = id or f"report_{next(self._numbers)}"
        timestamp = str(int(self.clock() if at is None else at))
        return {
            "webhook-id": name,
            "webhook-timestamp": timestamp,
            "webhook-signature": f"v1,{_signature(self.secret, name, timestamp, body)}",
            "content-type": "application/json",
        }

    async def tells(
        self, client: httpx.AsyncClient, desk: str, team: str, kind: str, data: dict[str, Any], **signing: Any
    ) -> httpx.Response:
        body = json.dumps({"type": kind, "data": data}).encode()
        return await client.post(f"/hooks/{desk}/{team}", content=body, headers=self.signed(body, **signing))

    # -- how it takes -------------------------------------------------------------------------------------------------

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._hearing.add(task)
        task.add_done_callback(self._hearing.discard)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {
                name.lower(): value.strip()
                for name, _, value in (line.partition(":") for line in head[1:] if line)
            }
            body = await reader.readexactly(int(headers["content-length"]))
            self.calls += 1
            await self._take(headers, body, writer)
        writer.close()

    async def _take(self, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter) -> None:
        complaint = self._wrong(headers, body)
        if complaint:
            self.complaints.append(complaint)
            await _answer(writer, 401, {})
            return
        fault = self._faults.popleft() if self._faults else None
        if fault is None or fault.takes:
            self.taken.append(Taken(id=headers["webhook-id"], headers=headers, body=json.loads(body)))
        await (_answer(writer, 204, {}) if fault is None else fault.act(writer))

    def _wrong(self, headers: dict[str, str], body: bytes) -> str | None:
        name, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        expected = f"v1,{_signature(self.secret, name, timestamp, body)}"
        if expected not in headers.get("webhook-signature", "").split():
            return "signature"
        return "timestamp" if abs(self.clock() - int(timestamp)) > 300 else None

    async def _until_over(self) -> None:
        await self._over.wait()

    async def _slowly(self, writer: asyncio.StreamWriter, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), seconds)
        await _answer(writer, 200, {})

    async def _endless(self, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not self._over.is_set():
            writer.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")
            await writer.drain()

    async def stop(self) -> None:
        """Let every call that still hangs end."""
        self._over.set()
        if self._hearing:
            await asyncio.wait(self._hearing, timeout=2)


@contextlib.asynccontextmanager
async def running_tracker(secret: str, *, clock: Callable[[], float] = time.time) -> AsyncIterator[Tracker]:
    """Yield a tracker that listens on the loopback."""
    tracker = Tracker(secret=secret, clock=clock)
    server = await asyncio.start_server(tracker.hear, "127.0.0.1", 0)
    tracker.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/issues"
    async with server:
        try:
            yield tracker
        finally:
            await tracker.stop()


def _signature(secret: str, name: str, timestamp: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(
        hmac.new(key, f"{name}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    ).decode()


async def _answer(writer: asyncio.StreamWriter, status: int, headers: dict[str, str]) -> None:
    lines = [f"HTTP/1.1 {status} Said", "Content-Length: 0", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    await writer.drain()


async def _cut(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()
