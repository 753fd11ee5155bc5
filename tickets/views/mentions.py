"""Where somebody was named in notes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, tuple_
from sqlmodel import Session

from tickets.tables import Mention, Message, Ticket

_MENTIONS = Mention.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_POSTS: Any = bindparam("posts", expanding=True)
_IS_ONE_OF = tuple_(_MENTIONS.c.desk, _MENTIONS.c.staff).in_(_POSTS)
_NAMED = (
    select(_MENTIONS, _TICKETS.c.subject, _TICKETS.c.team, _MESSAGES.c.text)
    .join(_TICKETS, _TICKETS.c.number == _MENTIONS.c.ticket)
    .join(_MESSAGES, _MESSAGES.c.id == _MENTIONS.c.message)
    .where(_IS_ONE_OF, _TICKETS.c.desk == _MENTIONS.c.desk, _MESSAGES.c.withdrawn_at.is_(None))
    .order_by(_MENTIONS.c.message.desc())
    .limit(bindparam("most"))
)
_NEW = select(_MENTIONS.c.ticket).where(
    _MENTIONS.c.ticket.in_(bindparam("tickets", expanding=True)), _IS_ONE_OF, _MENTIONS.c.seen_at.is_(None)
)

_WAITING = (
    select(_TICKETS.c.number, _TICKETS.c.desk, _TICKETS.c.team)
    .join(_MENTIONS, _MENTIONS.c.ticket == _TICKETS.c.number)
    .join(_MESSAGES, _MESSAGES.c.id == _MENTIONS.c.message)
    .where(
        _IS_ONE_OF, _MENTIONS.c.seen_at.is_(None), _TICKETS.c.desk == _MENTIONS.c.desk, _MESSAGES.c.withdrawn_at.is_(None)
    )
    .distinct()
    .limit(bindparam("most"))
)  # fmt: skip

Post = tuple[str, str]  # a desk, and the id of somebody there


@dataclass(frozen=True, kw_only=True)
class MentionView:
    """A note in which somebody was named."""

    ticket: int
    desk: str
    team: str | None  # that has the ticket now
    subject: str | None
    message: int
    by: str  # the actor's key
    at: datetime
    text: str = field(repr=False)
    is_new: bool  # they have not opened the ticket since


def mentions_of(session: Session, posts: Collection[Post], *, most: int) -> tuple[MentionView, ...]:
    """Return the notes that name somebody, the newest first; a note that was taken back names nobody."""
    rows = session.execute(_NAMED, {"posts": list(posts), "most": most})
    return tuple(
        MentionView(
            ticket=row.ticket, desk=row.desk, team=row.team, subject=row.subject, message=row.message, by=row.by,
            at=row.at, text=row.text or "", is_new=row.seen_at is None,
        )
        for row in rows
    )  # fmt: skip


def with_mentions(session: Session, tickets: Collection[int], posts: Collection[Post]) -> frozenset[int]:
    """Return on which of the tickets somebody was named since they opened it last."""
    return frozenset(session.execute(_NEW, {"tickets": list(tickets), "posts": list(posts)}).scalars())


def waiting_mentions(
    session: Session, posts: Collection[Post], *, most: int
) -> tuple[tuple[str, str | None], ...]:
    """Return where the tickets are on which somebody was named since they opened them: desk, and team that has it."""
    rows = session.execute(_WAITING, {"posts": list(posts), "most": most})
    return tuple((row.desk, row.team) for row in rows)
