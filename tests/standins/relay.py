"""Stands in for a mail relay: takes mail as strictly as the standard allows, or fails at the stage a test chooses.

Written on bare streams and not on aiosmtpd, because a relay that greets with 421, cuts the line after the final dot or
falls silent in the middle is what the tests are about.
"""

import asyncio
import base64
import contextlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import StrEnum


class Stage(StrEnum):
    CONNECT = "connect"
    HELLO = "hello"
    LOGIN = "login"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"  # the command
    END = "end"  # the final dot


CUT = "cut"  # instead of an answer: the connection goes
SILENT = "silent"  # instead of an answer: nothing


@dataclass(frozen=True, kw_only=True)
class Relayed:
    """A mail the relay took."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.raw, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass(kw_only=True)
class Relay:
    answers: dict[Stage, str] = field(default_factory=dict)  # an answer such as "550 5.1.1 No", CUT or SILENT
    login: tuple[str, str] | None = None  # user and password it wants
    bearer: tuple[str, Callable[[str], bool]] | None = None  # user it wants, and which access tokens are good
    mails: list[Relayed] = field(default_factory=list)
    tried: list[Relayed] = field(default_factory=list)  # those that arrived completely, accepted or not
    port: int = 0
    faults: list[str] = field(default_factory=list)  # what a strict relay holds against the client
    greeted: int = 0  # connections, until now
    talks: dict[asyncio.Task[None], asyncio.StreamWriter] = field(default_factory=dict)  # those that are open

    @property
    def handed_over(self) -> int:
        return len(self.tried)

    async def hang_up(self, words: str = "") -> None:
        """End all connections, with words that nobody asked for if a test has any."""
        for writer in self.talks.values():
            writer.write(words.encode())
            writer.close()
        await asyncio.gather(*self.talks)

    def url(self, scheme: str = "smtp", credentials: str = "") -> str:
        return f"{scheme}://{credentials}127.0.0.1:{self.port}"


class _Over(Exception):  # noqa: N818
    """The conversation is over."""


class _Conversation:
    def __init__(self, relay: Relay, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._relay = relay
        self._reader = reader
        self._writer = writer
        self._sender = ""
        self._recipients: list[str] = []
        self._known = relay.login is None and relay.bearer is None

    async def hold(self) -> None:
        with contextlib.suppress(_Over, ConnectionError, asyncio.IncompleteReadError):
            await self._answer(Stage.CONNECT, "220 relay.test ESMTP")
            while True:
                await self._command((await self._reader.readuntil(b"\r\n")).decode().rstrip("\r\n"))

    async def _command(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        match verb.upper():
            case "EHLO" | "HELO":
                extensions = "250-relay.test\r\n250-8BITMIME\r\n"
                extensions += "250-AUTH PLAIN\r\n" if self._relay.login else ""
                extensions += "250-AUTH XOAUTH2\r\n" if self._relay.bearer else ""
                await self._answer(Stage.HELLO, f"{extensions}250 SIZE 50000000")
            case "AUTH":
                await self._login(rest)
            case "MAIL":
                self._sender, self._recipients = _address(rest), []
                self._blame(not self._known, "no login")
                await self._answer(Stage.MAIL, "250 OK")
            case "RCPT":
                self._recipients.append(_address(rest))
                await self._answer(Stage.RCPT, "250 OK")
            case "DATA":
                if await self._answer(Stage.DATA, "354 Go on"):
                    await self._take()
            case "QUIT":
                await self._say("221 Bye")
                raise _Over
            case _:
                await self._say("250 OK")

    async def _login(self, rest: str) -> None:
        if self._relay.bearer is not None:
            await self._login_by_token(rest)
            return
        _, user, password = base64.b64decode(rest.partition(" ")[2]).decode().split("\0")
        self._known = (user, password) == self._relay.login
        await self._answer(Stage.LOGIN, "235 OK" if self._known else "535 5.7.8 Wrong user or password")

    async def _login_by_token(self, rest: str) -> None:
        user, good = self._relay.bearer or ("", bool)
        found = re.fullmatch(
            "user=(.*)\x01auth=Bearer (.*)\x01\x01", base64.b64decode(rest.partition(" ")[2]).decode()
        )
        self._blame(found is None, "no SASL string of XOAUTH2")
        self._known = found is not None and found[1] == user and good(found[2])
        if self._known:
            await self._answer(Stage.LOGIN, "235 OK")
            return
        await self._say("334 " + base64.b64encode(b'{"status":"401","schemes":"bearer"}').decode())
        self._blame(await self._reader.readuntil(b"\r\n") != b"\r\n", "no empty answer to a refusal")
        await self._say("535 5.7.8 Token refused")

    async def _take(self) -> None:
        lines: list[bytes] = []
        while (line := await self._reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        raw = b"".join(lines)
        mail = Relayed(sender=self._sender, recipients=tuple(self._recipients), raw=raw)
        self._relay.tried.append(mail)
        self._check(raw)
        if await self._answer(Stage.END, "250 Queued"):
            self._relay.mails.append(mail)

    def _check(self, raw: bytes) -> None:
        head, _, _ = raw.partition(b"\r\n\r\n")
        for name in (b"From", b"Date", b"Message-ID", b"To"):
            count = len(re.findall(rb"^" + name + rb":", head, re.MULTILINE))
            self._blame(count != 1, f"{count} times {name.decode()}")
        self._blame(re.search(rb"(?<!\r)\n|\r(?!\n)", raw) is not None, "bare line end")
        self._blame(any(len(line) > 998 for line in raw.split(b"\r\n")), "line too long")
        self._blame(not raw.isascii(), "8-bit")

    def _blame(self, wrong: bool, what: str) -> None:
        if wrong:
            self._relay.faults.append(what)

    async def _answer(self, stage: Stage, usual: str) -> bool:
        """Answer as the test wishes; True if it was the usual answer."""
        wish = self._relay.answers.get(stage, usual)
        if wish == CUT:
            raise _Over
        if wish == SILENT:
            await self._reader.read()
            raise _Over
        await self._say(wish)
        return wish == usual

    async def _say(self, line: str) -> None:
        self._writer.write(f"{line}\r\n".encode())
        await self._writer.drain()


def _address(rest: str) -> str:
    found = re.search(r"<([^>]*)>", rest)
    return found[1] if found else ""


@contextlib.asynccontextmanager
async def relaying() -> AsyncIterator[Relay]:
    """Yield a relay that listens on a free port of the loopback."""
    relay = Relay()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        relay.talks[task] = writer
        relay.greeted += 1
        try:
            await _Conversation(relay, reader, writer).hold()
        finally:
            del relay.talks[task]
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    relay.port = server.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        server.close()
        await relay.hang_up()
        await server.wait_closed()
