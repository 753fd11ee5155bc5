"""What came in and belongs to no ticket: receipts, orders of agents, what nobody could read, commands of pages and programs.

Of those commands nobody knows the desk.
No ticket takes it along when it goes, so it goes by itself after the desk's retention: that it came in stays, so that it does
not come in twice, and what it said goes. What was never processed is done with then.
"""

from datetime import datetime

from sqlalchemy import and_, bindparam, func, null, or_, select, update
from sqlmodel import Session

from tickets.erasure import Thing
from tickets.inbound import PAGES, PROGRAMS
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.personal.wiping import Wiped
from tickets.tables import Inbound

_INBOUND = Inbound.__table__  # type: ignore[attr-defined]
_ALONE = and_(  # to the letter of the index
    _INBOUND.c.ticket.is_(None),
    _INBOUND.c.message.is_(None),
    or_(_INBOUND.c.raw.is_not(None), _INBOUND.c.raw_sha256.is_not(None)),
)
_AFTER_SLASH = "0"  # the character behind it: accounts of a desk are `desk/…`
_NEXT_ACCOUNT = Prepared(
    select(func.min(_INBOUND.c.account).label("account")).where(
        _ALONE, _INBOUND.c.account > bindparam("after"), _INBOUND.c.account < bindparam("end")
    )
)
_SOME = Prepared(
    select(_INBOUND.c.account, _INBOUND.c.event_id, _INBOUND.c.raw_sha256)
    .where(_ALONE, _INBOUND.c.account == bindparam("account"), _INBOUND.c.at < bindparam("before"))
    .order_by(_INBOUND.c.at)
    .limit(bindparam("most"))
)
_EMPTY = Prepared(
    update(_INBOUND)
    .where(_INBOUND.c.account == bindparam("of_account"), _INBOUND.c.event_id == bindparam("of_event"))
    .values(
        raw=null(), raw_sha256=null(), error=null(),
        processed_at=func.coalesce(_INBOUND.c.processed_at, bindparam("now", type_=_INBOUND.c.processed_at.type)),
    )
)  # fmt: skip


def how_many(session: Session, desk: str, *, before: datetime) -> int:
    """Return how many events of a desk came in before an instant, belong to no ticket, and are kept as they came."""
    count = select(func.count()).where(
        _ALONE, _INBOUND.c.account > f"{desk}/", _INBOUND.c.account < f"{desk}{_AFTER_SLASH}", _INBOUND.c.at < before
    )  # fmt: skip
    return int(session.execute(count).scalar_one())


def empty(tx: Tx, desk: str, *, before: datetime, most: int, at: datetime) -> Wiped:
    """Empty some of those; nothing was emptied when there are no more."""
    wiped, left = Wiped(), most
    account = _next(tx, desk, f"{desk}/")
    while account is not None and left > 0:
        left -= _empty(tx, account, wiped, before=before, most=left, at=at)
        account = _next(tx, desk, account)
    return wiped


def how_many_commands(session: Session, *, before: datetime) -> int:
    """Return how many commands of pages and programs from before an instant belong to no ticket, and are kept as they came."""
    count = select(func.count()).where(
        _ALONE, _INBOUND.c.account.in_((PAGES, PROGRAMS)), _INBOUND.c.at < before
    )
    return int(session.execute(count).scalar_one())


def empty_commands(tx: Tx, *, before: datetime, most: int, at: datetime) -> Wiped:
    """Empty some of those of each; nothing was emptied when there are no more."""
    wiped = Wiped()
    for account in (PAGES, PROGRAMS):
        _empty(tx, account, wiped, before=before, most=most, at=at)
    return wiped


def _empty(tx: Tx, account: str, wiped: Wiped, *, before: datetime, most: int, at: datetime) -> int:
    """Empty some of an account, and note in `wiped` what went; how many."""
    rows = tx.all(_SOME, account=account, before=before, most=most)
    for row in rows:
        tx.run(_EMPTY, of_account=row.account, of_event=row.event_id, now=at)
    wiped.count(Thing.RAW, len(rows))
    wiped.files |= {row.raw_sha256 for row in rows if row.raw_sha256}
    return len(rows)


def _next(tx: Tx, desk: str, after: str) -> str | None:
    row = tx.one(_NEXT_ACCOUNT, after=after, end=f"{desk}{_AFTER_SLASH}")
    return None if row is None else row.account
