"""Invitations: links that work once. The table holds nothing but the hash of a link's key.

The first one, which the service prints while nobody can log in yet, makes the administrator; the administrator invites
everybody else, and a second invitation sets a forgotten password anew. A second factor outlives it: whoever reads
somebody's mail does not get in with a link alone.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from console.doors import accounts, sessions
from console.tables import Invitation
from console.tokens import hash_of
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx

INVITATION_LASTS = timedelta(days=7)

_INVITATIONS = Invitation.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Invitation)
_INVITED = Prepared(select(_INVITATIONS).where(_INVITATIONS.c.key_hash == bindparam("key_hash")))
_USE = Prepared(
    update(_INVITATIONS).where(_INVITATIONS.c.key_hash == bindparam("of_key")).values(used_at=bindparam("at"))
)


class InvitationError(Exception):
    """The link is not ours, was used, or is too old."""


@dataclass(frozen=True, kw_only=True)
class Invited:
    email: str | None  # None: whoever opens the link chooses, and becomes the administrator


def make_invitation(tx: Tx, at: datetime, *, email: str | None = None) -> str:
    """Make a one-time link's key (`/setup/<key>`); without a mailbox it makes the first administrator."""
    key = secrets.token_urlsafe(24)
    tx.run(
        _INSERT, key_hash=hash_of(key), email=email.strip().lower() if email else None, created_at=at,
        expires_at=at + INVITATION_LASTS,
    )  # fmt: skip
    return key


def invited(tx: Tx, key: str, *, at: datetime) -> Invited:
    """Return what a link is good for. Raises InvitationError."""
    row = tx.one(_INVITED, key_hash=hash_of(key))
    if row is None or row.used_at is not None or row.expires_at <= at:
        raise InvitationError("the link is not valid, or no longer")
    if row.email is None and not accounts.nobody_yet(tx):
        raise InvitationError("there is an administrator already")
    return Invited(email=row.email)


def accept(tx: Tx, key: str, *, email: str, name: str, password_hash: str, at: datetime) -> str:
    """Use a link up: the account it makes (or gives a new password) is logged out everywhere. Its mailbox."""
    invitation = invited(tx, key, at=at)
    email = invitation.email or email.strip().lower()
    accounts.save(
        tx, email=email, name=name, password=password_hash, admin=invitation.email is None, at=at
    )  # fmt: skip
    tx.run(_USE, of_key=hash_of(key), at=at)
    sessions.end_all(tx, email, at=at)
    return email
