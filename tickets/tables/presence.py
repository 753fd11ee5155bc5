"""Who is away and until when, and whose turn it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, json_column, text_column

_LIVE = text("ended_at IS NULL")


class Absence(SQLModel, table=True):
    """One absence of one person: planned, running, or over."""

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_live", "desk", "staff", sqlite_where=_LIVE, postgresql_where=_LIVE),)

    id: int = id_column(key=True)
    desk: str
    staff: str
    kind: str  # break, out_of_office
    since: datetime = at_column(nullable=False)
    until: datetime | None = at_column()  # None: until they are back
    substitute: str | None = None  # staff id
    note: str | None = text_column()
    began_at: datetime | None = at_column()
    ended_at: datetime | None = at_column()
    handed_at: datetime | None = at_column()
    handed: Any = json_column()  # [[ticket, to whom or null], …]


class Turn(SQLModel, table=True):
    """The last ticket that somebody was given by the machine: the id of its event, which only grows."""

    __tablename__ = "turns"

    desk: str = Field(primary_key=True)
    staff: str = Field(primary_key=True)
    event: int = id_column(nullable=False)
