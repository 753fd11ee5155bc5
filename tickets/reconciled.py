"""Reconciling what came in: what of a provider's list the ledger has, and what came of each look into it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, update
from sqlmodel import Session

from tickets.connections import Account
from tickets.ledger.prepared import Prepared, inserting, inserting_once
from tickets.ledger.tx import Tx
from tickets.message import Channel
from tickets.tables import Inbound, LostMessage, Message, Reconciliation

ON_ITS_WAY = timedelta(minutes=5)  # from the provider to us, the first time
LEASE = timedelta(hours=2)  # after which a look that did not end was cut off
_RUNS = Reconciliation.__table__  # type: ignore[attr-defined]
_LOST = LostMessage.__table__  # type: ignore[attr-defined]
_INBOUND = Inbound.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Reconciliation)
_NEWEST = Prepared(
    select(_RUNS.c.began_at, _RUNS.c.ended_at)
    .where(_RUNS.c.account == bindparam("account"))
    .order_by(_RUNS.c.id.desc())
    .limit(1)
)
_END = Prepared(
    update(_RUNS)
    .where(_RUNS.c.id == bindparam("key"))
    .values(
        ended_at=bindparam("at"), listed=bindparam("listed"), missing=bindparam("missing"), lost=bindparam("lost"),
        error=bindparam("error"),
    )
)  # fmt: skip
_LOSE = inserting_once(LostMessage)
_FIND = Prepared(
    delete(_LOST).where(_LOST.c.account == bindparam("of_account"), _LOST.c.handle == bindparam("of_handle"))
)
_AT_ONCE = 500  # ids in one question


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one look."""

    listed: int = 0
    missing: int = 0
    lost: int = 0
    error: str | None = None
    left: tuple[str, ...] = ()  # handles of what was lost
    had: tuple[str, ...] = ()  # … and of what was not in the ledger for sure, and is now

    @property
    def brought(self) -> int:
        return self.missing - self.lost


@dataclass(frozen=True, kw_only=True)
class LastLook:
    """An account's newest look that ended."""

    account: str
    since: datetime
    until: datetime
    outcome: Outcome


def why_no_list(account: Account) -> str | None:
    """Return the key of the words why a provider cannot be asked afterwards for what came in; None: it can."""
    if account.off:
        return "off"
    if account.channel is Channel.EMAIL:
        return None if "imap" in account.settings else "smtp"
    if account.channel is Channel.WHATSAPP:
        return "cloud" if account.settings.get("provider") == "cloud" else None
    return str(account.channel)


def begin(
    tx: Tx,
    account: str,
    *,
    desk: str,
    since: datetime,
    until: datetime,
    at: datetime,
    unless_since: datetime | None,
) -> int | None:
    """Begin a look; its id. None if another is under way, or one that ended began after `unless_since`."""
    newest = tx.one(_NEWEST, account=account)
    if newest is not None:
        was_cut_off = newest.ended_at is None and at - newest.began_at >= LEASE
        is_recent = unless_since is not None and newest.began_at > unless_since
        if not was_cut_off and (newest.ended_at is None or is_recent):
            return None
    key = tx.next_id("reconciliations")
    tx.run(
        _INSERT, id=key, account=account, desk=desk, began_at=at, since=since, until=until, ended_at=None, listed=0,
        missing=0, lost=0, error=None,
    )  # fmt: skip
    return key


def end(tx: Tx, key: int, outcome: Outcome, *, account: str, desk: str, at: datetime) -> None:
    """Write down what came of a look; what is found after all is lost no more."""
    tx.run(
        _END,
        key=key,
        at=at,
        listed=outcome.listed,
        missing=outcome.missing,
        lost=outcome.lost,
        error=outcome.error,
    )
    for handle in outcome.left:
        tx.run(_LOSE, account=account, handle=handle, desk=desk, at=at)
    for handle in outcome.had:
        tx.run(_FIND, of_account=account, of_handle=handle)


def known(session: Session, account: str, external_ids: Collection[str]) -> set[str]:
    """Return those that the ledger has: as messages, or as events that bear the same id."""
    asked, found = sorted(external_ids), set[str]()
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        messages = select(_MESSAGES.c.external_id).where(
            _MESSAGES.c.external_id.in_(some), _MESSAGES.c.account == account
        )
        events = select(_INBOUND.c.event_id).where(
            _INBOUND.c.account == account, _INBOUND.c.event_id.in_(some)
        )
        found |= {*session.scalars(messages), *session.scalars(events)}
    return found


def served_since(session: Session, account: str) -> datetime | None:
    """Return since when an account is served here: since the first thing that came in; None if nothing ever did."""
    first: datetime | None = session.scalar(select(func.min(_RUNS.c.since)).where(_RUNS.c.account == account))
    if first is not None:
        return first
    came: datetime | None = session.scalar(
        select(func.min(_INBOUND.c.at)).where(_INBOUND.c.account == account)
    )
    return None if came is None else came - ON_ITS_WAY


def has(session: Session, account: str, event_id: str) -> bool:
    """Whether an event came in earlier."""
    return session.get(Inbound, (account, event_id)) is not None


def last_looks(session: Session, accounts: Collection[str]) -> dict[str, LastLook]:
    """Return the newest look of each account that ended, by account."""
    newest = (
        select(func.max(_RUNS.c.id))
        .where(_RUNS.c.account.in_(accounts), _RUNS.c.ended_at.is_not(None))
        .group_by(_RUNS.c.account)
    )
    rows = session.execute(select(_RUNS).where(_RUNS.c.id.in_(newest)))
    return {
        row.account: LastLook(
            account=row.account, since=row.since, until=row.until,
            outcome=Outcome(listed=row.listed, missing=row.missing, lost=row.lost, error=row.error),
        )
        for row in rows
    }  # fmt: skip
