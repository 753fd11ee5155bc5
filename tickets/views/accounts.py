"""How the accounts of a desk fare: what came in and went out last, what waits, what was lost, what could not be read.

Each question costs what is wrong and not how much there ever was: partial indexes answer for what waits or was lost,
and when something last moved is looked for among the newest messages alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, literal_column, or_, select
from sqlmodel import Session

from tickets.connections import Account
from tickets.desk import Desk
from tickets.ledger.ownership import is_held
from tickets.message import Channel
from tickets.reconciled import LastLook, last_looks
from tickets.tables import Address, ApprovedTemplate, Message, Outbox, TemplateList
from tickets.views.board import KeptView, kept

NEWEST = 5_000  # messages of the house, among which the last of each account is looked for
LOST_WITHIN = timedelta(days=7)  # what was lost longer ago says nothing about how an account fares now

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_TEMPLATES = ApprovedTemplate.__table__  # type: ignore[attr-defined]
_LISTS = TemplateList.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What an account has still to send, and could have sent by now."""

    count: int
    since: datetime  # of the oldest
    why: str | None  # what the provider says of the oldest, or of the account


@dataclass(frozen=True, kw_only=True)
class Templates:
    """An account's approved templates, as its provider listed them."""

    states: Mapping[str, int]
    fetched_at: datetime | None
    error: str | None  # why the last try brought none


@dataclass(frozen=True, kw_only=True)
class AccountNow:
    """One account as it fares."""

    account: Account
    last_in_at: datetime | None
    last_out_at: datetime | None
    quiet_since: datetime | None  # what moved before this instant was not looked for; None: all was
    waiting: Waiting | None
    failed: int  # answers that were lost within `LOST_WITHIN`
    unknown: int  # of which nobody knows whether they arrived
    parked: int  # that wait for the contact to write
    kept: tuple[KeptView, ...]  # that could not be processed, oldest first
    templates: Templates | None  # None: nobody has asked for any
    reconciled: LastLook | None  # how its provider's list was last held beside the ledger
    is_read: (
        bool | None
    )  # whether any process reads its mailbox or its bot's messages; None: it is brought all


def _text(*values: str) -> list[Any]:
    """Constants that stand in the statement: with parameters in their place a partial index is not used."""
    return [literal_column(f"'{value}'") for value in values]


