"""The files that are asked for, one after the other, and what becomes of each; inside the writer's transaction.

One is made at a time in the whole house. Whoever makes it says now and then how far it is; of one that nothing was heard of
for a while, the making was broken off, and begins anew.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlmodel import Session

from reports.errors import ReportError
from reports.making.order import Order
from reports.making.tables import MakingRow
from reports.progress import Progress
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx

LEASE = timedelta(minutes=1)
KEPT_FOR = timedelta(hours=24)
TRIES = 3
MOST_WAITING = 50  # in the whole house
MOST_KEPT = 10  # a person; the oldest goes for a new one
BROKEN_OFF = "BrokenOff"

_MAKINGS = MakingRow.__table__  # type: ignore[attr-defined]


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


_UNDER_WAY = (str(State.WAITING), str(State.RUNNING))
_IS_UNDER_WAY = or_(*(_MAKINGS.c.state == state for state in _UNDER_WAY))
_IS_OVER = and_(*(_MAKINGS.c.state != state for state in _UNDER_WAY))
_INSERT = inserting(MakingRow)
_OF_KEY = _MAKINGS.c.id == bindparam("key")
_THEIRS = Prepared(
    select(_MAKINGS.c.id).where(_MAKINGS.c.asked_by == bindparam("by"), _IS_UNDER_WAY).limit(1)
)
_HOW_MANY = Prepared(select(func.count().label("many")).where(_IS_UNDER_WAY))
_ENDED = Prepared(
    select(_MAKINGS.c.id)
    .where(_MAKINGS.c.asked_by == bindparam("by"), _IS_OVER)
    .order_by(_MAKINGS.c.id.desc())
)
_EXPIRE = Prepared(update(_MAKINGS).where(_OF_KEY).values(expires_at=bindparam("at")))
_RUNNING = Prepared(select(_MAKINGS).where(_MAKINGS.c.state == str(State.RUNNING)).order_by(_MAKINGS.c.id))
_NEXT = Prepared(
    select(_MAKINGS).where(_MAKINGS.c.state == str(State.WAITING)).order_by(_MAKINGS.c.id).limit(1)
)
_TAKE = Prepared(
    update(_MAKINGS)
    .where(_OF_KEY)
    .values(
        state=str(State.RUNNING), tries=_MAKINGS.c.tries + 1, lease_until=bindparam("until"), stage=None, done=0, of=None
    )
)  # fmt: skip
_TELL = Prepared(
    update(_MAKINGS)
    .where(_OF_KEY, _MAKINGS.c.state == str(State.RUNNING))
    .values(
        stage=bindparam("stage"), done=bindparam("done"), of=bindparam("of"), lease_until=bindparam("until")
    )
)
_DONE = Prepared(
    update(_MAKINGS)
    .where(_OF_KEY)
    .values(
        state=str(State.DONE), name=bindparam("name"), size=bindparam("size"), report=bindparam("report"),
        ended_at=bindparam("at"), expires_at=bindparam("until"), lease_until=None,
    )
)  # fmt: skip
_FAILED = Prepared(
    update(_MAKINGS)
    .where(_OF_KEY)
    .values(
        state=str(State.FAILED), failure=bindparam("failure"), failed_why=bindparam("why"), about=bindparam("about"),
        ended_at=bindparam("at"), expires_at=bindparam("until"), lease_until=None,
    )
)  # fmt: skip
_EXPIRED = (
    select(_MAKINGS.c.id)
    .where(_MAKINGS.c.expires_at <= bindparam("now"))
    .order_by(_MAKINGS.c.id)
    .limit(bindparam("most"))
)
_KEPT = Prepared(
    select(_MAKINGS.c.id, _MAKINGS.c.desk, _MAKINGS.c.ordered).where(
        _MAKINGS.c.ended_at.is_not(None), _MAKINGS.c.expires_at > bindparam("at")
    )
)
_BREAK_OFF = Prepared(
    update(_MAKINGS)
    .where(_OF_KEY, _MAKINGS.c.state == str(State.RUNNING))
    .values(lease_until=bindparam("at"))
)
_FORGET = Prepared(delete(_MAKINGS).where(_OF_KEY))
_OF = Prepared(select(_MAKINGS).where(_OF_KEY))


NOWHERE: Mapping[str, Actor] = MappingProxyType({})


class UnderWayError(ReportError):
    """They have one under way already."""

    code = "under_way"

    def __init__(self) -> None:
        super().__init__("one file of yours is still being made; wait for it, or stop it")


class TooManyError(ReportError):
    """Too many wait in the whole house."""

    code = "too_many"

    def __init__(self) -> None:
        super().__init__(f"{MOST_WAITING} files are waiting to be made; try again later")


class NoSuchMakingError(ReportError):
    """There is no such file among theirs, or it is gone."""

    def __init__(self, key: int) -> None:
        super().__init__(f"there is no file {key}, or it is no longer kept")


def ask(
    tx: Tx, order: Order, desk: str, *, by: Actor, at: datetime, elsewhere: Mapping[str, Actor] = NOWHERE
) -> int:
    """Let a file be made; its number. `elsewhere` says as whom other desks know them.

    Raises NotAllowedError, UnderWayError, TooManyError.
    """
    for each in (desk, *order.beside):
        require(elsewhere.get(each, by), Role.SUPERVISOR, each)
    if tx.one(_THEIRS, by=by.key) is not None:
        raise UnderWayError
    waiting = tx.one(_HOW_MANY)
    if waiting is not None and waiting.many >= MOST_WAITING:
        raise TooManyError
    for row in tx.all(_ENDED, by=by.key)[MOST_KEPT - 1 :]:
        tx.run(_EXPIRE, key=row.id, at=at)
    key = tx.next_id("makings")
    tx.run(
        _INSERT, id=key, desk=desk, asked_by=by.key, asked_at=at, what=order.what, ordered=dict(order.to_data()),
        state=str(State.WAITING), done=0, tries=0, stage=None, of=None, lease_until=None, ended_at=None, failure=None,
        failed_why=None, about=None, name=None, size=None, report=None, expires_at=None,
    )  # fmt: skip
    tx.tell(News.MAKINGS)  # who makes it need not look by itself
    return key


def take(tx: Tx, *, now: datetime) -> Row | None:
    """Take the next file that is to be made; None where none is, or one is being made."""
    for row in tx.all(_RUNNING):
        if row.lease_until is not None and row.lease_until > now:
            return None
        if row.tries >= TRIES:
            fail(tx, row.id, BROKEN_OFF, "the making was broken off again and again", {}, at=now)
        else:
            tx.run(_TAKE, key=row.id, until=now + LEASE)
            return row
    row = tx.one(_NEXT)
    if row is not None:
        tx.run(_TAKE, key=row.id, until=now + LEASE)
    return row


def tell(tx: Tx, key: int, progress: Progress, *, at: datetime) -> bool:
    """Note how far it is; False: nobody wants it any more."""
    return (
        tx.run(_TELL, key=key, stage=str(progress.what), done=progress.done, of=progress.of, until=at + LEASE)
        > 0
    )


def finish(tx: Tx, key: int, *, name: str, size: int, report: int | None, at: datetime) -> None:
    tx.run(_DONE, key=key, name=name, size=size, report=report, at=at, until=at + KEPT_FOR)


def fail(tx: Tx, key: int, failure: str, why: str, about: Mapping[str, str], *, at: datetime) -> None:
    """Note why nothing came of it: the refusal's name, its sentence, and what that names."""
    tx.run(_FAILED, key=key, failure=failure, why=why[:1000], about=dict(about), at=at, until=at + KEPT_FOR)


