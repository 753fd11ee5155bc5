"""The record of what was erased or removed: what is to be done still, and what was done."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, literal_column, select, update
from sqlmodel import Session

from tickets.erasure import Thing, added
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.tables import Removal

ERASURE, RETENTION = "erasure", "retention"

_REMOVALS = Removal.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Removal)
_KIND: Any = literal_column("'erasure'")
_PENDING = Prepared(
    select(_REMOVALS).where(_REMOVALS.c.kind == _KIND, _REMOVALS.c.done_at.is_(None)).order_by(_REMOVALS.c.id)
)
_BEGUN = Prepared(
    select(_REMOVALS)
    .where(
        _REMOVALS.c.desk == bindparam("desk"),
        _REMOVALS.c.kind == literal_column("'retention'"),
        _REMOVALS.c.done_at.is_(None),
    )
    .order_by(_REMOVALS.c.id)
    .limit(1)
)
_OF_CONTACT = Prepared(
    select(_REMOVALS)
    .where(_REMOVALS.c.contact == bindparam("contact"), _REMOVALS.c.done_at.is_(None))
    .limit(1)
)
_COUNT = Prepared(
    update(_REMOVALS)
    .where(_REMOVALS.c.id == bindparam("of_id"))
    .values(counts=bindparam("sums"), files=bindparam("left"))
)
_DONE = Prepared(
    update(_REMOVALS)
    .where(_REMOVALS.c.id == bindparam("of_id"), _REMOVALS.c.done_at.is_(None))
    .values(done_at=bindparam("at"), files=None)
)
_FORGET = Prepared(delete(_REMOVALS).where(_REMOVALS.c.id == bindparam("of_id")))
_ONE = Prepared(select(_REMOVALS).where(_REMOVALS.c.id == bindparam("id")))
_GONE_WHOLE = select(_REMOVALS).where(_REMOVALS.c.months.is_not(None)).order_by(_REMOVALS.c.id)


@dataclass(frozen=True, kw_only=True)
class RemovalNow:
    id: int
    desk: str
    kind: str
    contact: int | None
    by: str
    reason: str | None
    at: datetime
    before: datetime | None
    done_at: datetime | None
    counts: Mapping[Thing, int]
    months: tuple[str, ...]  # of which history, messages and clocks went whole
    files: tuple[str, ...]  # to be deleted still


def begin(tx: Tx, *, desk: str, kind: str, by: str, at: datetime, **more: Any) -> int:
    """Write down that something is to go; the id of the record."""
    removal = tx.next_id("removals")
    tx.run(_INSERT, id=removal, desk=desk, kind=kind, by=by, at=at, **more)
    return removal


def pending(tx: Tx) -> tuple[RemovalNow, ...]:
    """Return the erasures that are not done, the oldest first."""
    return tuple(removal_from(row) for row in tx.all(_PENDING))


def pending_of(tx: Tx, contact: int) -> RemovalNow | None:
    row = tx.one(_OF_CONTACT, contact=contact)
    return None if row is None else removal_from(row)


def of_desks(session: Session, desks: Collection[str], *, below: int, most: int) -> list[RemovalNow]:
    """Return what went at some desks, of records below an id, the newest first."""
    statement = (
        select(_REMOVALS)
        .where(_REMOVALS.c.desk.in_(sorted(desks)), _REMOVALS.c.id < below)
        .order_by(_REMOVALS.c.id.desc())
        .limit(most)
    )
    return [removal_from(row) for row in session.execute(statement)]


def gone_whole(session: Session, *, desk: str | None = None) -> list[RemovalNow]:
    """Return the records of months whose rows went whole, of one desk or of all, the oldest first."""
    whose = _GONE_WHOLE if desk is None else _GONE_WHOLE.where(_REMOVALS.c.desk == desk)
    return [removal_from(row) for row in session.execute(whose)]


def load(tx: Tx, removal: int) -> RemovalNow:
    row = tx.one(_ONE, id=removal)
    assert row is not None
    return removal_from(row)


def begun(tx: Tx, desk: str) -> RemovalNow | None:
    """Return what a desk's retention has begun to remove and is not done with."""
    row = tx.one(_BEGUN, desk=desk)
    return None if row is None else removal_from(row)


def note(tx: Tx, removal: int, counts: Mapping[Thing, int], files: Iterable[str]) -> None:
    """Add to a record what has gone, and which files are to go."""
    now = load(tx, removal)
    tx.run(_COUNT, of_id=removal, sums=added((now.counts, counts)), left=sorted({*now.files, *files}))


def leave(tx: Tx, removal: int, files: Iterable[str]) -> None:
    """Let a record name these files alone as still to go."""
    tx.run(_COUNT, of_id=removal, sums=load(tx, removal).counts, left=sorted(files))


def done(tx: Tx, removal: int, *, at: datetime) -> None:
    tx.run(_DONE, of_id=removal, at=at)


def forget(tx: Tx, removal: int) -> None:
    """Keep no record of a removal of nothing."""
    tx.run(_FORGET, of_id=removal)


def removal_from(row: Row) -> RemovalNow:
    counts = {Thing(name): many for name, many in (row.counts or {}).items()}
    lists = {"months": tuple(row.months or ()), "files": tuple(row.files or ())}
    return RemovalNow(**row._asdict() | {"counts": counts} | lists)
