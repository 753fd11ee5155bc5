"""What tickets began with, for whoever tends the catalogue: their first message, and what it was taken to be about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlmodel import Session

from tickets.actor import is_a_persons
from tickets.predictions import Outcome
from tickets.tables import Message, Prediction, Ticket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_PREDICTIONS = Prediction.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Beginning:
    ticket: int
    text: str  # subject and words of the first message
    category: str | None
    by_person: bool  # a person has set the category
    score: float | None  # of the best suggestion; None: nothing was suggested
    rejected: bool  # somebody has said that no category fits


def beginnings(
    session: Session, desk: str, *, start_at: datetime, end_at: datetime, most: int
) -> tuple[Beginning, ...]:
    """Return the newest tickets of that time, newest first, those left out that count nowhere or began without words."""
    first = (
        select(_MESSAGES.c.ticket, func.min(_MESSAGES.c.id).label("message"))
        .join(_TICKETS, _TICKETS.c.number == _MESSAGES.c.ticket)
        .where(
            _TICKETS.c.desk == desk,
            _TICKETS.c.created_at >= start_at,
            _TICKETS.c.created_at < end_at,
            _TICKETS.c.spam_at.is_(None),
            _TICKETS.c.merged_into.is_(None),
            _MESSAGES.c.direction == "in",
            _MESSAGES.c.automatic.is_(False),
            _MESSAGES.c.bounce.is_(False),
            _MESSAGES.c.withdrawn_at.is_(None),
            _MESSAGES.c.text != "",
        )
        .group_by(_MESSAGES.c.ticket)
        .order_by(_MESSAGES.c.ticket.desc())
        .limit(most)
        .subquery()
    )
    rejected = exists().where(
        _PREDICTIONS.c.ticket == _TICKETS.c.number, _PREDICTIONS.c.outcome == str(Outcome.REJECTED)
    )
    rows = session.execute(
        select(
            _TICKETS.c.number, _TICKETS.c.category, _TICKETS.c.category_by, _TICKETS.c.suggestions,
            _MESSAGES.c.subject, _MESSAGES.c.text, rejected.label("rejected"),
        )
        .join(first, first.c.ticket == _TICKETS.c.number)
        .join(_MESSAGES, _MESSAGES.c.id == first.c.message)
        .order_by(_TICKETS.c.number.desc())
    )  # fmt: skip
    return tuple(
        Beginning(
            ticket=row.number,
            text="\n".join(part for part in (row.subject, row.text) if part),
            category=row.category,
            by_person=is_a_persons(row.category_by),
            score=row.suggestions[0][1] if row.suggestions else None,
            rejected=row.rejected,
        )
        for row in rows
    )
