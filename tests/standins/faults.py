"""What can go wrong between the desk and a provider's API, asked for one call at a time.

    provider.refuses(code=63016)              # the next message is refused with the provider's own code
    provider.throttles(retry_after=3)         # 429
    provider.breaks(500, after_taking=True)   # taken all the same
    provider.cuts(), provider.falls_silent(), provider.answers_garbage()
    provider.lets_pass(1)                     # before one of them: the first call goes well
    provider.breaks(500, on="media")          # another call than the one that sends

What no client should ever say is answered with a refusal and noted in `complaints`; a test ends with
`assert provider.complaints == []`.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.responses import HTMLResponse, PlainTextResponse, Response

SENDS = "create"  # the call that sends a message, at every provider


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What happens to one call instead of, or after, the right thing."""

    status: int = 500
    code: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    kind: Literal["answer", "silence", "cut", "garbage", "callback"] = "answer"
    after_taking: bool = False  # the message was taken all the same
    callback: str = ""  # the status that is told before the answer
    base_url: str | None = None


class RefusedError(Exception):
    """The request is answered like this, and nothing is taken."""

    def __init__(self, code: int, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class Faulty:
    """The side of a stand-in that fails as it is told to."""

    throttling_code = 0  # the provider's own for "too many requests"

    def __init__(self, calls: Iterable[str]) -> None:
        self.complaints: list[str] = []
        self._faults: dict[str, deque[Fault | None]] = {call: deque() for call in calls}
        self._over = asyncio.Event()

    def error(
        self, status: int, code: int, message: str, *, headers: dict[str, str] | None = None
    ) -> Response:
        """Answer in the provider's way that it went wrong."""
        raise NotImplementedError

    async def called_back(self, fault: Fault) -> Response:
        """Tell the last message's status before the answer to the call that sent it."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of all calls that were answered with silence."""
        self._over.set()

    # -- what a test asks for -----------------------------------------------------------------------------------------

    def lets_pass(self, calls: int = 1, *, on: str = SENDS) -> None:
        """Let so many calls go well before the next fault."""
        self._faults[on].extend([None] * calls)

    def refuses(self, *, code: int, status: int = 400, on: str = SENDS) -> None:
        self._faults[on].append(Fault(status=status, code=code))

    def throttles(self, *, retry_after: int | None = None, code: int | None = None, on: str = SENDS) -> None:
        headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
        self._faults[on].append(Fault(status=429, code=code or self.throttling_code, headers=headers))

    def breaks(self, status: int = 500, *, after_taking: bool = False, on: str = SENDS) -> None:
        """Answer with this status and something that is not JSON."""
        self._faults[on].append(Fault(status=status, after_taking=after_taking))

    def falls_silent(self, *, after_taking: bool = False, on: str = SENDS) -> None:
        """Never answer, until the stand-in is closed."""
        self._faults[on].append(Fault(kind="silence", after_taking=after_taking))

    def cuts(self, *, after_taking: bool = False, on: str = SENDS) -> None:
        """Close the connection in the middle of the answer."""
        self._faults[on].append(Fault(kind="cut", after_taking=after_taking))

    def answers_garbage(self, *, after_taking: bool = False, on: str = SENDS) -> None:
        """Answer with success and a page of HTML, as some proxy in between would."""
        self._faults[on].append(Fault(kind="garbage", after_taking=after_taking))

    def calls_back_early(self, status: str = "sent", *, base_url: str | None = None) -> None:
        """Take the message, and tell its status before the call that sends it is answered."""
        self._faults[SENDS].append(
            Fault(kind="callback", after_taking=True, callback=status, base_url=base_url)
        )

    # -- what becomes of a call ---------------------------------------------------------------------------------------

    async def answer(
        self, call: str, authenticate: Callable[[], None], take: Callable[[], Awaitable[Response]]
    ) -> Response:
        """Answer a call rightly, or as the test asked."""
        try:
            authenticate()
            fault = self._faults[call].popleft() if self._faults[call] else None
            if fault is None:
                return await take()
            if fault.after_taking:
                await take()
        except RefusedError as error:
            return self.error(error.status, error.code, str(error))
        return await self._fail(fault)

    def complaint(self, text: str, *, code: int) -> RefusedError:
        """Note what no client should ever say."""
        self.complaints.append(text)
        return RefusedError(code, text)

    async def _fail(self, fault: Fault) -> Response:
        if fault.kind == "silence":
            await self._over.wait()
            return PlainTextResponse("too late", status_code=503)
        if fault.kind == "cut":
            return _CutResponse()
        if fault.kind == "garbage":
            return HTMLResponse("<html>Please wait</html>", status_code=201)
        if fault.kind == "callback":
            return await self.called_back(fault)
        if fault.code is None:
            return PlainTextResponse("upstream failed", status_code=fault.status)
        return self.error(fault.status, fault.code, "as the test asked", headers=fault.headers)


class _CutResponse(Response):
    """Promises more than it brings, which makes the server close the connection."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"sid": "SM', "more_body": True})
