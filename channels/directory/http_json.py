"""A directory behind a JSON endpoint of the institution, described in the desk file.

Only the configured host is asked: what is looked up goes into path or query, percent-encoded, and a redirect is an
error. The answer is bounded in time and size, and read by the paths that the desk file names.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

import httpx

from channels.contract import Deferred, RefusedByProvider
from channels.directory.contract import FIELDS, MOST_ENTRIES, Entry, entry_of
from channels.trust import publicly_trusted

SECONDS = 5.0
LARGEST_ANSWER = 256 * 1024  # bytes


@dataclass(frozen=True, kw_only=True)
class HttpSettings:
    url: str  # with {number}
    email_url: str | None = None  # with {email}; without it nobody is looked up by mailbox
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    entries: str = ""  # path to the person, or to the list of persons; empty: the answer itself
    paths: Mapping[str, str] = field(
        default_factory=dict
    )  # field → path within a person; left out, its own name


class HttpDirectory:
    def __init__(
        self,
        settings: HttpSettings,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._settings = settings
        self._transport = transport
        self._seconds = seconds
        self._host = httpx.URL(settings.url.partition("{")[0]).host

    async def find(self, *, number: str | None = None, email: str | None = None) -> tuple[Entry, ...]:
        if number is not None:
            url = self._settings.url.replace("{number}", quote(number, safe=""))
        elif self._settings.email_url is not None:
            url = self._settings.email_url.replace("{email}", quote(email or "", safe=""))
        else:
            return ()
        answer = await self._get(url)
        found = _at(answer, self._settings.entries)
        people = found if isinstance(found, list) else [found]
        entries = (self._entry(person) for person in people if isinstance(person, dict))
        answering = [each for entry in entries if (each := _answering(entry, number=number, email=email))]
        return tuple(answering[:MOST_ENTRIES])

    async def state(self) -> str:
        await self._get(self._settings.url.replace("{number}", "0"))
        return f"{self._host} answers."

    async def _get(self, url: str) -> Any:
        """Return the answer as JSON; None where the endpoint says 404: there is no such person."""
        try:
            async with (
                asyncio.timeout(self._seconds),
                httpx.AsyncClient(
                    verify=publicly_trusted(),
                    timeout=self._seconds,
                    trust_env=False,
                    follow_redirects=False,
                    transport=self._transport,
                ) as client,
                client.stream("GET", url, headers=dict(self._settings.headers)) as answer,
            ):
                self._must_answer(answer)
                content = b"" if answer.status_code == 404 else await self._content(answer)
        except (httpx.TimeoutException, TimeoutError) as error:
            raise Deferred(f"{self._host} did not answer within {self._seconds:g} seconds") from error
        except httpx.HTTPError as error:
            raise Deferred(f"{self._host} cannot be reached ({type(error).__name__})") from error
        if not content.strip():
            return None
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise RefusedByProvider(f"{self._host} does not answer in JSON", account_broken=True) from error

    def _must_answer(self, answer: httpx.Response) -> None:
        status = answer.status_code
        if status == 404 or 200 <= status < 300:
            return
        if status == 429 or status >= 500:
            raise Deferred(f"{self._host} answers {status}")
        if 300 <= status < 400:
            raise RefusedByProvider(f"{self._host} sends elsewhere ({status})", account_broken=True)
        raise RefusedByProvider(f"{self._host} refuses ({status})", code=str(status), account_broken=True)

    async def _content(self, answer: httpx.Response) -> bytes:
        content = b""
        async for chunk in answer.aiter_bytes():
            content += chunk
            if len(content) > LARGEST_ANSWER:
                raise RefusedByProvider(f"{self._host} answers with too much", account_broken=True)
        return content

    def _entry(self, person: Mapping[str, Any]) -> Entry:
        said = {name: _at(person, self._settings.paths.get(name, name)) for name in FIELDS}
        return entry_of(**said)


def _answering(entry: Entry, *, number: str | None, email: str | None) -> Entry | None:
    """Return the entry if it is of whom was asked for: an endpoint may pass over what it does not know, and list all."""
    if entry == Entry():
        return None
    if number is not None:
        return replace(entry, number=number) if entry.number in {None, number} else None
    return replace(entry, email=email) if entry.email in {None, email} else None


def _at(value: Any, path: str) -> Any:
    """Follow a path such as `data.items` or `people.0.name`; None where it leads nowhere."""
    for part in _parts(path):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def _parts(path: str) -> Iterator[str]:
    return (part for part in path.split(".") if part)
