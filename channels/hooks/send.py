"""Takes one hook to its destination, once, and says how that went. Repeating is the outbox's business."""

import asyncio
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

import httpx

from channels.destinations import (
    Destination,
    ForbiddenDestinationError,
    Resolve,
    allowed,
    destination,
    host_header,
    resolve,
)
from channels.hooks import signature

WITHIN = timedelta(seconds=15)  # one try, from the name to the end of the answer
CONNECT_WITHIN = 5.0  # seconds
MOST_OF_ANSWER = 16 * 1024  # bytes that are read of an answer; nobody reads more of it
LONGEST_WAIT = timedelta(hours=6)  # of those that a receiver may ask for
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
        self._trusted = trusted
        self._resolve = resolve
        self._tls = tls or httpx.create_ssl_context()
        self._within = within

    async def send(self, hook: Hook, *, at: datetime) -> Try:
        """Try once. Never raises but for being cancelled."""
        began = monotonic()
        status: int | None = None
        error: str | None = None
        wait: timedelta | None = None
        try:
            async with asyncio.timeout(self._within.total_seconds()):
                answer = await self._post(hook, at)
        except TimeoutError:
            error = f"no answer within {self._within.total_seconds():.0f} seconds"
        except ForbiddenDestinationError as forbidden:
            error = str(forbidden)
        except (OSError, httpx.HTTPError, httpx.InvalidURL) as failure:
            error = _in_words(failure)
        else:
            status, error, wait = answer.status_code, _refusal(answer), _asked_wait(answer, at)
        return Try(took=timedelta(seconds=monotonic() - began), status=status, error=error, wait=wait)

    async def _post(self, hook: Hook, at: datetime) -> httpx.Response:
        to = destination(hook.url, self._trusted)
        addresses = allowed(await self._resolve(to.host, to.port), to=to)
        headers = {
            **signature.headers(hook.secret, id=hook.id, body=hook.body, at=at),
            "Host": host_header(to),
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "Accept-Encoding": "identity",
        }
        # A client for each try: nothing of one receiver (cookies, connections) is left for another.
        async with httpx.AsyncClient(
            verify=self._tls,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(self._within.total_seconds(), connect=CONNECT_WITHIN),
        ) as client:
            for address in addresses[:-1]:
                try:
                    return await _exchange(client, to, address, headers, hook.body)
                except httpx.ConnectError:
                    continue  # surely not sent: the host has another address
            return await _exchange(client, to, addresses[-1], headers, hook.body)


async def _exchange(
    client: httpx.AsyncClient, to: Destination, address: str, headers: dict[str, str], body: bytes
) -> httpx.Response:
    """Call the address that was looked at, under the name whose certificate is expected."""
    request = client.build_request(
        "POST", to.url.copy_with(host=address), headers=headers, content=body,
        extensions={"sni_hostname": to.host},
    )  # fmt: skip
    response = await client.send(request, stream=True)
    try:
        read = 0
        async for chunk in response.aiter_raw():
            read += len(chunk)
            if read > MOST_OF_ANSWER:
                break
    finally:
        await response.aclose()
    return response


def _refusal(answer: httpx.Response) -> str | None:
    if answer.is_success:
        return None
    if answer.is_redirect:
        return "the receiver redirects, and redirects are not followed"
    return f"the receiver answered {answer.status_code}"


def _asked_wait(answer: httpx.Response, at: datetime) -> timedelta | None:
    """Read Retry-After: seconds, or a date."""
    given = answer.headers.get("retry-after", "").strip()
    if answer.is_success or not given:
        return None
    if given.isdecimal():
        return min(timedelta(seconds=int(given[:9])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(given)
    except ValueError:
        return None
    wait = until.replace(tzinfo=until.tzinfo or UTC) - at
    return min(max(wait, timedelta()), LONGEST_WAIT)


def _in_words(failure: Exception) -> str:
    """Say what failed without repeating the URL, which may hold a secret of its own."""
    if isinstance(failure, socket.gaierror):
        return "the host's name cannot be resolved"
    if isinstance(failure, httpx.ConnectTimeout):
        return "no connection within the time"
    if isinstance(failure, httpx.ConnectError):
        return "no connection: refused, unreachable, or the certificate is not valid"
    if isinstance(failure, httpx.TimeoutException):
        return "no answer within the time"
    return f"the connection broke off ({type(failure).__name__})"
