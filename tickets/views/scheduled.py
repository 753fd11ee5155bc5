"""Answers that go later, as pages and programs see them, and which of them are due."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, exists, func, select
from sqlmodel import Session

from tickets.scheduled import Stop, Then, then_of
from tickets.tables import Message, ScheduledAnswer

_ANSWERS = ScheduledAnswer.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_WROTE = exists().where(
    _MESSAGES.c.ticket == _ANSWERS.c.ticket, _MESSAGES.c.id > _ANSWERS.c.seen, _MESSAGES.c.direction == "in",
    _MESSAGES.c.automatic.is_(False),
)  # fmt: skip
_OF_TICKET = (
    select(_ANSWERS, _WROTE.label("contact_wrote"))
    .where(_ANSWERS.c.ticket == bindparam("ticket"))
    .order_by(_ANSWERS.c.due_at, _ANSWERS.c.id)
)
_ON_TICKETS = (
    select(_ANSWERS.c.ticket, func.count(_ANSWERS.c.held_at))
    .where(_ANSWERS.c.ticket.in_(bindparam("tickets", expanding=True)))
    .group_by(_ANSWERS.c.ticket)
)


@dataclass(frozen=True, kw_only=True)
class ScheduledView:
    """An answer that waits for its time, or for its author."""

    id: int
    by: str  # the actor's key
    at: datetime  # when it was written, or changed last
    due_at: datetime
    text: str = field(repr=False)
    files: tuple[str, ...]  # names
    then: Then
    contact_wrote: bool  # since it was written, or changed last
    despite: bool  # it goes also if the contact writes until then
    held_at: datetime | None
    held_why: Stop | None


def scheduled_answers(session: Session, ticket: int) -> tuple[ScheduledView, ...]:
    """Return what waits on a ticket, in the order in which it goes."""
    return tuple(
        ScheduledView(
            id=row.id, by=row.by, at=row.at, due_at=row.due_at, text=row.text,
            files=tuple(each["name"] for each in row.files or ()), then=then_of(row),
            contact_wrote=row.contact_wrote, despite=row.despite,
            held_at=row.held_at, held_why=Stop(row.held_why) if row.held_why else None,
        )
        for row in session.execute(_OF_TICKET, {"ticket": ticket})
    )  # fmt: skip


def with_scheduled(session: Session, tickets: Collection[int]) -> dict[int, bool]:
    """Return on which of the tickets answers go later, and whether one of them was held."""
    return {ticket: bool(held) for ticket, held in session.execute(_ON_TICKETS, {"tickets": list(tickets)})}


def due_answers(session: Session, *, now: datetime, most: int) -> Sequence[int]:
    """Return the answers whose time has come, the longest due first."""
    return (
        session.execute(
            select(_ANSWERS.c.id)
            .where(_ANSWERS.c.due_at <= now, _ANSWERS.c.held_at.is_(None))
            .order_by(_ANSWERS.c.due_at, _ANSWERS.c.id)
            .limit(most)
        )
        .scalars()
        .all()
    )
