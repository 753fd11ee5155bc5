"""Connections that are kept to a provider, over aiohttp: a call costs a tenth of what httpx does, a fourth of threads.

They are for addresses of our own configuration; what somebody else wrote is called by `calling`, which looks at it first.
"""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from channels.trust import publicly_trusted
from later import Later

if TYPE_CHECKING:
    import aiohttp
else:
    aiohttp = Later("aiohttp")

MOST = 32  # kept open


class Connections:
    """To one provider. Nothing is remembered between two calls but that they are open: no cookies."""

    def __init__(self, *, headers: Mapping[str, str] | None = None, by_proxies: bool = False) -> None:
        """`headers` go with every call; `by_proxies`: through those that the environment names."""
        self._headers = headers
        self._by_proxies = by_proxies
        self._session: aiohttp.ClientSession | None = None

    async def opened(self) -> "aiohttp.ClientSession":
        if self._session is None:
            await asyncio.to_thread(lambda: aiohttp.ClientSession)  # loaded aside, for it takes a while
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=MOST, ssl=publicly_trusted()),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=self._headers,
                trust_env=self._by_proxies,
            )
        return self._session

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()


def patience(seconds: float) -> "aiohttp.ClientTimeout":
    """Return how long is waited: to be connected, and again to be answered."""
    return aiohttp.ClientTimeout(connect=seconds, sock_read=seconds)


def is_before_anything_is_said(error: BaseException) -> bool:
    """Whether a call broke off before there was a connection, and its certificate was believed: surely not sent."""
    return isinstance(
        error, (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError, aiohttp.ConnectionTimeoutError)
    )
