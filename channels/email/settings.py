"""What one mailbox of a desk, and the listener that all mailboxes share, need to know of their surroundings."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from channels.email.oauth import OAuth

MAX_BYTES = 26_214_400  # 25 MiB, what the large providers take

_ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+")


class Security(StrEnum):
    PLAIN = "plain"
    STARTTLS = "starttls"  # asked for; a server without it is refused
    TLS = "tls"


@dataclass(frozen=True, kw_only=True)
class Server:
    """A mail server and how to log in there."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    folder: str = "INBOX"  # IMAP
    oauth: bool = False  # log in with an access token


_IMAP = {
    "imap": (Security.PLAIN, 143),
    "imap+starttls": (Security.STARTTLS, 143),
    "imaps": (Security.TLS, 993),
}
_RELAY = {
    "smtp": (Security.PLAIN, 25),
    "smtp+starttls": (Security.STARTTLS, 587),
    "smtps": (Security.TLS, 465),
}


@dataclass(frozen=True, kw_only=True)
class MailboxSettings:
    """One mailbox of one desk. Raises ValueError, without a password in it, where a value cannot be right."""

    account: str  # key of the desk's account, such as "itb-care-center/email"
    desk: str  # slug
    address: str  # lower case
    imap: str | None = field(default=None, repr=False)  # imaps://user:password@host:port/INBOX
    relay: str | None = field(default=None, repr=False)  # smtp+starttls://user:password@host:587
    trusted: frozenset[str] = frozenset()  # servers whose Authentication-Results count, in lower case
    oauth: OAuth | None = None  # how to log in to those of the two whose URL holds no password
    plus_addresses: bool = False  # what is sent to address+anything arrives in this mailbox
    name: str | None = None  # the desk's name, as contacts see it in From
    max_bytes: int = MAX_BYTES  # of one mail, coming in
    intake: tuple[int, timedelta] | None = None  # mails of one sender in a time, before SMTP says 451
    poll_seconds: float = 60.0  # how often a mailbox is looked at whose server knows no IDLE
    connect_within: timedelta = timedelta(seconds=15)
    answer_within: timedelta = timedelta(seconds=60)  # a relay may scan a mail before it accepts it

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.address) or self.address != self.address.lower():
            raise ValueError(f"The address of {self.account} is not a mailbox in lower case.")
        self._server("imap", self.imap, _IMAP)
        self._server("relay", self.relay, _RELAY)

    @property
    def imap_server(self) -> Server | None:
        return self._server("imap", self.imap, _IMAP)

    @property
    def relay_server(self) -> Server | None:
        return self._server("relay", self.relay, _RELAY)

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    def _server(self, key: str, url: str | None, schemes: dict[str, tuple[Security, int]]) -> Server | None:
        if not url:
            return None
        expected = f"The {key} of {self.account} must be a URL such as {next(reversed(schemes))}://user:password@host"
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise ValueError(f"{expected}.") from None  # the cause may print the password
        if parts.scheme not in schemes or not host:
            raise ValueError(f"{expected}.")
        security, usual_port = schemes[parts.scheme]
        user, password = _credentials(parts)
        oauth = self.oauth is not None and password is None
        return Server(
            host=host,
            port=port or usual_port,
            security=security,
            user=user or (self.address if oauth else None),
            password=password,
            folder=unquote(parts.path.strip("/")) or "INBOX",
            oauth=oauth,
        )


def _credentials(parts: SplitResult) -> tuple[str | None, str | None]:
    user = unquote(parts.username) if parts.username else None
    return user, unquote(parts.password) if user and parts.password else None


@dataclass(frozen=True, kw_only=True)
class SmtpSettings:
    """The listener that takes in mail for all mailboxes. Raises ValueError for a certificate without its key."""

    host: str = "127.0.0.1"
    port: int = 8025  # 0: any free one
    max_bytes: int = MAX_BYTES  # announced as SIZE
    max_bytes_at_once: int = 4 * MAX_BYTES  # of all mails that are being taken in
    hostname: str = "localhost"  # how it greets
    connections: int = 100  # at once; more are asked to come later
    idle: timedelta = timedelta(minutes=5)  # after which a silent client is cut off
    lmtp: bool = False  # speak LMTP, as the last hop behind a mail server
    proxied: bool = False  # each connection begins with the PROXY protocol's line, from a load balancer
    certificate: Path | None = None  # PEM, with its chain: STARTTLS is offered
    key: Path | None = None

    def __post_init__(self) -> None:
        if (self.certificate is None) is not (self.key is None):
            raise ValueError("STARTTLS needs a certificate and its key.")
