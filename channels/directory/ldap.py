"""A directory behind LDAP, asked by simple bind and search.

The messages are packed and read by sansldap, which does no I/O of its own; the connection is asyncio's, and its
certificate is checked by OpenSSL against the host's name or address. A filter is built of values and never of text, so
that nothing a contact wrote can change it. Every question has a connection of its own, one deadline over all of it, and
a bound on what is read.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from sansldap import (
    BindResponse,
    ExtendedOperations,
    ExtendedResponse,
    FilterAnd,
    FilterEquality,
    FilterOr,
    FilterPresent,
    LDAPClient,
    LDAPError,
    LDAPFilter,
    LDAPMessage,
    LDAPResult,
    LDAPResultCode,
    SearchResultDone,
    SearchResultEntry,
    SearchScope,
)

from channels.contract import Deferred, RefusedByProvider
from channels.directory.contract import MOST_ENTRIES, Entry, entry_of, first_of

SECONDS = 5.0  # for one question, from the connection to the last entry
LARGEST_ANSWER = 256 * 1024  # bytes
PORTS = {"ldap": 389, "ldap+starttls": 389, "ldaps": 636}
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "number": ("employeeNumber", "uid"),
    "name": ("cn",),
    "email": ("mail",),
    "unit": ("ou", "departmentNumber"),
    "status": ("employeeType",),
}
# It may be otherwise in a while; anything else that is no success is a mistake in the settings.
_PASSING = {
    LDAPResultCode.BUSY, LDAPResultCode.UNAVAILABLE, LDAPResultCode.TIME_LIMIT_EXCEEDED, LDAPResultCode.OTHER,
}  # fmt: skip

Answer = TypeVar("Answer", bound=LDAPMessage)


@dataclass(frozen=True, kw_only=True)
class LdapSettings:
    url: str  # ldaps://host, ldap+starttls://host, ldap://host
    base: str  # the DN to search below
    bind_dn: str | None = None
    password: str | None = field(default=None, repr=False)
    filter: str | None = None  # who counts at all, beside the number or mailbox that is asked for
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: ATTRIBUTES)
    ca: Path | None = None  # certificates of the authority, where it is none that the machine knows


class LdapDirectory:
    def __init__(self, settings: LdapSettings, *, seconds: float = SECONDS) -> None:
        url = urlsplit(settings.url)
        self._settings = settings
        self._scheme = url.scheme
        self._host = url.hostname or ""
        self._port = url.port or PORTS[url.scheme]
        self._seconds = seconds

    async def find(self, *, number: str | None = None, email: str | None = None) -> tuple[Entry, ...]:
        about, value = ("number", number) if number is not None else ("email", email or "")
        wanted = _wanted(self._settings, about, value)
        async with self._connected() as session:
            return tuple([_entry(found, self._settings.attributes) async for found in session.search(wanted)])

    async def state(self) -> str:
        async with self._connected() as session:
            here = FilterPresent("objectClass")
            found = [entry async for entry in session.search(here, scope=SearchScope.BASE)]
        if not found:
            raise RefusedByProvider(f"nothing is found at {self._settings.base}", account_broken=True)
        return f"{self._host} answers below {self._settings.base}."

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator["_Session"]:
        """Connect, secure the connection, log in; whatever goes wrong leaves as one of the contract's two errors."""
        try:
            async with asyncio.timeout(self._seconds):
                session = await self._open()
                try:
                    await session.bind(self._settings.bind_dn, self._settings.password)
                    yield session
                finally:
                    session.close()
        except ssl.SSLCertVerificationError as error:
            says = f"the certificate of {self._host} is not trusted: {error.verify_message}"
            raise RefusedByProvider(says, account_broken=True) from error
        except TimeoutError as error:
            raise Deferred(f"{self._host} did not answer within {self._seconds:g} seconds") from error
        except (OSError, EOFError) as error:
            raise Deferred(f"{self._host} cannot be reached ({type(error).__name__})") from error
        except LDAPError as error:
            raise Deferred(f"{self._host} does not speak LDAP as expected") from error

    async def _open(self) -> "_Session":
        tls = self._tls() if self._scheme == "ldaps" else None
        reader, writer = await asyncio.open_connection(self._host, self._port, ssl=tls, limit=LARGEST_ANSWER)
        session = _Session(reader, writer, base=self._settings.base, host=self._host)
        if self._scheme == "ldap+starttls":
            try:
                await session.start_tls(self._tls(), self._host)
            except BaseException:
                session.close()
                raise
        return session

    def _tls(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self._settings.ca)
        except (OSError, ssl.SSLError) as error:
            raise RefusedByProvider(
                f"there are no certificates in {self._settings.ca}", account_broken=True
            ) from error


