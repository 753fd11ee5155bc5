"""Who looked at what is kept of a person: out of the looks and the history, and what the trail of the doors says was taken out."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlmodel import Session

from console.doors.trail import Kind
from console.tables import TrailEntry
from tickets.personal.looks import Looked, looks
from tickets.personal.whose import Theirs

_TRAIL = TrailEntry.__table__  # type: ignore[attr-defined]
_EXPORT = "export"


def looks_at(session: Session, whose: Theirs, *, most: int) -> Sequence[Looked]:
    """Return who looked at what is kept of a person, changed who they are or took it out; the newest first."""
    named = [
        _TRAIL.c.data.cast(_TRAIL.c.who.type).contains(f'"contact":{each}{end}', autoescape=True)
        for each in whose.contacts
        for end in (",", "}")
    ]
    taken = session.execute(
        select(_TRAIL.c.at, _TRAIL.c.who)
        .where(_TRAIL.c.kind == str(Kind.EXPORTED), or_(*named))
        .order_by(_TRAIL.c.at.desc())
        .limit(most)
    )
    found = [
        *looks(session, contacts=whose.contacts, tickets=whose.tickets, most=most),
        *(Looked(at=row.at, by=row.who, what=_EXPORT) for row in taken),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:most]
