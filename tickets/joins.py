"""Which contacts are one person, and what moved when they became so, inside the writer's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.tables import Address, Join, Ticket

_JOINS = Join.__table__  # type: ignore[attr-defined]
_ADDRESSES = Address.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Join)
_JOIN = Prepared(select(_JOINS).where(_JOINS.c.id == bindparam("id")))
_OPEN = _JOINS.c.parted_at.is_(None)
_NEWEST_OF = Prepared(
    select(_JOINS).where(_JOINS.c.kept == bindparam("contact"), _OPEN).order_by(_JOINS.c.id.desc()).limit(1)
)
_PART = Prepared(
    update(_JOINS)
    .where(_JOINS.c.id == bindparam("key"))
    .values(parted_at=bindparam("parted_at"), parted_by=bindparam("parted_by"))
)
_ADDRESSES_OF = Prepared(
    select(_ADDRESSES.c.id, _ADDRESSES.c.name)
    .where(_ADDRESSES.c.contact == bindparam("contact"))
    .order_by(_ADDRESSES.c.last_inbound_at.is_(None), _ADDRESSES.c.last_inbound_at.desc(), _ADDRESSES.c.id)
)
_TICKETS_OF = Prepared(
    select(_TICKETS.c.number, _TICKETS.c.address)
    .where(_TICKETS.c.contact == bindparam("contact"))
    .order_by(_TICKETS.c.number)
)
_MOVE_ADDRESS = Prepared(
    update(_ADDRESSES).where(_ADDRESSES.c.id == bindparam("key")).values(contact=bindparam("contact"))
)
_MOVE_TICKET = Prepared(
    update(_TICKETS).where(_TICKETS.c.number == bindparam("key")).values(contact=bindparam("contact"))
)


@dataclass(frozen=True, kw_only=True)
class JoinNow:
    id: int
    desk: str
    kept: int
    joined: int
    at: datetime
    by: str
    reason: str | None
    moved: Mapping[str, Any]  # addresses, tickets: ids; filled: what the one who stays got from the other
    parted_at: datetime | None
    parted_by: str | None


def new_join(
    tx: Tx, *, desk: str, kept: int, joined: int, by: str, reason: str | None, moved: Mapping[str, Any], at: datetime
) -> int:  # fmt: skip
    join = tx.next_id("joins")
    tx.run(
        _INSERT, id=join, desk=desk, kept=kept, joined=joined, at=at, by=by, reason=reason, moved=dict(moved)
    )
    return join


def load(tx: Tx, join: int) -> JoinNow | None:
    return _join(tx.one(_JOIN, id=join))


def newest_of(tx: Tx, contact: int) -> JoinNow | None:
    """Return the join by which somebody became part of this contact last."""
    return _join(tx.one(_NEWEST_OF, contact=contact))


def mark_parted(tx: Tx, join: int, *, by: str, at: datetime) -> None:
    tx.run(_PART, key=join, parted_at=at, parted_by=by)


def addresses_of(tx: Tx, contact: int) -> list[tuple[int, str | None]]:
    """Return a contact's addresses with the names of their profiles, the one that was heard last first."""
    return [(row.id, row.name) for row in tx.all(_ADDRESSES_OF, contact=contact)]


def tickets_of(tx: Tx, contact: int) -> list[tuple[int, int | None]]:
    """Return a contact's tickets with the address that each answers to."""
    return [(row.number, row.address) for row in tx.all(_TICKETS_OF, contact=contact)]


def move(tx: Tx, *, addresses: Sequence[int], tickets: Sequence[int], to: int) -> None:
    tx.run_many(_MOVE_ADDRESS, [{"key": address, "contact": to} for address in addresses])
    tx.run_many(_MOVE_TICKET, [{"key": number, "contact": to} for number in tickets])


def _join(row: Row | None) -> JoinNow | None:
    return None if row is None else JoinNow(**row._asdict() | {"moved": row.moved or {}})
