"""Fetches a calendar that somebody publishes: one conditional GET, bounded in size and time, to where we may call."""

import ssl
from dataclasses import dataclass
from datetime import timedelta

import httpx

from channels.calling import Caller, CallFailedError
from channels.destinations import Resolve, resolve

WITHIN = timedelta(seconds=30)  # from the first name to the last byte, redirects and all
MOST_BYTES = 2_000_000
HOPS = 4
_LONGEST_TAG = 500  # of what a server wants to be told the next time


class FeedError(Exception):
    """A feed could not be fetched; the sentence says why, and never repeats the address."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a server said of the version that it gave, to be asked for news of it."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fetched:
    text: str | None  # None: nothing is new
    seen: Seen


class FeedFetcher:
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

    async def fetch(self, url: str, seen: Seen = Seen()) -> Fetched:
        """Ask for what is new since `seen`. Raises FeedError."""
        try:
            async with self._caller.bounded():
                return await self._follow(url, seen)
        except CallFailedError as error:
            raise FeedError(str(error)) from error

    async def _follow(self, url: str, seen: Seen) -> Fetched:
        for _ in range(HOPS):
            async with self._caller.call("GET", url, headers=_headers(seen)) as response:
                if not response.has_redirect_location:  # 304 is a redirect to the library
                    return await _read(response, seen)
                url = str(httpx.URL(url).join(response.headers.get("location", "")))
        raise FeedError("the server redirects too often")


def _headers(seen: Seen) -> dict[str, str]:
    headers = {"Accept": "text/calendar, text/plain"}
    if seen.etag:
        headers["If-None-Match"] = seen.etag
    if seen.modified:
        headers["If-Modified-Since"] = seen.modified
    return headers


async def _read(response: httpx.Response, seen: Seen) -> Fetched:
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return Fetched(text=None, seen=seen)
    if not response.is_success:
        raise FeedError(f"the server answered {response.status_code}")
    content = bytearray()
    async for chunk in response.aiter_raw():
        content += chunk
        if len(content) > MOST_BYTES:
            raise FeedError(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise FeedError("it is no text in UTF-8") from error
    etag, modified = response.headers.get("etag"), response.headers.get("last-modified")
    return Fetched(text=text.replace("\x00", ""), seen=Seen(etag=_short(etag), modified=_short(modified)))


def _short(tag: str | None) -> str | None:
    return tag if tag and len(tag) <= _LONGEST_TAG else None
