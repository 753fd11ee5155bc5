"""What is kept of requests."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from tickets.tables.columns import at_column, id_column, json_column, text_column

_LIVE = text("ended_at IS NULL")


class Request(SQLModel, table=True):
    """The form of a procedure that a ticket's contact fills in: offered, under way, sent, or given up."""

    __tablename__ = "requests"
    __table_args__ = (
        Index("ux_requests_live", "ticket", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    )

    id: int = id_column(key=True)
    desk: str
    ticket: int = id_column(nullable=False)
    offered: list[str] | None = json_column()  # procedures among which the contact chooses
    procedure: str | None = None
    stage: str
    answers: dict[str, Any] | None = json_column()  # a file by the number of its attachment
    passed: list[str] | None = json_column()  # questions that the contact left out
    asking: str | None = None  # the question that is asked again
    aside: str | None = text_column()  # what was taken for a question to people
    message: int = id_column(nullable=False)  # with which it began: files from there on are for it
    case: int | None = id_column()  # that it became
    begun_at: datetime = at_column(nullable=False)
    touched_at: datetime = at_column(nullable=False)
    remind_at: datetime | None = at_column()
    drop_at: datetime = at_column(nullable=False)
    ended_at: datetime | None = at_column()
