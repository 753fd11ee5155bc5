"""Accounts: who can log in at all, and what they may change about that themselves."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session

from console.tables import Account
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx

_ACCOUNTS = Account.__table__  # type: ignore[attr-defined]
_OF_EMAIL = _ACCOUNTS.c.email == bindparam("of_email")
_HOW_MANY = Prepared(select(func.count().label("many")).select_from(_ACCOUNTS))
_SAVE = Prepared(
    lambda insert: insert(_ACCOUNTS).on_conflict_do_update(
        index_elements=["email"],
        set_={
            name: insert(_ACCOUNTS).excluded[name] for name in ("name", "password", "disabled_at", "subject")
        },
    )
)
_RENAME = Prepared(update(_ACCOUNTS).where(_OF_EMAIL).values(name=bindparam("to")))
_SET_PASSWORD = Prepared(update(_ACCOUNTS).where(_OF_EMAIL).values(password=bindparam("to")))
_UNDO = Prepared(update(_ACCOUNTS).where(_OF_EMAIL).values(undo_seconds=bindparam("to")))
_SPEAK = Prepared(update(_ACCOUNTS).where(_OF_EMAIL).values(language=bindparam("to")))


@dataclass(frozen=True, kw_only=True)
class AccountNow:
    email: str
    name: str
    admin: bool
    password: str | None = field(repr=False)  # its hash
    totp: str | None = field(default=None, repr=False)  # the second factor's secret, sealed
    language: str | None = None  # of the pages, where they have chosen one


def nobody_yet(tx: Tx) -> bool:
    """Whether there is no account at all: then the service prints the link for the first administrator."""
    row = tx.one(_HOW_MANY)
    assert row is not None
    return not row.many


def account_of(session: Session, email: str) -> AccountNow | None:
    """Return the account that may log in under this mailbox."""
    row = session.execute(
        select(_ACCOUNTS).where(_ACCOUNTS.c.email == email.strip().lower(), _ACCOUNTS.c.disabled_at.is_(None))
    ).one_or_none()
    return None if row is None else _from(row)


def all_accounts(session: Session) -> tuple[AccountNow, ...]:
    rows = session.execute(
        select(_ACCOUNTS).where(_ACCOUNTS.c.disabled_at.is_(None)).order_by(_ACCOUNTS.c.name)
    )
    return tuple(_from(row) for row in rows)


def save(tx: Tx, *, email: str, name: str, password: str | None, admin: bool, at: datetime) -> None:
    """Make an account, or give one that there is a name and a password; what it may do stays as it was."""
    tx.run(
        _SAVE, email=email, name=name, password=password, admin=admin, created_at=at, disabled_at=None, totp=None,
        totp_step=None, totp_at=None, language=None, subject=None, undo_seconds=None,
    )  # fmt: skip


def rename(tx: Tx, email: str, name: str) -> None:
    tx.run(_RENAME, of_email=email, to=name)


def set_password(tx: Tx, email: str, password_hash: str) -> None:
    tx.run(_SET_PASSWORD, of_email=email, to=password_hash)


def speak(tx: Tx, email: str, language: str) -> None:
    """Keep in which language somebody reads the pages, wherever they log in."""
    tx.run(_SPEAK, of_email=email, to=language)


def undo_within(tx: Tx, email: str, seconds: int | None) -> None:
    """Keep for how long somebody wants to undo their answers; None: as the desk has it."""
    tx.run(_UNDO, of_email=email, to=seconds)


def _from(row: Row) -> AccountNow:
    return AccountNow(
        email=row.email, name=row.name, admin=row.admin, password=row.password, totp=row.totp, language=row.language
    )  # fmt: skip
