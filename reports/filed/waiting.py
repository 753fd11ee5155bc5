"""Reports of a month that arrived by themselves and have reached nobody: they wait for somebody to be told.

The archive itself is the truth of it: a report that arrived, and was told to no one.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from reports.filed.tables import FiledReport
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx

_FILED = FiledReport.__table__  # type: ignore[attr-defined]
_WAIT = (
    select(_FILED.c.desk, _FILED.c.month, _FILED.c.id, _FILED.c.made_at)
    .where(_FILED.c.occasion == "arrived", _FILED.c.told == 0, _FILED.c.discarded_at.is_(None))
    .order_by(_FILED.c.desk, _FILED.c.month, _FILED.c.id)
)
_AT_DESK = Prepared(_WAIT.where(_FILED.c.desk == bindparam("desk")))
_REACH = Prepared(update(_FILED).where(_FILED.c.id == bindparam("of_id")).values(told=bindparam("many")))
_MISS = Prepared(
    update(_FILED).where(_FILED.c.id == bindparam("of_id"), _FILED.c.told > 0).values(told=_FILED.c.told - 1)
)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The report of one month that has reached nobody."""

    desk: str
    month: str  # 2026-10
    made_at: datetime
    reports: tuple[int, ...]  # one in each form

    @property
    def first_on(self) -> date:
        return date.fromisoformat(f"{self.month}-01")


def at_desk(tx: Tx, desk: str) -> list[Waiting]:
    """Return what waits at a desk, the earliest month first."""
    return _by_month(tx.all(_AT_DESK, desk=desk))


def at_desks(session: Session, desks: Collection[str]) -> list[Waiting]:
    """Return what waits at several desks, each one's earliest month first."""
    return _by_month(session.execute(_WAIT.where(_FILED.c.desk.in_(sorted(desks)))))


def reach(tx: Tx, reports: Collection[int], *, people: int) -> None:
    """Note to how many people reports are on their way now."""
    for each in reports:
        tx.run(_REACH, of_id=each, many=people)


def miss(tx: Tx, reports: Collection[int]) -> None:
    """Note that one of these people cannot be reached after all."""
    for each in reports:
        tx.run(_MISS, of_id=each)


def _by_month(rows: Iterable[Any]) -> list[Waiting]:
    months = [list(found) for _, found in groupby(rows, key=lambda row: (row.desk, row.month))]
    return [
        Waiting(
            desk=found[0].desk,
            month=found[0].month,
            made_at=found[0].made_at,
            reports=tuple(row.id for row in found),
        )
        for found in months
    ]
