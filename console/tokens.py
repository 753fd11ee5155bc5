"""Tokens of programs: who calls the API, with which rights, for what, and until when."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from console.tables import ApiToken
from tickets.actor import Actor, Kind, Role
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx

PREFIX = "tanggap_"  # lets a leaked token be recognised for what it is
SHOWN = 6  # letters after it by which its owner knows it again
USED_EVERY = timedelta(minutes=10)  # how exactly it is kept when a token was used

_TOKENS = ApiToken.__table__  # type: ignore[attr-defined]
_IS_ON = _TOKENS.c.disabled_at.is_(None)
_INSERT = inserting(ApiToken)
_DISABLE = Prepared(
    update(_TOKENS).where(_TOKENS.c.name == bindparam("of_name"), _IS_ON).values(disabled_at=bindparam("at"))
)
_DISABLE_ONE = Prepared(
    update(_TOKENS)
    .where(_TOKENS.c.token_hash == bindparam("of_hash"), _IS_ON)
    .values(disabled_at=bindparam("at"))
)
_NAME_OF = Prepared(select(_TOKENS.c.name).where(_TOKENS.c.token_hash == bindparam("of_hash")))
_USED = Prepared(
    update(_TOKENS).where(_TOKENS.c.token_hash == bindparam("of_hash")).values(last_used_at=bindparam("at"))
)


@dataclass(frozen=True, kw_only=True)
class Token:
    """A token as its administrator sees it: everything but what opens."""

    id: str  # its hash: names it, and opens nothing
    name: str
    role: Role
    desk: str | None  # None: every desk
    scopes: tuple[str, ...] | None  # None: all
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None  # to about ten minutes
    made_by: str | None
    begins: str | None  # its first letters

    def has_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now

    @property
    def actor(self) -> Actor:
        desks = frozenset({self.desk}) if self.desk else None
        return Actor(kind=Kind.API, id=self.name, role=self.role, desks=desks)


def create_token(
    tx: Tx, name: str, role: Role, desk: str | None, at: datetime, *, scopes: Sequence[str] | None = None,
    expires_at: datetime | None = None, made_by: str | None = None,
) -> str:  # fmt: skip
    """Make a token for one desk, or with None for all; this is the only time that it can be read."""
    token = PREFIX + secrets.token_urlsafe(32)
    tx.run(
        _INSERT, token_hash=hash_of(token), name=name, role=str(role), desk=desk, created_at=at,
        scopes=None if scopes is None else list(scopes), expires_at=expires_at, made_by=made_by,
        begins=token[: len(PREFIX) + SHOWN],
    )  # fmt: skip
    return token


def disable_token(tx: Tx, name: str, at: datetime) -> bool:
    """Let the tokens of this name work no longer; False if there is none."""
    return bool(tx.run(_DISABLE, of_name=name, at=at))


def disable_one(tx: Tx, id: str, at: datetime) -> str | None:  # noqa: A002
    """Let one token work no longer; its name, or None if there is none that works."""
    row = tx.one(_NAME_OF, of_hash=id)
    return row.name if row is not None and tx.run(_DISABLE_ONE, of_hash=id, at=at) else None


def was_used(tx: Tx, token: Token, *, at: datetime) -> None:
    tx.run(_USED, of_hash=token.id, at=at)


def owner_of(session: Session, token: str, *, now: datetime) -> Token | None:
    """Return the program's token that this is, as long as it works."""
    row = session.execute(select(_TOKENS).where(_TOKENS.c.token_hash == hash_of(token), _IS_ON)).one_or_none()
    found = _from(row) if row is not None else None
    return None if found is None or found.has_expired(now) else found


def tokens(session: Session) -> tuple[Token, ...]:
    """Return all that nobody has taken back, the newest first."""
    statement = select(_TOKENS).where(_IS_ON).order_by(_TOKENS.c.created_at.desc(), _TOKENS.c.token_hash)
    return tuple(_from(row) for row in session.execute(statement))


def is_fixed(token: str, fixed: str | None) -> bool:
    """Whether this is the one token of the settings; takes the same time whatever is guessed."""
    return fixed is not None and hmac.compare_digest(token.encode(), fixed.encode())


def hash_of(key: str) -> str:
    """Return what is kept of a random key. It is long and random, so a fast hash will do."""
    return hashlib.sha256(key.encode()).hexdigest()


def _from(row: Row) -> Token:
    return Token(
        id=row.token_hash, name=row.name, role=Role(row.role), desk=row.desk,
        scopes=None if row.scopes is None else tuple(row.scopes), created_at=row.created_at, expires_at=row.expires_at,
        last_used_at=row.last_used_at, made_by=row.made_by, begins=row.begins,
    )  # fmt: skip
