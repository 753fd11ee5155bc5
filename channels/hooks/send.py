"""Takes one hook to its destination, once, and says how that went. Repeating is the outbox's business."""

import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

import httpx

from channels.calling import Caller, CallFailedError, asked_wait
from channels.destinations import Resolve, resolve
from channels.hooks import signature

WITHIN = timedelta(seconds=15)  # one try, from the name to the end of the answer
MOST_OF_ANSWER = 16 * 1024  # bytes that are read of an answer; nobody reads more of it
AGENT = "Tanggap-Webhook/1"


@dataclass(frozen=True, kw_only=True)
class Hook:
    """One message for a program outside."""

    id: str  # the same on every try: by it the receiver knows a repeat
    url: str
    secret: str
    body: bytes

    def __repr__(self) -> str:
        return f"Hook(id={self.id!r})"


@dataclass(frozen=True, kw_only=True)
class Try:
    """How one try went."""

    took: timedelta
    status: int | None = None  # None: there was no answer
    error: str | None = None  # why it counts as failed; None: the receiver has it
    wait: timedelta | None = None  # what the receiver asks for

    @property
    def gone(self) -> bool:
        """Whether the receiver says that it wants no more of these (410)."""
        return self.status == httpx.codes.GONE


class HookSender:
    def __init__(
        self,
        *,
        trusted: frozenset[str] = frozenset(),
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        within: timedelta = WITHIN,
    ) -> None:
        """`trusted`: hosts to which plain http and private addresses are allowed."""
        self._caller = Caller(within=within, trusted=trusted, resolve=resolve, tls=tls)

    async def send(self, hook: Hook, *, at: datetime) -> Try:
        """Try once. Never raises but for being cancelled."""
        began = monotonic()
        status: int | None = None
        wait: timedelta | None = None
        try:
            async with self._caller.bounded():
                answer = await self._post(hook, at)
        except CallFailedError as failed:
            error: str | None = str(failed)
        else:
            status, error, wait = answer.status_code, _refusal(answer), asked_wait(answer, at)
        return Try(took=timedelta(seconds=monotonic() - began), status=status, error=error, wait=wait)

    async def _post(self, hook: Hook, at: datetime) -> httpx.Response:
        headers = {
            **signature.headers(hook.secret, id=hook.id, body=hook.body, at=at),
            "Content-Type": "application/json",
            "User-Agent": AGENT,
        }
        async with self._caller.call("POST", hook.url, headers=headers, content=hook.body) as response:
            read = 0
            async for chunk in response.aiter_raw():
                read += len(chunk)
                if read > MOST_OF_ANSWER:
                    break
        return response


def _refusal(answer: httpx.Response) -> str | None:
    if answer.is_success:
        return None
    if answer.is_redirect:
        return "the receiver redirects, and redirects are not followed"
    return f"the receiver answered {answer.status_code}"