def drop(tx: Tx, key: int, *, by: Actor, at: datetime) -> None:
    """Stop a making of theirs, or let its file go before its time. Raises NoSuchMakingError."""
    row = tx.one(_OF, key=key)
    if row is None or row.asked_by != by.key:
        raise NoSuchMakingError(key)
    if row.state in _UNDER_WAY:
        tx.run(_FORGET, key=key)
    else:
        tx.run(_EXPIRE, key=key, at=at)
    tx.tell(News.MAKINGS)


def is_running(tx: Tx, key: int) -> bool:
    row = tx.one(_OF, key=key)
    return row is not None and row.state == State.RUNNING


def break_off(tx: Tx, key: int, *, at: datetime) -> None:
    """Let it begin anew at once."""
    tx.run(_BREAK_OFF, key=key, at=at)


def expire_all(tx: Tx, desk: str, *, at: datetime) -> int:
    """Let the time of every file that was made of a desk, alone or with others, be over; how many."""
    theirs = [
        row.id for row in tx.all(_KEPT, at=at) if desk in (row.desk, *Order.from_data(row.ordered).beside)
    ]
    for key in theirs:
        tx.run(_EXPIRE, key=key, at=at)
    return len(theirs)


def expired(session: Session, *, now: datetime, most: int) -> Sequence[int]:
    """Return those whose time is over: their files are to be deleted, then they are to be forgotten."""
    return session.execute(_EXPIRED, {"now": now, "most": most}).scalars().all()


def forget(tx: Tx, keys: Sequence[int]) -> None:
    for key in keys:
        tx.run(_FORGET, key=key)
