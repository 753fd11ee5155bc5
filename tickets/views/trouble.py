"""Which tickets have a promise that is broken, or about to be."""

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, or_, select

from tickets.tables import Clock

_CLOCKS = Clock.__table__  # type: ignore[attr-defined]


class Trouble(StrEnum):
    SOON = "soon"  # the share of the promise after which people are warned has gone by
    LATE = "late"


def in_trouble(trouble: Trouble, desks: Collection[str] | None) -> Select[Any]:
    """Ask for the numbers of these tickets. The conditions are those of a partial index, so the past costs nothing."""
    has_lapsed = _CLOCKS.c.lapsed_at >= _CLOCKS.c.due_at  # a clock that was extended since has not
    asked = select(_CLOCKS.c.ticket).where(
        _CLOCKS.c.met_at.is_(None),
        _CLOCKS.c.ended_at.is_(None),
        or_(_CLOCKS.c.warned_at.is_not(None), _CLOCKS.c.lapsed_at.is_not(None)),
    )
    if desks is not None:
        asked = asked.where(_CLOCKS.c.desk.in_(desks))
    if trouble is Trouble.LATE:
        return asked.where(has_lapsed)
    return asked.where(
        _CLOCKS.c.warned_at.is_not(None),
        or_(_CLOCKS.c.lapsed_at.is_(None), ~has_lapsed),
        _CLOCKS.c.paused_at.is_(None),
    )
