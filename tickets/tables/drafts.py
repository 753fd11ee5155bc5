"""What somebody has begun to write on a ticket and has not sent."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, json_column, text_column


class KeptDraft(SQLModel, table=True):
    """One a person and ticket: on whichever device they go on, it is there."""

    __tablename__ = "ticket_drafts"

    ticket: int = id_column(key=True)
    by: str = Field(primary_key=True, index=True)
    at: datetime = at_column(nullable=False)
    text: str = text_column(nullable=False)
    is_note: bool = False
    began_as: str | None = None  # the reply template
    files: Any = json_column()
