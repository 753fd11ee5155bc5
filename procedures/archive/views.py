"""The archive as it is read: what there is, the newest first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session

from procedures.archive.tables import ArchivedCase

_ARCHIVED = ArchivedCase.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Span:
    """When cases ended; None: without bound."""

    start_at: datetime | None = None  # from here …
    end_at: datetime | None = None  # … to before here


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for: cases of some desks that have ended."""

    desks: Mapping[str, Span]  # each with its own days
    q: str = ""  # words that all stand in the name
    procedure: str = ""  # its short name; empty: all of them


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A case in the archive."""

    case: int
    ticket: int
    desk: str
    procedure: str
    name: str
    ending: str  # done, refused, withdrawn, stopped
    begun_at: datetime
    ended_at: datetime


def filed(session: Session, wanted: Wanted, *, most: int | None, skipped: int = 0) -> list[Filed]:
    """Return cases, the last that ended first. None: all of them."""
    table = _ARCHIVED.c
    conditions = [or_(*(_within(desk, span) for desk, span in wanted.desks.items()))]
    conditions += [table.searched.contains(word, autoescape=True) for word in wanted.q.casefold().split()]
    if wanted.procedure:
        conditions.append(table.procedure == wanted.procedure)
    columns = (
        table.case,
        table.ticket,
        table.desk,
        table.procedure,
        table.name,
        table.ending,
        table.begun_at,
        table.ended_at,
    )
    rows = session.execute(
        select(*columns)
        .where(*conditions)
        .order_by(table.ended_at.desc(), table.case.desc())
        .limit(most)
        .offset(skipped)
    )
    return [Filed(**row._asdict()) for row in rows]


def procedures_of(session: Session, desks: Collection[str]) -> list[tuple[str, str]]:
    """Return desk and procedure of all that is filed."""
    of_both = (_ARCHIVED.c.desk, _ARCHIVED.c.procedure)
    rows = session.execute(select(*of_both).where(_ARCHIVED.c.desk.in_(desks)).distinct().order_by(*of_both))
    return [(row.desk, row.procedure) for row in rows]


def _within(desk: str, span: Span) -> ColumnElement[bool]:
    conditions = [_ARCHIVED.c.desk == desk]
    if span.start_at is not None:
        conditions.append(_ARCHIVED.c.ended_at >= span.start_at)
    if span.end_at is not None:
        conditions.append(_ARCHIVED.c.ended_at < span.end_at)
    return and_(*conditions)
