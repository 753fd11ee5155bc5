"""Saved views: lists of tickets that somebody, or a desk, keeps under a name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, or_, select
from sqlmodel import Session

from tickets.tables import SavedView
from tickets.views.inbox_pages import Order

_SAVED = SavedView.__table__  # type: ignore[attr-defined]
_OWN = and_(_SAVED.c.desk.is_(None), _SAVED.c.owner.in_(bindparam("owners", expanding=True)))
_IN_ORDER = select(_SAVED).order_by(_SAVED.c.desk.is_(None), _SAVED.c.desk, _SAVED.c.place, _SAVED.c.id)
_OF_ALL_DESKS = _IN_ORDER.where(or_(_SAVED.c.desk.is_not(None), _OWN))
_OF_DESKS = _IN_ORDER.where(or_(_SAVED.c.desk.in_(bindparam("desks", expanding=True)), _OWN))


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A list of tickets under a name."""

    id: int
    name: str
    query: str  # in the words of the search
    order: Order
    desk: str | None  # that shares it; None: its owner's own
    owner: str  # actor
    place: int  # among those of its desk, or its owner
    changed_at: datetime


def saved_views(
    session: Session, *, owners: Collection[str], desks: Collection[str] | None
) -> tuple[Saved, ...]:
    """Return what somebody finds: first what their desks share, then their own; `owners` is who they are."""
    asked = _OF_ALL_DESKS if desks is None else _OF_DESKS
    return tuple(map(_saved, session.execute(asked, {"owners": owners, "desks": desks})))


def _saved(row: Row[Any]) -> Saved:
    return Saved(
        id=row.id, name=row.name, query=row.query, order=Order(row.ordered), desk=row.desk, owner=row.owner,
        place=row.place, changed_at=row.changed_at,
    )  # fmt: skip
