"""What is kept of the archive: one line for each case that is over."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from tickets.tables.columns import at_column, id_column


class ArchivedCase(SQLModel, table=True):
    """A case that is over, under the name by which it is found."""

    __tablename__ = "archived_cases"
    __table_args__ = (Index("ix_archived_cases_desk", "desk", "ended_at"),)

    case: int = id_column(key=True)
    desk: str
    ticket: int = id_column(nullable=False)
    procedure: str
    name: str
    searched: str  # the name as it is searched in: small letters
    ending: str  # done, refused, withdrawn, stopped
    begun_at: datetime = at_column(nullable=False)
    ended_at: datetime = at_column(nullable=False)
