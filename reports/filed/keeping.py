"""How long the archive keeps the files of its reports: what is deleted when that is over, and what is not.

The line in the archive stays for good, with who made the report, when, and the sum of its file: so a month that had its
report has had it, and a file that somebody still has can be told to be that one. The report with which a month was closed
stays whole for as long as the month is closed.
"""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import bindparam, exists, select, update

from reports.filed.tables import ClosedMonth, FiledReport
from tickets.actor import SYSTEM
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx

DISCARDED = "report.discarded"
NIGHT = (time(1), time(5))  # local; files are deleted while nobody works

_FILED = FiledReport.__table__  # type: ignore[attr-defined]
_CLOSED: Any = ClosedMonth.__table__  # type: ignore[attr-defined]
_DUE = Prepared(
    select(_FILED.c.id, _FILED.c.name, _FILED.c.sha256, _FILED.c.made_at)
    .where(
        _FILED.c.desk == bindparam("desk"),
        _FILED.c.made_at < bindparam("before"),
        _FILED.c.discarded_at.is_(None),
        ~exists().where(_CLOSED.c.report == _FILED.c.id, _CLOSED.c.reopened_at.is_(None)),
    )
    .order_by(_FILED.c.id)
    .limit(bindparam("most"))
)
_OF_MONTH = Prepared(
    select(_FILED.c.id, _FILED.c.name, _FILED.c.sha256)
    .where(
        _FILED.c.desk == bindparam("desk"),
        _FILED.c.month == bindparam("month"),
        _FILED.c.discarded_at.is_(None),
    )
    .order_by(_FILED.c.id)
)
_DISCARD = Prepared(
    update(_FILED).where(_FILED.c.id == bindparam("of_id")).values(discarded_at=bindparam("at"))
)


def is_night(local: datetime) -> bool:
    return NIGHT[0] <= local.time() < NIGHT[1]


def due(tx: Tx, *, desk: str, before: datetime, most: int) -> Sequence[Row]:
    """Return reports of a desk that were made before an instant and whose file may go: id, name, sha256, made_at."""
    return tx.all(_DUE, desk=desk, before=before, most=most)


def discard(tx: Tx, *, desk: str, before: datetime, most: int, at: datetime) -> tuple[str, ...]:
    """Let the archive name these files no longer; their SHA-256, which may go if nothing else names them."""
    return _discard(tx, due(tx, desk=desk, before=before, most=most), desk=desk, at=at)


def discard_month(tx: Tx, *, desk: str, month: str, at: datetime) -> tuple[str, ...]:
    """Let go of the files of a month's reports (`2026-10`), for they name somebody who is erased; their SHA-256.

    The figures of a month that is closed stay, and its report can be made anew.
    """
    return _discard(tx, tx.all(_OF_MONTH, desk=desk, month=month), desk=desk, at=at)


def _discard(tx: Tx, found: Sequence[Row], *, desk: str, at: datetime) -> tuple[str, ...]:
    for each in found:
        tx.run(_DISCARD, of_id=each.id, at=at)
        append(tx, DISCARDED, desk=desk, at=at, subject=each.name, actor=SYSTEM.key, report=each.id)
    return tuple(each.sha256 for each in found)
