"""Reading the trail: what happened at the doors, and beside it what of the one history belongs there.

Both are read the newest first and merged. A place in the list is an instant, which of the two, and an id.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlmodel import Session

from console.doors.trail import Kind
from console.tables import TrailEntry
from tickets.findings import Step
from tickets.tables import Event

IDENTITY, SETTINGS, FINDINGS = "identity", "settings", "findings"
# What a reader may look for, and the kinds that it is made of; of events, the kinds of `events`.
THEMES: Mapping[str, tuple[str, ...]] = {
    "logins": ("login.", "logout"),
    "accounts": ("account.", "password.", "second_factor.", "recovery.", "session.", "device."),
    "tokens": ("token.",),
    "exports": ("export.",),
    IDENTITY: ("identity.",),
    SETTINGS: ("staff.",),
    FINDINGS: (),
}
OF_EVENTS: Mapping[str, tuple[str, ...]] = {
    IDENTITY: ("contact.number_shown", "contact.erasure_asked", "contact.erased"),
    SETTINGS: (
        "desk.revised",
        "view.shared",
        "view.changed",
        "view.retired",
        "calendar.shared",
        "calendar.taken_back",
        "month.closed",
        "month.reopened",
        "report.discarded",
    ),
    FINDINGS: (*(f"finding.{step}" for step in Step), "evaluation.written"),
}
AT_ONCE = 500  # rows that are read of each of the two at a time

_TRAIL = TrailEntry.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]


class Spot(NamedTuple):
    """A place in the list."""

    at: datetime
    source: int  # 0: the one history, 1: the trail
    id: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something that happened, as it is shown."""

    spot: Spot
    kind: str
    who: str
    desk: str | None = None
    ticket: int | None = None
    place: str = ""
    browser: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return self.spot.at


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What a reader looks for."""

    theme: str | None = None  # one of THEMES
    who: str = ""  # part of a mailbox or name
    start_at: datetime | None = None
    end_at: datetime | None = None


def lines(session: Session, sought: Sought, *, limit: int, before: Spot | None = None) -> tuple[Line, ...]:
    """Return what happened, the newest first."""
    return tuple(islice(every_line(session, sought, before=before, at_once=limit), limit))


def every_line(
    session: Session, sought: Sought, *, before: Spot | None = None, at_once: int = AT_ONCE
) -> Iterator[Line]:
    """Return all that happened, the newest first, read as it is asked for."""
    return heapq.merge(
        _all(session, sought, before, at_once, source=1),
        _all(session, sought, before, at_once, source=0),
        key=lambda line: line.spot,
        reverse=True,
    )


def _all(
    session: Session, sought: Sought, before: Spot | None, at_once: int, *, source: int
) -> Iterator[Line]:
    statement = _of_trail(sought) if source else _of_events(sought)
    if statement is None:
        return
    table, line = (_TRAIL, _from_trail) if source else (_EVENTS, _from_event)
    statement = statement.order_by(table.c.at.desc(), table.c.id.desc()).limit(at_once)
    while True:
        rows = session.execute(statement.where(_older(table, source, before)) if before else statement).all()
        yield from (line(row) for row in rows)
        if len(rows) < at_once:
            return
        before = Spot(rows[-1].at, source, rows[-1].id)


def _older(table: Any, source: int, spot: Spot) -> Any:
    """Return what comes after a place in the list: older, or of the same instant and further down."""
    if source != spot.source:
        return table.c.at <= spot.at if source < spot.source else table.c.at < spot.at
    return or_(table.c.at < spot.at, and_(table.c.at == spot.at, table.c.id < spot.id))


def _of_trail(sought: Sought) -> Select[Any] | None:
    statement = _sought(select(_TRAIL), _TRAIL, _TRAIL.c.who, sought)
    if sought.theme is None:
        return statement
    begun = THEMES[sought.theme]
    return statement.where(or_(*(_TRAIL.c.kind.startswith(begin) for begin in begun))) if begun else None


def _of_events(sought: Sought) -> Select[Any] | None:
    kinds: Sequence[str] = [
        kind for theme, kinds in OF_EVENTS.items() if sought.theme in {None, theme} for kind in kinds
    ]
    if not kinds:
        return None
    return _sought(select(_EVENTS).where(_EVENTS.c.kind.in_(kinds)), _EVENTS, _EVENTS.c.actor, sought)


def _sought(statement: Select[Any], table: Any, who: Any, sought: Sought) -> Select[Any]:
    if sought.who:
        statement = statement.where(func.lower(who).contains(sought.who.lower(), autoescape=True))
    if sought.start_at is not None:
        statement = statement.where(table.c.at >= sought.start_at)
    if sought.end_at is not None:
        statement = statement.where(table.c.at < sought.end_at)
    return statement


def _from_trail(row: Any) -> Line:
    return Line(
        spot=Spot(row.at, 1, row.id), kind=row.kind, who=row.who, desk=row.desk, place=row.place, browser=row.browser,
        data=row.data or {},
    )  # fmt: skip


def _from_event(row: Any) -> Line:
    return Line(
        spot=Spot(row.at, 0, row.id), kind=row.kind, who=(row.actor or "").removeprefix("staff:"), desk=row.desk,
        ticket=row.ticket, data=row.data or {},
    )  # fmt: skip


def kinds() -> tuple[str, ...]:
    """Return every kind of line that there may be."""
    return (*Kind, *(kind for kinds in OF_EVENTS.values() for kind in kinds))
