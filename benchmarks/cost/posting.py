"""WhatsApp's senders: so many at once, each posts one signed webhook after another and waits for its answer."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

import httptools
from twilio.request_validator import RequestValidator

from benchmarks.cost.office import PUBLIC_URL, SENDER, SID, SLUG, TOKEN

AT_ONCE = 64
_SIGNER = RequestValidator(TOKEN)


@dataclass(frozen=True, kw_only=True)
class Went:
    """How a number of messages fared."""

    seconds: float
    waits: Sequence[float]  # of each, in seconds

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds

    def percentile(self, share: float) -> float:
        return sorted(self.waits)[min(len(self.waits) - 1, int(len(self.waits) * share))]


def webhooks(first: int, count: int, *, texts: Sequence[str], contacts: int) -> list[bytes]:
    """Return what Twilio posts for as many messages, the numbers of which begin with `first`."""
    return [
        _request(number, texts[number % len(texts)], number % contacts)
        for number in range(first, first + count)
    ]


def _request(number: int, text: str, contact: int) -> bytes:
    fields = {
        "SmsMessageSid": f"SM{number:032x}", "NumMedia": "0", "ProfileName": f"Ana {contact}", "MessageType": "text",
        "SmsSid": f"SM{number:032x}", "WaId": f"62811{contact:07}", "SmsStatus": "received", "Body": text,
        "To": f"whatsapp:{SENDER}", "NumSegments": "1", "ReferralNumMedia": "0", "MessageSid": f"SM{number:032x}",
        "AccountSid": SID, "From": f"whatsapp:+62811{contact:07}", "ApiVersion": "2010-04-01",
    }  # fmt: skip
    path = f"/channels/whatsapp/{SLUG}"
    signature = _SIGNER.compute_signature(f"{PUBLIC_URL}{path}", fields)
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: tanggap.example.ac.id\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nX-Twilio-Signature: {signature}\r\nUser-Agent: TwilioProxy/1.1\r\n\r\n"
    )
    return head.encode() + body


async def post(
    port: int, requests: Sequence[bytes], *, at_once: int = AT_ONCE, again: float | None = None
) -> Went:
    """Post them all; what is turned away (503) so many seconds later again, if any are given.

    Raises RuntimeError if one is not answered with 200.
    """
    waits: list[float] = []
    coming = iter(requests)
    started = time.perf_counter()
    senders = [_Sender(coming, waits, again) for _ in range(min(at_once, len(requests)))]
    for sender in senders:
        await _connected(sender, port)
    await asyncio.gather(*(sender.done for sender in senders))
    return Went(seconds=time.perf_counter() - started, waits=waits)


async def _connected(sender: "_Sender", port: int) -> None:
    await asyncio.get_running_loop().create_connection(lambda: sender, "127.0.0.1", port)


class _Sender(asyncio.Protocol):
    """One connection that is kept."""

    def __init__(self, coming: Iterator[bytes], waits: list[float], again: float | None) -> None:
        self._coming = coming
        self._waits = waits
        self._again = again
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(RuntimeError(f"the service hung up: {exc}"))

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status == 503 and self._again is not None:
            asyncio.get_running_loop().call_later(self._again, self._send)
            return
        if status != 200:
            self.done.set_exception(RuntimeError(f"a webhook was answered with {status}"))
            return
        self._waits.append(time.perf_counter() - self._sent_at)
        self._next()

    def _next(self) -> None:
        request = next(self._coming, None)
        if request is None:
            self.done.set_result(None)
            self._transport.close()
            return
        self._request, self._sent_at = request, time.perf_counter()
        self._send()

    def _send(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._transport.write(self._request)
