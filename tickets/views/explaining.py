"""The clocks of one ticket, explained."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from tickets.clocks import RULES, ClockRule, Happening
from tickets.explain import Explanation, explain
from tickets.promises import Terms
from tickets.tables import Clock, DeskRevision, Event

_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_REVISIONS = DeskRevision.__table__  # type: ignore[attr-defined]
_TICKET: Any = bindparam("ticket")
_KEYS = (
    select(_CLOCKS.c.kind, _CLOCKS.c.subject, _CLOCKS.c.cycle)
    .where(_CLOCKS.c.ticket == _TICKET)
    .order_by(_CLOCKS.c.started_at, _CLOCKS.c.kind, _CLOCKS.c.cycle)
)
_KEYS_OF_KIND = _KEYS.where(_CLOCKS.c.kind == bindparam("kind"))
_HAPPENED = select(_EVENTS).where(_EVENTS.c.ticket == _TICKET).order_by(_EVENTS.c.id)
_TERMS = select(_REVISIONS.c.terms).where(
    _REVISIONS.c.desk == bindparam("desk"), _REVISIONS.c.number == bindparam("revision")
)


def explanations(
    session: Session, number: int, *, now: datetime, kind: str | None = None, rules: Sequence[ClockRule] = RULES
) -> tuple[Explanation, ...]:  # fmt: skip
    """Explain the clocks of a ticket, or those of one kind, oldest first; of kinds that `rules` know."""
    history = list(_history(session, number))
    terms_of = cache(lambda desk, revision: _terms(session, desk, revision))
    asked = _KEYS if kind is None else _KEYS_OF_KIND
    keys = session.execute(asked, {"ticket": number, "kind": kind}).all()
    found = (
        explain(history, (row.kind, row.subject, row.cycle), terms_of, now=now, rules=rules) for row in keys
    )
    return tuple(each for each in found if each is not None)


def _history(session: Session, number: int) -> Iterator[Happening]:
    for row in session.execute(_HAPPENED, {"ticket": number}):
        yield Happening(
            kind=row.kind, at=row.at, desk=row.desk, subject=row.subject, actor=row.actor, data=row.data or {}
        )  # fmt: skip


def _terms(session: Session, desk: str, revision: int) -> Terms:
    return Terms.from_data(session.execute(_TERMS, {"desk": desk, "revision": revision}).scalar_one())
