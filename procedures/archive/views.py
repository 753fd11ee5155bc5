"""The archive as it is read: what there is, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from procedures.archive.tables import ArchivedCase

_ARCHIVED = ArchivedCase.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for: cases of one desk that have ended."""

    desk: str
    q: str = ""  # words that all stand in the name
    procedure: str = ""  # its short name; empty: all of them
    start_at: datetime | None = None  # ended from here …
    end_at: datetime | None = None  # … to before here


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A case in the archive."""

    case: int
    ticket: int
    procedure: str
    name: str
    ending: str  # done, refused, withdrawn, stopped
    begun_at: datetime
    ended_at: datetime


def filed(session: Session, wanted: Wanted, *, most: int | None, skipped: int = 0) -> list[Filed]:
    """Return cases, the last that ended first. None: all of them."""
    table = _ARCHIVED.c
    conditions = [table.desk == wanted.desk]
    conditions += [table.searched.contains(word, autoescape=True) for word in wanted.q.casefold().split()]
    if wanted.procedure:
        conditions.append(table.procedure == wanted.procedure)
    if wanted.start_at is not None:
        conditions.append(table.ended_at >= wanted.start_at)
    if wanted.end_at is not None:
        conditions.append(table.ended_at < wanted.end_at)
    columns = (
        table.case,
        table.ticket,
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


def procedures_of(session: Session, desk: str) -> dict[str, int]:
    """Return how many cases a desk has filed, by procedure."""
    rows = session.execute(
        select(_ARCHIVED.c.procedure, func.count())
        .where(_ARCHIVED.c.desk == desk)
        .group_by(_ARCHIVED.c.procedure)
    )
    return {row[0]: row[1] for row in rows}
