"""Drafts, as pages see them: one's own words, and that somebody else is writing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from tickets.ledger.blobs import Stored, from_data
from tickets.tables import KeptDraft

_DRAFTS = KeptDraft.__table__  # type: ignore[attr-defined]
_ON_TICKET = _DRAFTS.c.ticket == bindparam("ticket")
_OWN = select(_DRAFTS).where(_ON_TICKET, _DRAFTS.c.by == bindparam("by"))
_BESIDE = select(_DRAFTS.c.by, _DRAFTS.c.at).where(_ON_TICKET, _DRAFTS.c.by != bindparam("by"))
_ON_TICKETS = select(_DRAFTS.c.ticket).where(
    _DRAFTS.c.ticket.in_(bindparam("tickets", expanding=True)),
    _DRAFTS.c.by.in_(bindparam("by", expanding=True)),
)


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """What somebody has begun to write on a ticket."""

    at: datetime
    text: str = field(repr=False)
    is_note: bool
    began_as: str | None
    files: tuple[Stored, ...]


def draft_of(session: Session, ticket: int, *, by: str) -> DraftView | None:
    row = session.execute(_OWN, {"ticket": ticket, "by": by}).one_or_none()
    if row is None:
        return None
    return DraftView(
        at=row.at, text=row.text, is_note=row.is_note, began_as=row.began_as, files=from_data(row.files)
    )


def drafts_beside(session: Session, ticket: int, *, by: str) -> dict[str, datetime]:
    """Return who else has begun to write on a ticket, and when they wrote last; what, is theirs."""
    rows = session.execute(_BESIDE, {"ticket": ticket, "by": by})
    return {row.by: row.at for row in rows}


def with_drafts(session: Session, tickets: Iterable[int], *, by: Iterable[str]) -> frozenset[int]:
    """Return on which of the tickets any of these has begun to write."""
    return frozenset(session.execute(_ON_TICKETS, {"tickets": list(tickets), "by": list(by)}).scalars())
