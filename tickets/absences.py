"""Absences as rows: written, changed, found."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.presence import AbsenceNow, Away, away_at
from tickets.tables import Absence

_TABLE = Absence.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Absence)
_NOT_OVER = select(_TABLE).where(_TABLE.c.ended_at.is_(None)).order_by(_TABLE.c.since)
_LIVE = _NOT_OVER.where(_TABLE.c.desk == bindparam("desk"))
_SEEN = _NOT_OVER.where(_TABLE.c.desk.in_(bindparam("desks", expanding=True)))
_BY_ID = Prepared(select(_TABLE).where(_TABLE.c.id == bindparam("id")))
_LIVE_AT_DESK = Prepared(_LIVE)
_LIVE_OF = Prepared(_LIVE.where(_TABLE.c.staff == bindparam("staff")))


def create(tx: Tx, **fields: Any) -> AbsenceNow:
    id_ = tx.next_id("absences")
    tx.run(_INSERT, id=id_, **fields)
    return _absence(id=id_, **fields)


def change(tx: Tx, absence: AbsenceNow, **fields: Any) -> AbsenceNow:
    """Write some fields and return the absence as it stands then."""
    tx.run(_updating(tuple(sorted(fields))), key=absence.id, **fields)
    return _absence(**vars(absence) | fields)


def load(tx: Tx, id: int) -> AbsenceNow:  # noqa: A002  the column
    row = tx.one(_BY_ID, id=id)
    assert row is not None  # rows are ended, never deleted
    return absence_from(row)


def live(tx: Tx, desk: str) -> tuple[AbsenceNow, ...]:
    """Return the absences at a desk that are planned or running."""
    return tuple(absence_from(row) for row in tx.all(_LIVE_AT_DESK, desk=desk))


def live_of(tx: Tx, desk: str, staff: str) -> tuple[AbsenceNow, ...]:
    return tuple(absence_from(row) for row in tx.all(_LIVE_OF, desk=desk, staff=staff))


def away_now(tx: Tx, desk: str, at: datetime) -> Mapping[str, AbsenceNow]:
    """Return who is away at this instant, and what keeps them."""
    return away_at(live(tx, desk), at)


def seen(session: Session, desks: frozenset[str]) -> tuple[AbsenceNow, ...]:
    """Return the absences at some desks that are planned or running, for whoever only reads."""
    return tuple(map(absence_from, session.execute(_SEEN, {"desks": desks})))


def absence_from(row: Row) -> AbsenceNow:
    """Return a row of the table as a value."""
    return _absence(**row._asdict())


def _absence(**fields: Any) -> AbsenceNow:
    handed = tuple((int(ticket), to) for ticket, to in fields.pop("handed", None) or ())
    return AbsenceNow(**fields | {"kind": Away(fields["kind"]), "handed": handed})


@cache
def _updating(names: tuple[str, ...]) -> Prepared:
    return Prepared(
        update(_TABLE)
        .where(_TABLE.c.id == bindparam("key"))
        .values({name: bindparam(name) for name in names})
    )
