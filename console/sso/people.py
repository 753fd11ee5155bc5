"""From whom the provider has logged in to an account here: by who works at a desk, or who has an account already."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import Session

from console.doors import accounts
from console.doors.accounts import AccountNow
from console.sso.claims import Signed, SignOnError
from console.tables import Account, SignOnAnswer
from console.tokens import hash_of
from tickets import views
from tickets.ledger.prepared import Prepared, inserting_once
from tickets.ledger.tx import Tx

_ACCOUNTS = Account.__table__  # type: ignore[attr-defined]
_ANSWERS = SignOnAnswer.__table__  # type: ignore[attr-defined]
_ANSWERED = inserting_once(SignOnAnswer)
_SWEEP = Prepared(delete(_ANSWERS).where(_ANSWERS.c.at < bindparam("before")))
_BIND = Prepared(
    update(_ACCOUNTS).where(_ACCOUNTS.c.email == bindparam("of_email")).values(subject=bindparam("to"))
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """Whose account it is, or will be."""

    email: str
    name: str
    account: AccountNow | None  # None: they come for the first time
    subject: str  # who they are at the provider, as it is kept


def found(session: Session, signed: Signed, *, issuer: str) -> Found:
    """Return whose account it is. Raises SignOnError for somebody unknown, or a mailbox that another one had before."""
    subject = f"{issuer} {signed.subject}"
    person = next(
        (each for each in views.colleagues(session) if signed.known_by in {each.id.lower(), each.email}), None
    )
    email = person.email if person is not None else signed.known_by
    account = accounts.account_of(session, email) if email else None
    if email is None or (person is None and (account is None or not account.admin)):
        raise SignOnError("unknown")
    kept = session.execute(
        select(_ACCOUNTS.c.subject, _ACCOUNTS.c.disabled_at).where(_ACCOUNTS.c.email == email)
    ).one_or_none()
    if kept is not None and (kept.disabled_at is not None or kept.subject not in {None, subject}):
        raise SignOnError("another subject")
    name = account.name if account else signed.name or (person.name if person else email)
    return Found(email=email, name=name, account=account, subject=subject)


def settle(tx: Tx, found: Found, *, at: datetime) -> None:
    """Make the account of somebody who comes for the first time, and tie it to who they are at the provider."""
    if found.account is None:
        accounts.save(tx, email=found.email, name=found.name, password=None, admin=False, at=at)
    tx.run(_BIND, of_email=found.email, to=found.subject)


def is_first_answer(tx: Tx, state: str, *, at: datetime) -> bool:
    """Whether this state has not been answered before; it counts as answered from now on."""
    return bool(tx.run(_ANSWERED, state_hash=hash_of(state), at=at))


def sweep(tx: Tx, *, before: datetime) -> None:
    """Forget answers whose states are over anyway."""
    tx.run(_SWEEP, before=before)