class _Session:
    """One connection, and the questions asked on it one after another."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, base: str, host: str
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._base = base
        self._host = host
        self._client = LDAPClient()
        self._read = 0

    async def start_tls(self, tls: ssl.SSLContext, host: str) -> None:
        self._client.extended_request(ExtendedOperations.LDAP_START_TLS.value)
        answer = await self._answer(ExtendedResponse)
        self._must_succeed(answer.result, "StartTLS")
        await self._writer.start_tls(tls, server_hostname=host)
        self._client = LDAPClient()  # whatever was said unprotected is forgotten
        if await self._has_heard():
            raise LDAPError("something was said before the connection was secure")

    async def bind(self, dn: str | None, password: str | None) -> None:
        if dn is None:
            return  # an anonymous search needs no bind
        self._client.bind_simple(dn, password or "")
        answer = await self._answer(BindResponse)
        self._must_succeed(answer.result, "the login")

    async def search(
        self, wanted: LDAPFilter, *, scope: SearchScope = SearchScope.SUBTREE
    ) -> AsyncIterator[SearchResultEntry]:
        self._client.search_request(
            self._base, scope=scope, size_limit=MOST_ENTRIES, time_limit=int(SECONDS), filter=wanted
        )
        async for message in self._messages():
            if isinstance(message, SearchResultEntry):
                yield message
            elif isinstance(message, SearchResultDone):
                if message.result.result_code is not LDAPResultCode.SIZE_LIMIT_EXCEEDED:
                    self._must_succeed(message.result, "the search")
                return

    def close(self) -> None:
        """Hang up at once; who hangs up need not say so."""
        self._writer.transport.abort()

    async def _has_heard(self) -> bool:
        """Whether there is something to read already: a server speaks only when it is asked."""
        try:
            async with asyncio.timeout(0):
                await self._reader.read(1)
        except TimeoutError:
            return False
        return True

    async def _answer(self, kind: type[Answer]) -> Answer:
        async for message in self._messages():
            if isinstance(message, kind):
                return message
            break
        raise LDAPError(f"expected {kind.__name__}")

    async def _messages(self) -> AsyncIterator[LDAPMessage]:
        self._writer.write(self._client.data_to_send())
        await self._writer.drain()
        while True:
            data = await self._reader.read(16 * 1024)
            self._read += len(data)
            if not data:
                raise EOFError
            if self._read > LARGEST_ANSWER:
                raise RefusedByProvider(f"{self._host} answers with too much", account_broken=True)
            for message in self._received(data):
                yield message

    def _received(self, data: bytes) -> list[LDAPMessage]:
        try:
            return self._client.receive(data)
        except IndexError as error:  # what a length in the answer promised is not there
            raise LDAPError("malformed") from error

    def _must_succeed(self, result: LDAPResult, what: str) -> None:
        code = result.result_code
        if code is LDAPResultCode.SUCCESS:
            return
        name = getattr(code, "name", str(code)).lower().replace("_", " ")
        if code in _PASSING:
            raise Deferred(f"{self._host} puts {what} off ({name})")
        raise RefusedByProvider(f"{self._host} refuses {what} ({name})", code=name, account_broken=True)


def _wanted(settings: LdapSettings, about: str, value: str) -> LDAPFilter:
    asked: list[LDAPFilter] = [
        FilterEquality(attribute, value.encode()) for attribute in settings.attributes[about]
    ]
    one = FilterOr(asked) if len(asked) > 1 else asked[0]
    return FilterAnd([LDAPFilter.from_string(settings.filter), one]) if settings.filter else one


def _entry(found: SearchResultEntry, attributes: Mapping[str, Sequence[str]]) -> Entry:
    values = {each.name.casefold(): each.values for each in found.attributes}
    said: dict[str, object] = {name: first_of(_texts(values, wanted)) for name, wanted in attributes.items()}
    return entry_of(**said)


def _texts(values: Mapping[str, Sequence[bytes]], wanted: Sequence[str]) -> Iterator[str]:
    for attribute in wanted:
        yield from (value.decode("utf-8", "replace") for value in values.get(attribute.casefold(), ()))
