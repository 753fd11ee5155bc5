"""The desk's configuration over time: each revision is the desk's files as they stood, and the terms read from them.

A revision never changes once it is saved, so whoever has read one may keep it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.promises import Terms
from tickets.tables import DeskRevision

_TABLE = DeskRevision.__table__  # type: ignore[attr-defined]
_INSERT = inserting(DeskRevision)
_NEWEST = Prepared(
    select(_TABLE).where(_TABLE.c.desk == bindparam("desk")).order_by(_TABLE.c.number.desc()).limit(1)
)
_TERMS = Prepared(
    select(_TABLE.c.terms).where(_TABLE.c.desk == bindparam("desk"), _TABLE.c.number == bindparam("number"))
)
_NUMBERED = Prepared(
    select(_TABLE).where(_TABLE.c.desk == bindparam("desk"), _TABLE.c.number == bindparam("number"))
)
_LATELY = Prepared(
    select(_TABLE)
    .where(_TABLE.c.desk == bindparam("desk"))
    .order_by(_TABLE.c.number.desc())
    .limit(bindparam("most"))
)
_NUMBERS = Prepared(select(_TABLE.c.desk, func.max(_TABLE.c.number).label("number")).group_by(_TABLE.c.desk))


@dataclass(frozen=True, kw_only=True)
class Revision:
    desk: str
    number: int
    files: Mapping[str, str]  # path within the desk's folder → text
    by: str  # "file" for an import, else who saved it
    at: datetime
    note: str | None


class NoSuchRevisionError(Exception):
    """A ticket names a revision that the ledger does not have."""


def newest(tx: Tx, desk: str) -> Revision | None:
    row = tx.one(_NEWEST, desk=desk)
    return None if row is None else _value(row)


def numbered(tx: Tx, desk: str, number: int) -> Revision | None:
    row = tx.one(_NUMBERED, desk=desk, number=number)
    return None if row is None else _value(row)


def lately(tx: Tx, desk: str, *, most: int) -> tuple[Revision, ...]:
    """Return the newest revisions, newest first."""
    return tuple(_value(row) for row in tx.all(_LATELY, desk=desk, most=most))


def newest_numbers(tx: Tx) -> dict[str, int]:
    return {row.desk: row.number for row in tx.all(_NUMBERS)}


def save(
    tx: Tx,
    *,
    desk: str,
    files: Mapping[str, str],
    terms: Terms,
    by: str,
    at: datetime,
    note: str | None = None,
) -> int:
    """Keep the files as the desk's newest revision; its number."""
    before = newest(tx, desk)
    number = 1 if before is None else before.number + 1
    tx.tell(News.DESKS)
    tx.run(
        _INSERT, desk=desk, number=number, files=dict(files), terms=terms.to_data(), by=by, at=at, note=note
    )
    return number


def terms_of(tx: Tx, desk: str, number: int) -> Terms:
    """Return the hours and promises of a revision."""
    key = ("terms", desk, number)
    found: Terms | None = tx.lasting.get(key)
    if found is None:
        row = tx.one(_TERMS, desk=desk, number=number)
        if row is None:
            raise NoSuchRevisionError(f"desk {desk} has no revision {number}")
        found = tx.lasting[key] = Terms.from_data(row.terms)
    return found


def _value(row: Row) -> Revision:
    return Revision(desk=row.desk, number=row.number, files=row.files, by=row.by, at=row.at, note=row.note)
