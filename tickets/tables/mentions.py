"""Who was named in a note."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column

_NEW = text("seen_at IS NULL")


class Mention(SQLModel, table=True):
    """One person whom one note names; `seen_at`: since when they know, by having opened the ticket."""

    __tablename__ = "mentions"
    __table_args__ = (
        Index("ix_mentions_staff", "desk", "staff", "message"),
        Index("ix_mentions_new", "desk", "staff", sqlite_where=_NEW, postgresql_where=_NEW),
    )

    message: int = id_column(key=True)
    staff: str = Field(primary_key=True)
    desk: str
    ticket: int = id_column(nullable=False, index=True)
    by: str  # the actor's key
    at: datetime = at_column(nullable=False)
    seen_at: datetime | None = at_column()
