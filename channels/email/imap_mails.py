"""Mailboxes over IMAP: how one is opened, and how the mails in it are read. Blocking, for threads."""

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
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
_TOGETHER, _TOGETHER_BYTES = 25, 2_000_000  # mails that are fetched by one command, and what they may hold

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Login:
    """How a mailbox is logged in to by OAuth2: an access token, and whom to tell that it does not work."""

    token: Callable[[], str]
    spoil: Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Head:
    """What a server says of a mail before it is fetched."""

    uid: int
    size: int  # bytes
    came_at: datetime


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


def heads_of(client: IMAPClient, uids: Sequence[int]) -> list[Head]:
    """Return what is known of mails of the chosen folder, in the order of their UIDs, without those that are gone."""
    known = client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
    return [
        Head(uid=uid, size=known[uid][b"RFC822.SIZE"], came_at=aware(known[uid][b"INTERNALDATE"]))
        for uid in sorted(uids)
        if b"RFC822.SIZE" in known.get(uid, {})  # which tells of others as well, if anything happens to them
    ]


def portions(heads: Sequence[Head], *, most: int) -> Iterator[list[Head]]:
    """Divide mails, in their order, into what is fetched together; what is over `most` bytes comes alone."""
    portion: list[Head] = []
    for head in heads:
        together = sum(each.size for each in portion) + head.size
        if portion and (together > min(most, _TOGETHER_BYTES) or len(portion) >= _TOGETHER):
            yield portion
            portion = []
        portion.append(head)
    if portion:
        yield portion


def fetch(
    client: IMAPClient, portion: Sequence[Head], settings: MailboxSettings, own_addresses: frozenset[str]
) -> Iterator[tuple[int, Said | Unreadable]]:
    """Fetch mails of the chosen folder by one command, and read one after another; yields each with its UID.

    What is not there any more is left out; of one that is too large the head is read.
    """
    too_large = any(head.size > settings.max_bytes for head in portion)
    part = "BODY.PEEK[HEADER]" if too_large else "BODY.PEEK[]"
    fetched = client.fetch([head.uid for head in portion], [part])
    for head in portion:
        raw = fetched.pop(head.uid, {}).get(part.replace(".PEEK", "").encode("ascii"))
        if raw is not None:
            yield head.uid, _read(raw, head, settings, own_addresses)


def _read(
    raw: bytes, head: Head, settings: MailboxSettings, own_addresses: frozenset[str]
) -> Said | Unreadable:
    try:
        said = parse_mail(
            raw,
            account=settings.account,
            own_addresses=own_addresses,
            received_at=head.came_at,
            trusted=settings.trusted,
        )
        return _shortened(said, head.size, settings.max_bytes) if head.size > settings.max_bytes else said
    except Exception as error:  # noqa: BLE001  a mail we stumble over is kept as it is
        log.warning("imap.kept", account=settings.account, uid=head.uid, error=type(error).__name__)
        return Unreadable(raw=raw, error=f"The mail could not be read ({type(error).__name__}).")


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
