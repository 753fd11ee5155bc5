"""Mailboxes over IMAP: how one is opened, and how one mail in it is read. Blocking, for threads."""

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from channels.email.parse import parse_mail
from channels.email.settings import MailboxSettings, Security, Server
from tickets.message import Said

PROCESSED = "Processed"

_READ_SECONDS = 60.0

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Login:
    """How a mailbox is logged in to by OAuth2: an access token, and whom to tell that it does not work."""

    token: Callable[[], str]
    spoil: Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """A mail that could not be read."""

    raw: bytes
    error: str

    @property
    def event_id(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()


def connect(settings: MailboxSettings, server: Server, login: Login) -> IMAPClient:
    """Open a mailbox. Raises LoginError, IMAPClientError, OSError, and what the token raises."""
    client = IMAPClient(
        server.host,
        port=server.port,
        ssl=server.security is Security.TLS,
        timeout=SocketTimeout(connect=settings.connect_within.total_seconds(), read=_READ_SECONDS),
    )
    client.normalise_times = False
    try:
        if server.security is Security.STARTTLS:
            client.starttls()
        _log_in(client, server, login)
    except BaseException:
        with contextlib.suppress(IMAPClientError, OSError):
            client.shutdown()
        raise
    return client


def _log_in(client: IMAPClient, server: Server, login: Login) -> None:
    if not server.oauth:
        client.login(server.user or "", server.password or "")
        return
    token = login.token()
    try:
        client.oauth2_login(server.user or "", token)
    except LoginError:
        login.spoil(token)
        raise


def processed_in(client: IMAPClient) -> str:
    """Return the full name of the folder for what is stored."""
    prefix = ""
    if client.has_capability("NAMESPACE"):
        personal = client.namespace().personal
        prefix = personal[0][0] if personal else ""
    return f"{prefix}{PROCESSED}"


def fetch(
    client: IMAPClient, uid: int, settings: MailboxSettings, own_addresses: frozenset[str]
) -> Said | Unreadable | None:
    """Fetch a mail of the chosen folder; None if it is not there any more. Of one that is too large, its head."""
    known = client.fetch([uid], ["RFC822.SIZE", "INTERNALDATE"]).get(uid)
    if known is None:
        return None
    too_large = known[b"RFC822.SIZE"] > settings.max_bytes
    part = "BODY.PEEK[HEADER]" if too_large else "BODY.PEEK[]"
    fetched = client.fetch([uid], [part]).get(uid, {})
    raw = fetched.get(part.replace(".PEEK", "").encode("ascii"))
    if raw is None:
        return None
    try:
        said = _read(raw, known[b"INTERNALDATE"], settings, own_addresses)
        return _shortened(said, known[b"RFC822.SIZE"], settings.max_bytes) if too_large else said
    except Exception as error:  # noqa: BLE001  a mail we stumble over is kept as it is
        log.warning("imap.kept", account=settings.account, uid=uid, error=type(error).__name__)
        return Unreadable(raw=raw, error=f"The mail could not be read ({type(error).__name__}).")


def _read(raw: bytes, came_at: datetime, settings: MailboxSettings, own_addresses: frozenset[str]) -> Said:
    return parse_mail(
        raw,
        account=settings.account,
        own_addresses=own_addresses,
        received_at=aware(came_at),
        trusted=settings.trusted,
    )


def aware(came_at: datetime) -> datetime:
    """Return INTERNALDATE as an instant."""
    return (came_at if came_at.tzinfo is not None else came_at.replace(tzinfo=UTC)).astimezone(UTC)


def _shortened(said: Said, size: int, most: int) -> Said:
    actual, limit = size // 1_048_576, most // 1_048_576
    text = (
        f"[Email ini terlalu besar ({actual} MB, batas {limit} MB), jadi isinya tidak diambil; "
        f"email lengkapnya ada di kotak surat, folder {PROCESSED}. / "
        f"This email was too large ({actual} MB, limit {limit} MB) and its content was not fetched; "
        f"it is in the mailbox, folder {PROCESSED}.]"
    )
    return replace(said, text=text, full_text=None, html=None, files=())
