"""The doors: invitations, passwords, sessions. Keys are random; the tables hold nothing but their hashes.

An invitation is a link that works once. The first one, which the service prints while nobody can log in yet, makes
the administrator; the administrator invites everybody else, and a second invitation sets a forgotten password anew.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session

from console.tables import Account, Invitation, LoginSession
from console.tokens import hash_of
from tickets import views
from tickets.actor import Actor, Kind, Role
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.writer import Tx
from tickets.staff import StaffNow

INVITATION_LASTS = timedelta(days=7)
SESSION_LASTS = timedelta(days=30)  # in all …
SESSION_RESTS = timedelta(days=7)  # … and unused
SEEN_EVERY = timedelta(minutes=10)  # how exactly it is kept when somebody was here
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200

_ACCOUNTS = Account.__table__  # type: ignore[attr-defined]
_SESSIONS = LoginSession.__table__  # type: ignore[attr-defined]
_INVITATIONS = Invitation.__table__  # type: ignore[attr-defined]
_INSERT_SESSION = inserting(LoginSession)
_INSERT_INVITATION = inserting(Invitation)
_HOW_MANY = Prepared(select(func.count().label("many")).select_from(_ACCOUNTS))
_INVITED = Prepared(select(_INVITATIONS).where(_INVITATIONS.c.key_hash == bindparam("key_hash")))
_USE_INVITATION = Prepared(
    update(_INVITATIONS).where(_INVITATIONS.c.key_hash == bindparam("of_key")).values(used_at=bindparam("at"))
)
_SAVE_ACCOUNT = Prepared(
    lambda insert: insert(_ACCOUNTS).on_conflict_do_update(
        index_elements=["email"],
        set_={name: insert(_ACCOUNTS).excluded[name] for name in ("name", "password", "disabled_at")},
    )
)
_SEEN = Prepared(
    update(_SESSIONS).where(_SESSIONS.c.key_hash == bindparam("of_key")).values(seen_at=bindparam("at"))
)
_END = Prepared(
    update(_SESSIONS)
    .where(_SESSIONS.c.key_hash == bindparam("of_key"), _SESSIONS.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)
_END_ALL = Prepared(
    update(_SESSIONS)
    .where(_SESSIONS.c.email == bindparam("of_email"), _SESSIONS.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)

_hasher = PasswordHasher()
# Checked against when nobody is called so: a wrong name takes as long as a wrong password.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


class InvitationError(Exception):
    """The link is not ours, was used, or is too old."""


@dataclass(frozen=True, kw_only=True)
class Invited:
    email: str | None  # None: whoever opens the link chooses, and becomes the administrator


@dataclass(frozen=True, kw_only=True)
class AccountNow:
    email: str
    name: str
    admin: bool
    password: str | None  # its hash


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody who is logged in, and what they may do at which desk."""

    email: str
    name: str
    admin: bool
    session: str  # hash of the session's key
    seen_at: datetime
    posts: tuple[StaffNow, ...]  # where they work

    @property
    def desks(self) -> frozenset[str] | None:
        """The desks they may see; None: all."""
        return None if self.admin else frozenset(post.desk for post in self.posts)

    @property
    def supervises(self) -> bool:
        """Whether they supervise any desk."""
        return self.admin or any(post.role is Role.SUPERVISOR for post in self.posts)

    def supervised(self, desks: Iterable[str]) -> tuple[str, ...]:
        """Return those of the desks that they supervise."""
        theirs = {post.desk for post in self.posts if post.role is Role.SUPERVISOR}
        return tuple(desk for desk in desks if self.admin or desk in theirs)

    @property
    def only_teams(self) -> Mapping[str, frozenset[str]]:
        """Of which desks they see only what second-line teams of theirs have."""
        if self.admin:
            return {}
        return {post.desk: frozenset(post.helps) for post in self.posts if post.helps is not None}

    def may_see(self, desk: str, team: str | None) -> bool:
        """Whether a ticket of a desk, which a team may have, is for their eyes."""
        teams = self.only_teams.get(desk)
        return teams is None or team in teams

    def actor(self, desk: str) -> Actor:
        """Return them as whoever acts at a desk; without any right where they do not work."""
        post = next((post for post in self.posts if post.desk == desk), None)
        if self.admin:
            return Actor(kind=Kind.STAFF, id=post.id if post else self.email, role=Role.ADMIN)
        return post.actor if post else Actor(kind=Kind.STAFF, id=self.email)


# -- invitations ------------------------------------------------------------------------------------------------------


