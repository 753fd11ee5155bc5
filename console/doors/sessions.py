"""Sessions: the browsers that are let in. A cookie holds a random key, the table nothing but its hash."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from console.doors.visitor import Knock, Visitor, Way
from console.tables import Account, LoginSession
from console.tokens import hash_of
from tickets import views
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx

SESSION_LASTS = timedelta(days=30)  # in all …
SESSION_RESTS = timedelta(days=7)  # … and unused
SEEN_EVERY = timedelta(minutes=10)  # how exactly it is kept when somebody was here
MOST_NAMED = 100  # tickets are counted on which somebody was named
LONGEST_BROWSER = 300  # characters of how a browser calls itself
NOWHERE = Knock()

_ACCOUNTS = Account.__table__  # type: ignore[attr-defined]
_SESSIONS = LoginSession.__table__  # type: ignore[attr-defined]
_IS_OPEN = _SESSIONS.c.ended_at.is_(None)
_HOLDER = (
    select(_SESSIONS, _ACCOUNTS.c.name, _ACCOUNTS.c.admin, _ACCOUNTS.c.totp_at, _ACCOUNTS.c.undo_seconds)
    .join(_ACCOUNTS, _ACCOUNTS.c.email == _SESSIONS.c.email)
    .where(_SESSIONS.c.key_hash == bindparam("of_key"), _IS_OPEN, _ACCOUNTS.c.disabled_at.is_(None))
)
_INSERT = inserting(LoginSession)
_SEEN = Prepared(
    update(_SESSIONS).where(_SESSIONS.c.key_hash == bindparam("of_key")).values(seen_at=bindparam("at"))
)
_HELD = (
    select(_SESSIONS.c.key_hash, _SESSIONS.c.created_at, _SESSIONS.c.seen_at)
    .join(_ACCOUNTS, _ACCOUNTS.c.email == _SESSIONS.c.email)
    .where(_IS_OPEN, _ACCOUNTS.c.disabled_at.is_(None))
)
_OPEN = Prepared(_HELD.where(_SESSIONS.c.key_hash == bindparam("of_key")))
_END = Prepared(
    update(_SESSIONS)
    .where(_SESSIONS.c.key_hash == bindparam("of_key"), _IS_OPEN)
    .values(ended_at=bindparam("at"))
)
_END_ONE_OF = Prepared(
    update(_SESSIONS)
    .where(_SESSIONS.c.key_hash == bindparam("of_key"), _SESSIONS.c.email == bindparam("of_email"), _IS_OPEN)
    .values(ended_at=bindparam("at"))
)
_END_ALL = Prepared(
    update(_SESSIONS)
    .where(_SESSIONS.c.email == bindparam("of_email"), _SESSIONS.c.key_hash != bindparam("besides"), _IS_OPEN)
    .values(ended_at=bindparam("at"))
)


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """A browser that is let in, as its owner and the administrator see it."""

    id: str  # hash of its key: names it, and opens nothing
    email: str
    name: str
    knock: Knock
    way: Way
    created_at: datetime
    seen_at: datetime


def start_session(
    tx: Tx, email: str, *, at: datetime, knock: Knock = NOWHERE, way: Way = Way.PASSWORD
) -> str:
    """Let a browser in; the key for its cookie."""
    key = secrets.token_urlsafe(32)
    tx.run(
        _INSERT, key_hash=hash_of(key), email=email, created_at=at, seen_at=at, place=knock.place,
        browser=knock.browser[:LONGEST_BROWSER], way=str(way),
    )  # fmt: skip
    return key


def seen(tx: Tx, visitor: Visitor, *, at: datetime) -> None:
    tx.run(_SEEN, of_key=visitor.session, at=at)


def end_session(tx: Tx, visitor: Visitor, *, at: datetime) -> None:
    tx.run(_END, of_key=visitor.session, at=at)


def end_one_of(tx: Tx, email: str, session: str, *, at: datetime) -> bool:
    """End a session of somebody's; False if it is none of theirs, or over."""
    return bool(tx.run(_END_ONE_OF, of_email=email, of_key=session, at=at))


def end_all(tx: Tx, email: str, *, at: datetime, besides: str = "") -> int:
    """End all sessions of somebody's, perhaps besides the one they sit at; how many they were."""
    return tx.run(_END_ALL, of_email=email, besides=besides, at=at)


def visitor_of(session: Session, key: str, *, now: datetime) -> Visitor | None:
    """Return who holds a session's key, with where they work now. Whoever works nowhere any more is nobody."""
    row = session.execute(_HOLDER, {"of_key": hash_of(key)}).one_or_none()
    if row is None or _is_over(row.created_at, row.seen_at, now):
        return None
    posts = views.posts_of(session, row.email)
    if not posts and not row.admin:
        return None
    visitor = Visitor(
        email=row.email, name=row.name, admin=row.admin, session=row.key_hash, seen_at=row.seen_at, posts=posts,
        way=Way(row.way), has_second_factor=row.totp_at is not None,
        undo_within=None if row.undo_seconds is None else timedelta(seconds=row.undo_seconds),
    )  # fmt: skip
    waiting = views.waiting_mentions(session, [(post.desk, post.id) for post in posts], most=MOST_NAMED)
    return replace(visitor, named_on=sum(visitor.may_see(*place) for place in waiting))


def is_open(tx: Tx, session: str, at: datetime) -> bool:
    """Whether whoever sits at a session is let in, for what is done while nobody asks."""
    row = tx.one(_OPEN, of_key=session)
    return row is not None and not _is_over(row.created_at, row.seen_at, at)


def open_among(session: Session, ids: Collection[str], *, now: datetime) -> frozenset[str]:
    """Return those of the sessions whose holders are let in."""
    rows = session.execute(_HELD.where(_SESSIONS.c.key_hash.in_(ids)))
    return frozenset(row.key_hash for row in rows if not _is_over(row.created_at, row.seen_at, now))


def _is_over(created_at: datetime, seen_at: datetime, now: datetime) -> bool:
    return created_at + SESSION_LASTS <= now or seen_at + SESSION_RESTS <= now


def open_sessions(session: Session, *, now: datetime, email: str | None = None) -> tuple[OpenSession, ...]:
    """Return who is let in, or where one person is; the latest seen first."""
    statement = (
        select(_SESSIONS, _ACCOUNTS.c.name)
        .join(_ACCOUNTS, _ACCOUNTS.c.email == _SESSIONS.c.email)
        .where(
            _IS_OPEN,
            _ACCOUNTS.c.disabled_at.is_(None),
            _SESSIONS.c.created_at > now - SESSION_LASTS,
            _SESSIONS.c.seen_at > now - SESSION_RESTS,
        )
        .order_by(_SESSIONS.c.seen_at.desc(), _SESSIONS.c.key_hash)
    )
    if email is not None:
        statement = statement.where(_SESSIONS.c.email == email)
    return tuple(
        OpenSession(
            id=row.key_hash, email=row.email, name=row.name, knock=Knock(place=row.place, browser=row.browser),
            way=Way(row.way), created_at=row.created_at, seen_at=row.seen_at,
        )
        for row in session.execute(statement)
    )  # fmt: skip
