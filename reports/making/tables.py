"""What is kept of files that are made."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import SQLModel

from tickets.tables.columns import at_column, id_column, json_column, text_column


class MakingRow(SQLModel, table=True):
    """A file that somebody asked for; gone a while after it was made."""

    __tablename__ = "makings"
    __table_args__ = (
        Index("ix_makings_asked_by", "asked_by", "id"),
        Index("ix_makings_state", "state", "id"),
    )

    id: int = id_column(key=True)
    desk: str
    asked_by: str  # actor
    asked_at: datetime = at_column(nullable=False)
    what: str
    ordered: Any = json_column()  # see reports.making.order
    state: str  # waiting, running, done, failed
    stage: str | None = None  # of one that runs, with how far it is
    done: int = id_column(nullable=False)
    of: int | None = id_column()
    tries: int = 0
    lease_until: datetime | None = (
        at_column()
    )  # of one that runs: broken off, where nothing was heard until then
    ended_at: datetime | None = at_column()
    failure: str | None = None  # which refusal, by name
    failed_why: str | None = text_column()  # its sentence
    about: Any = json_column()  # what it is about, by the names of the refusal
    name: str | None = None  # of the file
    size: int | None = id_column()
    report: int | None = id_column()  # the filed report that it became
    expires_at: datetime | None = at_column()  # of one that has ended
