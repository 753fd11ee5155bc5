"""Answers that go later."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from tickets.ledger.types import Instant
from tickets.tables.columns import at_column, id_column, json_column, text_column


class ScheduledAnswer(SQLModel, table=True):
    """One that has not gone yet. It stands here until it goes or is cancelled; the history tells of both."""

    __tablename__ = "scheduled_answers"

    id: int = id_column(key=True)
    ticket: int = id_column(nullable=False, index=True)
    desk: str
    by: str  # the actor's key
    role: str | None = None  # as which they wrote it
    at: datetime = at_column(nullable=False)  # when it was written, or changed last
    due_at: datetime = Field(sa_column=Column(Instant, nullable=False, index=True))
    text: str = text_column(nullable=False)
    files: Any = json_column()
    began_as: str | None = None  # the reply template
    as_written: bool = False
    wait: bool = False  # the ticket waits for the contact then
    solve: bool = False  # the ticket is solved by it
    despite: bool = False  # it goes also if the contact has written since
    seen: int = id_column(nullable=False)  # the newest message that its author knew
    assignee: str | None = None  # who had the ticket then
    team: str | None = None
    held_at: datetime | None = at_column()
    held_why: str | None = None
