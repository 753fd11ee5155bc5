"""What the installation says of its provider, apart from what reads tokens, which takes its time to import."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

MAILBOX = "email"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, kw_only=True)
class SingleSignOn:
    """A provider, and how far it is believed."""

    issuer: str  # as the provider calls itself, to the letter
    client_id: str
    client_secret: str | None = field(default=None, repr=False)  # None: a public client, with PKCE alone
    name: str = "SSO"  # as people know it
    scopes: str = "openid email profile"
    claim: str = MAILBOX  # by which somebody of the staff is found: a mailbox, or an id
    trusts_mailboxes: bool = False  # even those that it does not say to be verified


def is_issuer(address: str) -> bool:
    """Whether a provider may be found there: by https, or on this machine."""
    parts = urlsplit(address)
    plain = parts.scheme == "http" and parts.hostname in _LOOPBACK
    return bool(parts.hostname) and (parts.scheme == "https" or plain) and not (parts.query or parts.fragment)
