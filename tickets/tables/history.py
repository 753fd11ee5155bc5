"""What happened, who has read how far in it, and the numbers that were given out.

`events` has no unique key but (id, at), and nothing points at it by foreign key, so that it can be partitioned by month.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column as _at
from tickets.tables.columns import id_column as _id
from tickets.tables.columns import json_column as _json

# What an audit asks for.
_WATCHED = text(
    "kind IN ('contact.number_shown', 'desk.revised', 'view.shared', 'view.changed', 'view.retired')"
)
_REPLIED = text(
    "kind = 'message.answered' AND data IS NOT NULL"
)  # by a reply template, as nearly all of these


class Event(SQLModel, table=True):
    """The one history: ids and values, never texts or names."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_ticket", "ticket", "id"),
        Index("ix_events_desk_at", "desk", "at"),
        Index("ix_events_replied", "desk", "at", sqlite_where=_REPLIED, postgresql_where=_REPLIED),
        Index("ix_events_watched", "at", "id", sqlite_where=_WATCHED, postgresql_where=_WATCHED),
    )

    id: int = _id(key=True)
    at: datetime = _at(key=True)
    desk: str
    ticket: int | None = _id()
    kind: str
    subject: str | None = None
    actor: str | None = None
    data: Any = _json()


class Cursor(SQLModel, table=True):
    """How far a follower of the history has come."""

    __tablename__ = "cursors"

    name: str = Field(primary_key=True)
    position: int = _id(nullable=False)


class Bookmark(SQLModel, table=True):
    """How far a listener has come at its provider."""

    __tablename__ = "bookmarks"

    name: str = Field(primary_key=True)
    value: str = Field(sa_column=Column(Text, nullable=False))


class Counter(SQLModel, table=True):
    """The last id given out in each series; read and advanced inside the writer's transaction."""

    __tablename__ = "counters"

    name: str = Field(primary_key=True)
    value: int = _id(nullable=False)
