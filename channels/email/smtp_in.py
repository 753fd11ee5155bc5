"""The door at which other mail servers deliver: SMTP on our own event loop, for the desks' addresses and nobody else's.

A mail is acknowledged (250) only after the house has stored it. If the house cannot, the sender's server is told to
come again (451), which it does for days; if it breaks off before our answer arrives, it comes again as well, and the
ledger knows the mail by its hash. There is no AUTH and no relaying: what is not for a desk is refused at RCPT.

Behind a mail server it may speak LMTP instead, and behind a load balancer each connection may begin with the line of
the PROXY protocol.
"""

import asyncio
import hashlib
import re
import ssl
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, AnyStr

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.proxy_protocol import ProxyData
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from channels.contract import Inlet, StoreBusy
from channels.email.parse import parse_mail
from channels.email.settings import MailboxSettings, SmtpSettings
from channels.email.smtp_data import PIECE, MailTooLargeError, NoRoomError, Room, read_mail
from channels.pace import Pace
from tickets.message import Said

HEART = "smtp"  # the name under which the door says that it is alive

_BEAT_SECONDS = 20.0
_BIND_AGAIN_SECONDS = 5.0
_DRAIN_SECONDS = 10.0  # how long a stop waits for mail that is just being stored
_ANSWER_SECONDS = 0.05  # until the answer to it is written
_PROXY_SECONDS = 10.0  # in which a load balancer has to say whom it brings
_MOST_RECIPIENTS = 1000  # of one mail; what follows a plus makes as many as somebody likes
_SMALL = 200_000  # bytes; reading more than that would hold up the loop
_PLAIN_PATH = re.compile(r"<([\w+-]+(?:\.[\w+-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)*)>", re.ASCII | re.IGNORECASE)

log = structlog.get_logger()


class _Certificate:
    """The certificate of STARTTLS, read again when its file was renewed."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self._files = (certificate, key)
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._read_at: tuple[float, ...] = ()

    def context(self) -> ssl.SSLContext:
        """Return the context for one connection. Raises OSError where there has never been a usable certificate."""
        try:
            changed_at = tuple(file.stat().st_mtime for file in self._files)
            if changed_at != self._read_at:
                self._context.load_cert_chain(*self._files)
                self._read_at = changed_at
        except OSError as error:  # also an SSLError
            if not self._read_at:
                raise
            log.warning("smtp.certificate_not_read", error=error.strerror or type(error).__name__)
        return self._context


class _Door(SMTP):
    """One connection, known to the listener for as long as it lasts."""

    def __init__(
        self,
        handler: "_Handler",
        connections: "set[_Door]",
        room: Room,
        settings: SmtpSettings,
        tls: ssl.SSLContext | None,
    ) -> None:
        self.line_length_limit = PIECE
        self._max_bytes = settings.max_bytes
        super().__init__(
            handler,
            data_size_limit=settings.max_bytes,
            enable_SMTPUTF8=True,
            hostname=settings.hostname,
            ident="LMTP" if settings.lmtp else "ESMTP",
            tls_context=tls,
            timeout=settings.idle.total_seconds(),
            proxy_protocol_timeout=_PROXY_SECONDS if settings.proxied else None,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
            loop=asyncio.get_running_loop(),
        )
        self._handler = handler
        self._connections = connections
        self._room = room
        self._most = settings.connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        known = self in self._connections  # made a second time, by STARTTLS
        full = not known and len(self._connections) >= self._most
        if full and isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.3.2 Too many connections, please come again\r\n")
            transport.close()
        self._connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._connections.discard(self)
        super().connection_lost(error)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """Do as the library does, but read the mail in pieces. A line may be as long as a mail: mailers write such."""
        if await self.check_helo_needed():
            return
        assert self.session is not None
        assert self.envelope is not None
        if not self.envelope.rcpt_tos:
            await self.push("503 Error: need RCPT command")
        elif arg:
            await self.push("501 Syntax: DATA")
        else:
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            try:
                status = await self._take_in(self.session, self.envelope)
            finally:
                self.envelope = Envelope()
            await self.push(status)

    async def _take_in(self, session: Session, envelope: Envelope) -> str:
        with self._room.share() as share:
            try:
                mail = await read_mail(self._reader, share, most=self._max_bytes)
            except MailTooLargeError:
                return "552 Error: Too much mail data"
            except NoRoomError:
                self._handler.refuse("room")
                return "452 4.3.1 Too much mail at once, please come again"
            envelope.content = envelope.original_content = mail
            return await self._handler.handle_DATA(self, session, envelope)

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """Read a path as almost all are written; of the others the library's parser knows more, and takes far longer."""
        plain = _PLAIN_PATH.match(arg)
        return (plain[1], arg[plain.end() :]) if plain is not None else super()._getaddr(arg)

    def cut(self) -> None:
        if self.transport is not None:
            self.transport.close()