_OURS: Any = bindparam("accounts", expanding=True)
_NEWEST = (
    select(_MESSAGES.c.account, _MESSAGES.c.direction, _MESSAGES.c.delivery, _MESSAGES.c.at)
    .order_by(_MESSAGES.c.id.desc())
    .limit(NEWEST)
).subquery()
_MOVED = (
    select(_NEWEST.c.account, _NEWEST.c.direction, func.max(_NEWEST.c.at).label("at"))
    .where(or_(_NEWEST.c.direction == "in", _NEWEST.c.delivery.in_(["sent", "delivered", "read"])))
    .group_by(_NEWEST.c.account, _NEWEST.c.direction)
)
_BEGINS = select(func.min(_NEWEST.c.at).label("at"), func.count().label("messages"))
_LAST_HEARD = select(func.max(_ADDRESSES.c.last_inbound_at)).where(
    _ADDRESSES.c.account == bindparam("account")
)
_WAITING = (
    select(_OUTBOX.c.account, func.count().label("many"), func.min(_OUTBOX.c.id).label("oldest"))
    .where(
        _OUTBOX.c.state.in_(_text("queued", "sending")),
        _OUTBOX.c.account.in_(_OURS),
        or_(_OUTBOX.c.not_before <= bindparam("now"), _OUTBOX.c.attempts > 0),
    )
    .group_by(_OUTBOX.c.account)
)
_OLDEST = (
    select(
        _OUTBOX.c.account, _OUTBOX.c.created_at, func.coalesce(_OUTBOX.c.error, _MESSAGES.c.delivery_error).label("why")
    )
    .select_from(_OUTBOX.outerjoin(_MESSAGES, _MESSAGES.c.id == _OUTBOX.c.message))
    .where(_OUTBOX.c.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip
_PARKED = (
    select(_OUTBOX.c.account, func.count().label("many"))
    .where(_OUTBOX.c.state.in_(_text("parked")), _OUTBOX.c.account.in_(_OURS))
    .group_by(_OUTBOX.c.account)
)
_LOST = (
    select(_MESSAGES.c.account, _MESSAGES.c.delivery, func.count().label("many"))
    .where(
        _MESSAGES.c.desk == bindparam("desk"),
        _MESSAGES.c.delivery.in_(_text("failed", "unknown")),
        _MESSAGES.c.id >= bindparam("first"),  # stands in the index, as the instant does not
    )
    .group_by(_MESSAGES.c.account, _MESSAGES.c.delivery)
)
_FROM = (
    select(_MESSAGES.c.id, _MESSAGES.c.at)
    .where(_MESSAGES.c.id >= bindparam("id"))
    .order_by(_MESSAGES.c.id)
    .limit(1)
)
_NEWEST_ID = select(func.max(_MESSAGES.c.id))
_LISTED = (
    select(
        _LISTS.c.account, _LISTS.c.fetched_at, _LISTS.c.error, _TEMPLATES.c.state, func.count(_TEMPLATES.c.name).label("many")
    )
    .select_from(_LISTS.outerjoin(_TEMPLATES, and_(_TEMPLATES.c.account == _LISTS.c.account)))
    .where(_LISTS.c.account.in_(_OURS))
    .group_by(_LISTS.c.account, _LISTS.c.fetched_at, _LISTS.c.error, _TEMPLATES.c.state)
)  # fmt: skip


def accounts_now(session: Session, desk: Desk, *, now: datetime) -> tuple[AccountNow, ...]:
    """Read how each account of a desk fares, in the order of its file."""
    ours = {"accounts": [account.key for account in desk.accounts]}
    moved = {(row.account, row.direction): row.at for row in session.execute(_MOVED)}
    begins = session.execute(_BEGINS).one()
    waiting = _waiting(session, ours, now)
    parked = {row.account: row.many for row in session.execute(_PARKED, ours)}
    since = {"desk": desk.slug, "first": _first_since(session, now - LOST_WITHIN)}
    lost = {(row.account, row.delivery): row.many for row in session.execute(_LOST, since)}
    templates = _templates(session, ours)
    held, looks = kept(session, desk.slug), last_looks(session, ours["accounts"])
    return tuple(
        AccountNow(
            account=account,
            last_in_at=moved.get((account.key, "in")) or _last_heard(session, account.key),
            last_out_at=moved.get((account.key, "out")),
            quiet_since=begins.at if begins.messages >= NEWEST else None,
            waiting=waiting.get(account.key),
            failed=lost.get((account.key, "failed"), 0),
            unknown=lost.get((account.key, "unknown"), 0),
            parked=parked.get(account.key, 0),
            kept=tuple(each for each in held if each.account == account.key),
            templates=templates.get(account.key),
            reconciled=looks.get(account.key),
            is_read=is_held(session, f"listen:{account.key}") if _is_fetched(account) else None,
        )
        for account in desk.accounts
    )


def _first_since(session: Session, since: datetime) -> int:
    """Return from which id on messages are no older: ids grow with time, so it is found in some twenty looks."""
    low, high = 0, (session.execute(_NEWEST_ID).scalar_one() or 0) + 1
    while low < high:
        middle = (low + high) // 2
        row = session.execute(_FROM, {"id": middle}).first()
        if row is not None and row.at < since:
            low = int(row.id) + 1
        else:
            high = middle
    return low


def _is_fetched(account: Account) -> bool:
    if account.off:
        return False
    return account.channel is Channel.TELEGRAM or "imap" in account.settings


def _last_heard(session: Session, account: str) -> datetime | None:
    heard: datetime | None = session.execute(_LAST_HEARD, {"account": account}).scalar_one()
    return heard


def _waiting(session: Session, ours: Mapping[str, Any], now: datetime) -> dict[str, Waiting]:
    found = {row.account: row for row in session.execute(_WAITING, {**ours, "now": now})}
    oldest = session.execute(_OLDEST, {"ids": [row.oldest for row in found.values()]})
    return {
        row.account: Waiting(count=found[row.account].many, since=row.created_at, why=row.why)
        for row in oldest
    }


def _templates(session: Session, ours: Mapping[str, Any]) -> dict[str, Templates]:
    rows: dict[str, list[Any]] = {}
    for row in session.execute(_LISTED, ours):
        rows.setdefault(row.account, []).append(row)
    return {account: _of_list(theirs) for account, theirs in rows.items()}


def _of_list(rows: Sequence[Any]) -> Templates:
    return Templates(
        states={row.state: row.many for row in rows if row.state is not None},
        fetched_at=rows[0].fetched_at,
        error=rows[0].error,
    )
