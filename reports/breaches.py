"""The promises that were not kept of the tickets of some days, one by one: those that the statistics count as late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlmodel import Session

from reports.counted import COUNTED
from reports.indicators import LATE
from reports.part import Part
from reports.periods import Days
from reports.reckoning import Promise, Reckoning, moves_of
from reports.rows import Names
from reports.statistics import OF_CLOCKS
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.tables import Clock, Ticket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_AT = func.coalesce(
    _CLOCKS.c.breached_at, _CLOCKS.c.due_at
)  # what nobody has swept yet ran out when it was due
_BROKEN = (
    select(
        _TICKETS.c.desk, _TICKETS.c.subject.label("about"), _TICKETS.c.channel, _TICKETS.c.category, _TICKETS.c.contact,
        _CLOCKS.c.ticket, _CLOCKS.c.kind, _CLOCKS.c.subject, _CLOCKS.c.cycle, _CLOCKS.c.terms_of, _CLOCKS.c.revision,
        _CLOCKS.c.promise, _CLOCKS.c.started_at, _CLOCKS.c.due_at, _CLOCKS.c.pauses, _CLOCKS.c.paused_at,
        _CLOCKS.c.met_at, _CLOCKS.c.breached_at, _CLOCKS.c.ended_at, _CLOCKS.c.acknowledged_at,
        _CLOCKS.c.acknowledged_by,
    )
    .select_from(OF_CLOCKS)
    .where(COUNTED, _CLOCKS.c.kind.in_([FIRST_RESPONSE, RESOLUTION]), LATE)
    .order_by(_AT.desc(), _CLOCKS.c.ticket.desc(), _CLOCKS.c.kind)
    .limit(bindparam("most"))
    .offset(bindparam("skipped"))
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Broken:
    """One promise that was not kept."""

    ticket: int
    desk: str
    subject: str | None
    channel: str
    category_name: str | None
    about: str  # the clock's own subject
    promise: Promise
    held_by_name: str | None  # who held the ticket when the time ran out; None: nobody
    acknowledged_at: datetime | None
    acknowledged_by: str | None  # actor


def broken(
    session: Session, *, desks: Mapping[str, Days], part: Part, now: datetime, names: Mapping[str, Names], most: int,
    skipped: int = 0, only_unseen: bool = False,
) -> Sequence[Broken]:  # fmt: skip
    """Read first responses and solutions that came too late, or did not come, of the tickets of each desk's days.

    The latest come first, whichever desk they are of. `only_unseen`: those that nobody has looked after.
    """
    of_desks = or_(*(_created(desk, days) for desk, days in desks.items()))
    asked: dict[str, Any] = {"now": now, "most": most, "skipped": skipped}
    unseen = (_CLOCKS.c.acknowledged_at.is_(None),) if only_unseen else ()
    rows = session.execute(_BROKEN.where(of_desks, *part.conditions(), *unseen), asked).all()
    moves = moves_of(session, [row.ticket for row in rows])
    reckoning = Reckoning(session, now=now)
    found = ((row, reckoning.promise(row, moves.get(row.ticket, ()))) for row in rows)
    return tuple(
        Broken(
            ticket=row.ticket, desk=row.desk, subject=row.about, channel=row.channel,
            category_name=names[row.desk].category(row.category), about=row.subject, promise=promise,
            held_by_name=names[row.desk].person(promise.held_by),
            acknowledged_at=row.acknowledged_at, acknowledged_by=row.acknowledged_by,
        )
        for row, promise in found
    )  # fmt: skip


def _created(desk: str, days: Days) -> ColumnElement[bool]:
    return and_(
        _TICKETS.c.desk == desk, _TICKETS.c.created_at >= days.start_at, _TICKETS.c.created_at < days.end_at
    )