class _LmtpDoor(LMTP, _Door):
    """The same by LMTP, where the end of a mail is answered once for each recipient."""

    def __init__(
        self,
        handler: "_Handler",
        connections: set[_Door],
        room: Room,
        settings: SmtpSettings,
        tls: ssl.SSLContext | None,
    ) -> None:
        super().__init__(handler, connections, room, settings, tls)
        self._owed = 1

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        self._owed = len(self.envelope.rcpt_tos) if self.envelope is not None else 1
        try:
            await super().smtp_DATA(arg)
        finally:
            self._owed = 1

    async def push(self, status: AnyStr) -> None:
        line = status if isinstance(status, str) else status.decode("utf-8", "replace")
        for _ in range(1 if line.startswith("354") else max(1, self._owed)):
            await super().push(status)


class _Handler:
    """What the desk answers; the names of the methods are aiosmtpd's."""

    def __init__(self, inlet: Inlet, mailboxes: Sequence[MailboxSettings]) -> None:
        self._inlet = inlet
        self._accounts = {each.address.lower(): each.account for each in mailboxes}
        self._own = frozenset(self._accounts)
        self._trusted = {each.account: each.trusted for each in mailboxes}
        self._paces = {each.account: Pace(each.intake) for each in mailboxes}
        self._storing: set[asyncio.Task[None]] = set()
        self._one_reads = asyncio.Lock()  # a large mail takes ten times its size while it is read

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, extensions: list[str]
    ) -> list[str]:
        session.host_name = hostname
        # Within TLS the library announces AUTH although there is no way to log in.
        return [each for each in extensions if not each.startswith("250-AUTH")]

    async def handle_PROXY(  # noqa: N802
        self, _server: SMTP, _session: Session, _envelope: Envelope, whom: ProxyData
    ) -> bool:
        return bool(whom.valid)

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._account(address) is None:
            self.refuse("recipient")
            return "550 5.1.1 No such mailbox here"
        if len(envelope.rcpt_tos) >= _MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        sender = (envelope.mail_from or "<>").strip()
        bare = "" if sender == "<>" else sender
        # As the last server on the way we note the envelope's sender in the mail: RFC 5321, 4.4.
        raw = f"Return-Path: <{bare}>\r\n".encode("utf-8", "surrogateescape") + (
            envelope.original_content or b""
        )
        accounts = dict.fromkeys(filter(None, map(self._account, envelope.rcpt_tos)))
        if not all(self._paces[account].admits(bare.lower()) for account in accounts):
            return "451 4.7.1 Too much mail from this sender at once, please come again later"
        try:
            for account in accounts:
                await self._finish(self._store(account, raw, bare))
        except StoreBusy:
            return "451 4.3.0 The desk cannot store mail just now, please come again"
        return "250 2.0.0 Stored"

    async def handle_exception(self, error: Exception) -> str:
        log.error("smtp.failed", error=type(error).__name__)
        return "451 4.3.0 Something failed here, please come again"

    def refuse(self, reason: str) -> None:
        self._inlet.refuse(account=HEART, reason=reason)

    async def drain(self) -> None:
        if self._storing:
            await asyncio.wait(self._storing, timeout=_DRAIN_SECONDS)

    async def _finish(self, storing: Coroutine[Any, Any, None]) -> None:
        """See a mail stored even if its sender hangs up meanwhile."""
        task = asyncio.create_task(storing)
        self._storing.add(task)
        task.add_done_callback(self._stored)
        try:
            await asyncio.shield(task)
        finally:
            del task  # with its failure it would hold the mail in a circle, for which nobody looks for long

    def _stored(self, task: asyncio.Task[None]) -> None:
        self._storing.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waits has it already

    async def _store(self, account: str, raw: bytes, sender: str) -> None:
        try:
            said = (
                self._read(account, raw, sender)
                if len(raw) <= _SMALL
                else await self._read_apart(account, raw, sender)
            )
        except Exception as error:  # noqa: BLE001  a mail we stumble over is kept as it is
            log.warning("smtp.kept", account=account, error=type(error).__name__)
            await self._inlet.keep(
                account=account,
                event_id=hashlib.sha256(raw).hexdigest(),
                raw=raw,
                error=f"The mail could not be read ({type(error).__name__}).",
            )
        else:
            await self._inlet.deliver(said)

    async def _read_apart(self, account: str, raw: bytes, sender: str) -> Said:
        async with self._one_reads:
            return await asyncio.to_thread(self._read, account, raw, sender)

    def _read(self, account: str, raw: bytes, sender: str) -> Said:
        return parse_mail(
            raw,
            account=account,
            own_addresses=self._own,
            envelope_from=sender,
            trusted=self._trusted[account],
        )

    def _account(self, address: str) -> str | None:
        """Return whose mailbox it is; what stands after a plus is the sender's business."""
        local, _, domain = address.strip().lower().rpartition("@")
        return self._accounts.get(f"{local}@{domain}") or self._accounts.get(
            f"{local.partition('+')[0]}@{domain}"
        )


