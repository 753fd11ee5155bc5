"""What was erased or removed of people, why, and how far it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, json_column, text_column

_PENDING = text("done_at IS NULL")


class Removal(SQLModel, table=True):
    """One erasure of a person, or one night of what a desk keeps no longer. It names nobody: a contact by their number alone."""

    __tablename__ = "removals"
    __table_args__ = (
        Index("ix_removals_desk", "desk", "id"),
        Index(
            "ux_removals_pending", "contact", unique=True, sqlite_where=_PENDING, postgresql_where=_PENDING
        ),
    )

    id: int = id_column(key=True)
    desk: str
    kind: str  # erasure, retention
    contact: int | None = id_column()
    by: str  # actor
    reason: str | None = text_column()
    at: datetime = at_column(nullable=False)
    before: datetime | None = at_column()  # of retention: what ended before it is kept no longer
    done_at: datetime | None = at_column()
    counts: Any = json_column()  # {kind of thing: how many}
    months: Any = json_column()  # [2026-11, …] of a desk, whose rows went whole with their partition
    files: Any = json_column()  # SHA-256 of those that are to be deleted still, where nothing names them


class Look(SQLModel, table=True):
    """That somebody of the desk opened what is kept of a contact on a day: one row, however often."""

    __tablename__ = "looks"
    __table_args__ = (Index("ix_looks_day", "day"),)

    contact: int = id_column(key=True)
    by: str = Field(primary_key=True)  # actor
    day: str = Field(primary_key=True)  # 2026-10-05, of UTC
    desk: str
    at: datetime = at_column(nullable=False)  # first that day
