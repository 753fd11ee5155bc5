"""Handing tokens out and taking them back, each with its line in the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from console import tokens
from console.doors import trail
from console.doors.trail import TERMINAL, Entry, Kind
from console.doors.visitor import Knock
from tickets.actor import Role
from tickets.ledger.tx import Tx


@dataclass(frozen=True, kw_only=True)
class By:
    """Who hands out, and where they sit."""

    who: str
    knock: Knock


AT_THE_MACHINE = By(who=TERMINAL, knock=Knock())


def make(
    tx: Tx, *, name: str, role: Role, desk: str | None, scopes: Sequence[str] | None, expires_at: datetime | None,
    by: By, at: datetime,
) -> str:  # fmt: skip
    """Make a token; this is the only time that it can be read."""
    data = {
        "name": name, "role": str(role), "scopes": list(scopes) if scopes is not None else None,
        "expires": expires_at.isoformat() if expires_at is not None else None,
    }  # fmt: skip
    trail.write(tx, Entry(kind=Kind.TOKEN_MADE, who=by.who, knock=by.knock, desk=desk, data=data), at=at)
    return tokens.create_token(tx, name, role, desk, at, scopes=scopes, expires_at=expires_at, made_by=by.who)


def take_back(tx: Tx, id: str, *, by: By, at: datetime) -> bool:  # noqa: A002
    """Let one token work no longer; False if there is none that works."""
    name = tokens.disable_one(tx, id, at)
    if name is not None:
        _write(tx, name, by=by, at=at)
    return name is not None


def take_back_named(tx: Tx, name: str, *, by: By, at: datetime) -> bool:
    """Let all tokens of a name work no longer; False if there is none."""
    if not tokens.disable_token(tx, name, at):
        return False
    _write(tx, name, by=by, at=at)
    return True


def _write(tx: Tx, name: str, *, by: By, at: datetime) -> None:
    trail.write(tx, Entry(kind=Kind.TOKEN_TAKEN_BACK, who=by.who, knock=by.knock, data={"name": name}), at=at)