class SmtpListener:
    """Fulfils Listener: takes mail for all mailboxes at one port."""

    def __init__(self, settings: SmtpSettings, mailboxes: Sequence[MailboxSettings]) -> None:
        self._settings = settings
        self._mailboxes = tuple(mailboxes)
        self._port: int | None = None
        self._listening = asyncio.Event()

    async def bound(self) -> int:
        """Wait until the door is open; return its port."""
        await self._listening.wait()
        assert self._port is not None
        return self._port

    async def listen(self, inlet: Inlet) -> None:
        handler = _Handler(inlet, self._mailboxes)
        connections: set[_Door] = set()
        server = await self._bind(handler, connections)
        try:
            self._port = server.sockets[0].getsockname()[1]
            self._listening.set()
            log.info("smtp.listening", host=self._settings.host, port=self._port)
            while True:
                inlet.alive(HEART)
                await asyncio.sleep(_BEAT_SECONDS)
        finally:
            self._listening.clear()
            server.close()
            await handler.drain()
            await _cut(connections)
            await server.wait_closed()

    async def _bind(self, handler: _Handler, connections: set[_Door]) -> asyncio.Server:
        loop, settings = asyncio.get_running_loop(), self._settings
        kind = _LmtpDoor if settings.lmtp else _Door
        room = Room(settings.max_bytes_at_once)
        certificate = None
        if settings.certificate is not None and settings.key is not None:
            certificate = _Certificate(settings.certificate, settings.key)

        def door() -> _Door:
            return kind(
                handler, connections, room, settings, None if certificate is None else certificate.context()
            )

        while True:
            try:
                if certificate is not None:
                    certificate.context()  # rather no door than one that does not keep what it is meant to
                return await loop.create_server(
                    door,
                    self._settings.host,
                    self._settings.port,
                )
            except OSError as error:
                log.warning(
                    "smtp.not_bound",
                    host=self._settings.host,
                    port=self._settings.port,
                    error=error.strerror or type(error).__name__,
                )
                await asyncio.sleep(_BIND_AGAIN_SECONDS)


async def _cut(connections: set[_Door]) -> None:
    """Close what is still open, once the answers that are due are on their way."""
    await asyncio.sleep(_ANSWER_SECONDS)
    for door in tuple(connections):
        door.cut()
    for _ in range(50):
        if not connections:
            return
        await asyncio.sleep(0.01)
