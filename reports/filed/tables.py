"""What is kept of reports."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, json_column


class FiledReport(SQLModel, table=True):
    """A report of a month that was made, with its file."""

    __tablename__ = "filed_reports"
    __table_args__ = (Index("ix_filed_reports_desk", "desk", "id"),)

    id: int = id_column(key=True)
    desk: str
    month: str  # 2026-10
    format: str
    language: str
    part: Any = json_column()  # {team, category}; None: all of the month's tickets
    identities: bool = False  # written out
    occasion: str  # asked, closed, arrived
    name: str  # of the file
    size: int = id_column(nullable=False)
    sha256: str = Field(index=True)
    made_by: str  # actor, or a mailbox
    made_at: datetime = at_column(nullable=False)
    told: int | None = None  # of one that arrived: how many people it went to
    discarded_at: datetime | None = at_column()  # when its file was deleted, for it was kept long enough


class ClosedMonth(SQLModel, table=True):
    """A month as it was reported when it was closed."""

    __tablename__ = "closed_months"
    __table_args__ = (Index("ix_closed_months_desk", "desk", "month"),)

    id: int = id_column(key=True)
    desk: str
    month: str
    figures: Any = json_column()  # see reports.filed.closing
    report: int = id_column(nullable=False)  # the filed one
    closed_by: str
    closed_at: datetime = at_column(nullable=False)  # the instant that its figures are of
    reopened_by: str | None = None  # None: it is closed
    reopened_at: datetime | None = at_column()
