"""Which tickets of a time are told of, and how many are not."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlmodel import Session

from reports.part import WHOLE, Part
from tickets.tables import Ticket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]

# Spam is in no figure, nor what became part of another ticket: that one counts.
COUNTED = and_(_TICKETS.c.spam_at.is_(None), _TICKETS.c.merged_into.is_(None))
_CREATED = and_(
    _TICKETS.c.desk == bindparam("desk"), _TICKETS.c.created_at >= bindparam("start_at"),
    _TICKETS.c.created_at < bindparam("end_at"),
)  # fmt: skip
_LEFT_OUT = select(
    func.count(_TICKETS.c.spam_at).label("spam"), func.count(_TICKETS.c.merged_into).label("merged")
).where(_CREATED)
_HOW_MANY = select(func.count()).where(_CREATED, COUNTED)
_WHICH = select(_TICKETS.c.number).where(_CREATED, COUNTED).order_by(_TICKETS.c.created_at, _TICKETS.c.number)


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """How many tickets of the time are in no figure."""

    spam: int = 0
    merged: int = 0  # into another ticket, which counts


def left_out(
    session: Session, *, desk: str, start_at: datetime, end_at: datetime, part: Part = WHOLE
) -> LeftOut:
    """Count the tickets created in the time that no row tells of."""
    row = session.execute(_LEFT_OUT.where(*part.conditions()), _span(desk, start_at, end_at)).one()
    return LeftOut(spam=row.spam, merged=row.merged)


def how_many(
    session: Session, *, desk: str, start_at: datetime, end_at: datetime, conditions: Sequence[ColumnElement[bool]] = ()
) -> int:  # fmt: skip
    """Count the tickets that `ticket_rows` would tell of."""
    return int(session.execute(_HOW_MANY.where(*conditions), _span(desk, start_at, end_at)).scalar_one())


def which(
    session: Session, *, desk: str, start_at: datetime, end_at: datetime, part: Part = WHOLE
) -> "array[int]":
    """Return the numbers of the tickets that are told of, oldest first: eight bytes a ticket."""
    found = session.scalars(_WHICH.where(*part.conditions()), _span(desk, start_at, end_at))
    return array("q", found.yield_per(10_000))


def _span(desk: str, start_at: datetime, end_at: datetime) -> dict[str, Any]:
    return {"desk": desk, "start_at": start_at, "end_at": end_at}
