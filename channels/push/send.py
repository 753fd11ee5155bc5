"""Takes one message to a browser's push service, once, and says how that went. Repeating is the outbox's business."""

import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from channels.calling import Caller, CallFailedError, asked_wait
from channels.destinations import Resolve, resolve
from channels.push.encryption import Subscription, closed
from channels.push.vapid import VapidKey

WITHIN = timedelta(seconds=10)
KEPT = timedelta(hours=4)  # for so long a push service holds a message for a browser that is away
_GONE = frozenset({httpx.codes.NOT_FOUND, httpx.codes.GONE})
_LATER = frozenset({httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS})


@dataclass(frozen=True, kw_only=True)
class Pushed:
    """How one try went."""

    error: str | None = None  # None: the push service has it
    gone: bool = False  # the browser takes nothing any more
    again: bool = False  # another try may do
    wait: timedelta | None = None  # what the push service asks for


class PushSender:
    def __init__(
        self,
        key: VapidKey,
        *,
        trusted: frozenset[str] = frozenset(),
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        within: timedelta = WITHIN,
    ) -> None:
        """`trusted`: hosts to which private addresses are allowed; of those that browsers name, none is."""
        self._key = key
        self._caller = Caller(within=within, trusted=trusted, resolve=resolve, tls=tls)

    async def push(self, message: bytes, to: Subscription, *, topic: str, at: datetime) -> Pushed:
        """Try once. A message waits at the push service until one of the same topic comes. Never raises but for being cancelled."""
        headers = {
            "Authorization": self._key.authorization(to.endpoint, at=at),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(KEPT.total_seconds())),
            "Topic": topic,
            "Urgency": "high",
        }
        try:
            async with (
                self._caller.bounded(),
                self._caller.call(
                    "POST", to.endpoint, headers=headers, content=closed(message, to)
                ) as answer,
            ):
                return _judged(answer, at)  # of its body nothing is read
        except CallFailedError as failed:
            return Pushed(error=str(failed), again=True)


def _judged(answer: httpx.Response, at: datetime) -> Pushed:
    if answer.is_success:
        return Pushed()
    return Pushed(
        error=f"the push service answered {answer.status_code}",
        gone=answer.status_code in _GONE,
        again=answer.is_server_error or answer.status_code in _LATER,
        wait=asked_wait(answer, at),
    )