def nobody_yet(tx: Tx) -> bool:
    """Whether there is no account at all: then the service prints the link for the first administrator."""
    row = tx.one(_HOW_MANY)
    assert row is not None
    return not row.many


def make_invitation(tx: Tx, at: datetime, *, email: str | None = None) -> str:
    """Make a one-time link's key (`/setup/<key>`); without a mailbox it makes the first administrator."""
    key = secrets.token_urlsafe(24)
    tx.run(
        _INSERT_INVITATION, key_hash=hash_of(key), email=email.strip().lower() if email else None, created_at=at,
        expires_at=at + INVITATION_LASTS,
    )  # fmt: skip
    return key


def invited(tx: Tx, key: str, *, at: datetime) -> Invited:
    """Return what a link is good for. Raises InvitationError."""
    row = tx.one(_INVITED, key_hash=hash_of(key))
    if row is None or row.used_at is not None or row.expires_at <= at:
        raise InvitationError("the link is not valid, or no longer")
    if row.email is None and not nobody_yet(tx):
        raise InvitationError("there is an administrator already")
    return Invited(email=row.email)


def accept(tx: Tx, key: str, *, email: str, name: str, password_hash: str, at: datetime) -> str:
    """Use a link up: the account it makes (or gives a new password) is logged out everywhere. Its mailbox."""
    invitation = invited(tx, key, at=at)
    email = invitation.email or email.strip().lower()
    tx.run(
        _SAVE_ACCOUNT, email=email, name=name, password=password_hash, admin=invitation.email is None, created_at=at,
        disabled_at=None,
    )  # fmt: skip
    tx.run(_USE_INVITATION, of_key=hash_of(key), at=at)
    tx.run(_END_ALL, of_email=email, at=at)
    return email


# -- passwords --------------------------------------------------------------------------------------------------------


def hash_password(password: str) -> str:
    """Hash with argon2id. Slow on purpose: for threads, not for the event loop."""
    return _hasher.hash(password)


def fits(account: AccountNow | None, password: str) -> bool:
    """Whether it is the account's password. Slow on purpose, and as slow where there is no account."""
    kept = account.password if account is not None and account.password else _NOBODY
    try:
        right = _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
    return right and account is not None


def account_of(session: Session, email: str) -> AccountNow | None:
    """Return the account that may log in under this mailbox."""
    row = session.execute(
        select(_ACCOUNTS).where(_ACCOUNTS.c.email == email.strip().lower(), _ACCOUNTS.c.disabled_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    return AccountNow(email=row.email, name=row.name, admin=row.admin, password=row.password)


def accounts(session: Session) -> tuple[AccountNow, ...]:
    rows = session.execute(
        select(_ACCOUNTS).where(_ACCOUNTS.c.disabled_at.is_(None)).order_by(_ACCOUNTS.c.name)
    )
    return tuple(
        AccountNow(email=row.email, name=row.name, admin=row.admin, password=row.password) for row in rows
    )  # fmt: skip


# -- sessions ---------------------------------------------------------------------------------------------------------


def start_session(tx: Tx, email: str, *, at: datetime) -> str:
    """Let a browser in; the key for its cookie."""
    key = secrets.token_urlsafe(32)
    tx.run(_INSERT_SESSION, key_hash=hash_of(key), email=email, created_at=at, seen_at=at)
    return key


def seen(tx: Tx, visitor: Visitor, *, at: datetime) -> None:
    tx.run(_SEEN, of_key=visitor.session, at=at)


def end_session(tx: Tx, visitor: Visitor, *, at: datetime) -> None:
    tx.run(_END, of_key=visitor.session, at=at)


def visitor_of(session: Session, key: str, *, now: datetime) -> Visitor | None:
    """Return who holds a session's key, with where they work now."""
    row = session.execute(
        select(_SESSIONS, _ACCOUNTS.c.name, _ACCOUNTS.c.admin)
        .join(_ACCOUNTS, _ACCOUNTS.c.email == _SESSIONS.c.email)
        .where(
            _SESSIONS.c.key_hash == hash_of(key),
            _SESSIONS.c.ended_at.is_(None),
            _ACCOUNTS.c.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None or row.created_at + SESSION_LASTS <= now or row.seen_at + SESSION_RESTS <= now:
        return None
    return Visitor(
        email=row.email, name=row.name, admin=row.admin, session=row.key_hash, seen_at=row.seen_at,
        posts=views.posts_of(session, row.email),
    )  # fmt: skip
