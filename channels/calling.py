"""Calls a URL that somebody wrote, at the very address that was looked at (`channels/destinations`), and says what failed.

Each call has a client of its own: nothing of one server (cookies, connections) is left for another. Redirects are
handed back; whoever follows one calls again, so that the new URL is looked at like the first.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

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
from channels.trust import publicly_trusted

CONNECT_WITHIN = 5.0  # seconds, of each address
LONGEST_WAIT = timedelta(hours=6)  # of those that a server may ask for


class CallFailedError(Exception):
    """There was no answer; the sentence says why, and never repeats the URL, which may hold a secret of its own."""


class Caller:
    def __init__(
        self,
        *,
        within: timedelta,
        trusted: frozenset[str] = frozenset(),
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`trusted`: hosts to which plain http and private addresses are allowed."""
        self._within = within.total_seconds()
        self._trusted = trusted
        self._resolve = resolve
        self._tls = tls or publicly_trusted()

    @asynccontextmanager
    async def bounded(self) -> AsyncIterator[None]:
        """Bound what is called inside, from the first name to the last byte. Raises CallFailedError."""
        try:
            async with asyncio.timeout(self._within):
                yield
        except TimeoutError as error:
            raise CallFailedError(f"no answer within {self._within:.0f} seconds") from error
        except ForbiddenDestinationError as error:
            raise CallFailedError(str(error)) from error
        except (OSError, httpx.HTTPError, httpx.InvalidURL) as error:
            raise CallFailedError(_in_words(error)) from error

    @asynccontextmanager
    async def call(
        self, method: str, url: str, *, headers: Mapping[str, str], content: bytes | None = None
    ) -> AsyncIterator[httpx.Response]:
        """Give the answer with its body yet to be read; inside of `bounded`."""
        to = destination(url, self._trusted)
        addresses = allowed(await self._resolve(to.host, to.port), to=to)
        async with httpx.AsyncClient(
            verify=self._tls,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(self._within, connect=CONNECT_WITHIN),
        ) as client:
            response = await _sent(client, method, to, addresses, headers, content)
            try:
                yield response
            finally:
                await response.aclose()


async def _sent(
    client: httpx.AsyncClient,
    method: str,
    to: Destination,
    addresses: list[str],
    headers: Mapping[str, str],
    content: bytes | None,
) -> httpx.Response:
    """Call one address after the other under the name whose certificate is expected, until one can be reached."""

    def request(address: str) -> httpx.Request:
        return client.build_request(
            method, to.url.copy_with(host=address), content=content, extensions={"sni_hostname": to.host},
            headers={**headers, "Host": host_header(to), "Accept-Encoding": "identity"},
        )  # fmt: skip

    for address in addresses[:-1]:
        try:
            return await client.send(request(address), stream=True)
        except httpx.ConnectError:
            continue  # surely not sent: the host has another address
    return await client.send(request(addresses[-1]), stream=True)


def asked_wait(answer: httpx.Response, at: datetime) -> timedelta | None:
    """Return how long a server asks us to wait (Retry-After: seconds, or a date), within reason; None if it does not."""
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
    if isinstance(failure, socket.gaierror):
        return "the host's name cannot be resolved"
    if isinstance(failure, httpx.ConnectTimeout):
        return "no connection within the time"
    if isinstance(failure, httpx.ConnectError):
        return "no connection: refused, unreachable, or the certificate is not valid"
    if isinstance(failure, httpx.TimeoutException):
        return "no answer within the time"
    return f"the connection broke off ({type(failure).__name__})"
