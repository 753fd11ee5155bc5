"""Contacts as they are shown: their addresses, who they say they are, and how that was checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class AddressView:
    account: str
    channel: str
    address: str  # the provider's own id: number, chat id, mailbox
    name: str | None
    handle: str | None
    left: bool = False  # somebody else may have it now: nothing is sent there


@dataclass(frozen=True, kw_only=True)
class ListedView:
    """A person as the directory has them."""

    name: str | None
    unit: str | None
    status: str | None
    mailbox: str | None  # masked


@dataclass(frozen=True, kw_only=True)
class VerificationView:
    """The newest word on whether the contact is who they say."""

    outcome: str  # verified, mismatch, not_found, unchecked
    source: str  # directory, person, code
    place: str | None  # which directory
    by: str | None  # who asked, confirmed or disputed
    at: datetime
    reason: str | None
    compared: Mapping[str, str]  # number, name, email, unit → same, partly, different, not_said, not_listed
    listed: ListedView | None  # whom the directory has there


@dataclass(frozen=True, kw_only=True)
class CheckView:
    """A look-up that was asked for and is not done yet."""

    asked_at: datetime
    error: str | None  # why it could not be done; it is tried again


@dataclass(frozen=True, kw_only=True)
class ProofView:
    """An address whose user can read the mailbox that the directory has."""

    account: str
    address: str
    mailbox: str  # masked
    at: datetime


@dataclass(frozen=True, kw_only=True)
class JoinView:
    """Two contacts that became one, and perhaps were parted again."""

    id: int
    kept: int
    joined: int
    at: datetime
    by: str
    reason: str | None
    addresses: int  # how many moved
    tickets: tuple[int, ...]  # that moved
    parted_at: datetime | None
    parted_by: str | None


@dataclass(frozen=True, kw_only=True)
class IdentityView:
    """What the contact says of themselves, and how it was checked."""

    name: str | None
    number: str | None  # NIM or NIP
    unit: str | None
    email: str | None
    verification: VerificationView | None = None
    check: CheckView | None = None
    proofs: tuple[ProofView, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ContactView:
    id: int
    desk: str
    name: str | None
    language: str | None
    addresses: tuple[AddressView, ...]
    identity: IdentityView
    created_at: datetime
    joins: tuple[JoinView, ...] = ()  # newest first

    @property
    def called(self) -> str | None:
        """The name to show: what they say of themselves before what a profile says."""
        return self.identity.name or self.name


@dataclass(frozen=True, kw_only=True)
class ContactTicket:
    """A ticket of a contact, whichever channel it came by."""

    number: int
    channel: str
    status: str
    subject: str | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class BlockedAddress:
    """An address from which nothing is taken in, and how much it has sent since."""

    id: int
    desk: str
    channel: str
    address: str
    name: str | None
    blocked_at: datetime | None  # None: unblocked, but what it had sent was not taken in
    blocked_by: str | None
    reason: str | None
    held: int
