"""Who looked at what is kept of a contact, and what was done to it, for whoever answers for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, delete, or_, select
from sqlmodel import Session

from tickets.ledger.prepared import Prepared, inserting_once
from tickets.ledger.tx import Tx
from tickets.tables import Event, Look

KEPT_FOR = timedelta(days=400)  # a year, and time to ask
OPENED = "opened"

_LOOKS, _EVENTS = Look.__table__, Event.__table__  # type: ignore[attr-defined]
_INSERT = inserting_once(Look)
_FORGET = Prepared(delete(_LOOKS).where(_LOOKS.c.day < bindparam("before")))
_WHO_THEY_ARE = (
    "contact.number_shown", "contact.identified", "contact.verified", "contact.joined", "contact.parted",
    "contact.erasure_asked", "contact.erased",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Looked:
    at: datetime
    by: str  # actor
    what: str  # `opened`, or the kind of an event
    ticket: int | None = None


def look(tx: Tx, contact: int, *, desk: str, by: str, at: datetime) -> None:
    """Write down that somebody opened what is kept of a contact; once a day."""
    tx.run(_INSERT, contact=contact, by=by, day=f"{at:%Y-%m-%d}", desk=desk, at=at)


def forget(tx: Tx, *, now: datetime) -> int:
    """Forget what is older than a year; how many."""
    return tx.run(_FORGET, before=f"{now - KEPT_FOR:%Y-%m-%d}")


def looks(
    session: Session, *, contacts: Collection[int], tickets: Collection[int], most: int
) -> Sequence[Looked]:
    """Return who opened tickets of a person, saw their number, or changed who they are; the newest first."""
    opened = session.execute(
        select(_LOOKS.c.at, _LOOKS.c.by)
        .where(_LOOKS.c.contact.in_(contacts))
        .order_by(_LOOKS.c.at.desc())
        .limit(most)
    )
    named = and_(_EVENTS.c.subject.in_([str(each) for each in contacts]), _EVENTS.c.ticket.is_(None))
    happened = session.execute(
        select(_EVENTS.c.at, _EVENTS.c.actor, _EVENTS.c.kind, _EVENTS.c.ticket)
        .where(_EVENTS.c.kind.in_(_WHO_THEY_ARE), or_(_EVENTS.c.ticket.in_(tickets), named))
        .order_by(_EVENTS.c.id.desc())
        .limit(most)
    )
    found = [
        *(Looked(at=row.at, by=row.by, what=OPENED) for row in opened),
        *(Looked(at=row.at, by=row.actor or "", what=row.kind, ticket=row.ticket) for row in happened),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:most]
