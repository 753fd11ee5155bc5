"""Tokens of programs: who calls the API, and with which rights."""

import hashlib
import hmac
import secrets
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from console.tables import ApiToken
from tickets.actor import Actor, Kind, Role
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.writer import Tx

PREFIX = "tanggap_"  # lets a leaked token be recognised for what it is

_TOKENS = ApiToken.__table__  # type: ignore[attr-defined]
_INSERT = inserting(ApiToken)
_DISABLE = Prepared(
    update(_TOKENS)
    .where(_TOKENS.c.name == bindparam("of_name"), _TOKENS.c.disabled_at.is_(None))
    .values(disabled_at=bindparam("at"))
)


def create_token(tx: Tx, name: str, role: Role, desk: str | None, at: datetime) -> str:
    """Make a token for one desk, or with None for all; this is the only time that it can be read."""
    token = PREFIX + secrets.token_urlsafe(32)
    tx.run(_INSERT, token_hash=hash_of(token), name=name, role=str(role), desk=desk, created_at=at)
    return token


def disable_token(tx: Tx, name: str, at: datetime) -> bool:
    """Let the tokens of this name work no longer; False if there is none."""
    return bool(tx.run(_DISABLE, of_name=name, at=at))


def owner_of(session: Session, token: str) -> Actor | None:
    """Return the program whose token this is."""
    row = session.execute(
        select(_TOKENS).where(_TOKENS.c.token_hash == hash_of(token), _TOKENS.c.disabled_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    desks = frozenset({row.desk}) if row.desk else None
    return Actor(kind=Kind.API, id=row.name, role=Role(row.role), desks=desks)


def is_fixed(token: str, fixed: str | None) -> bool:
    """Whether this is the one token of the settings; takes the same time whatever is guessed."""
    return fixed is not None and hmac.compare_digest(token.encode(), fixed.encode())


def hash_of(key: str) -> str:
    """Return what is kept of a random key. It is long and random, so a fast hash will do."""
    return hashlib.sha256(key.encode()).hexdigest()
