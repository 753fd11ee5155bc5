"""The register of findings, and what happened to each."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from tickets.tables.columns import at_column, id_column, text_column


class Finding(SQLModel, table=True):
    """Something that was not as it should be, and what is done about it."""

    __tablename__ = "findings"
    __table_args__ = (
        Index("ix_findings_desk", "desk", "stand", "due_on"),
        Index("ix_findings_remind_at", "remind_at"),
        Index("ix_findings_ticket", "ticket"),
    )

    id: int = id_column(key=True)
    desk: str
    found_at: datetime = at_column(nullable=False)  # when it was written down
    found_by: str  # actor
    source: str
    service: str | None = None  # category:<id>, procedure:<id>
    ticket: int | None = id_column()
    clock: str | None = None  # of the ticket
    text: str = text_column(nullable=False)
    cause: str = text_column(nullable=False)
    action: str = text_column(nullable=False)
    responsible: str | None = None  # staff id
    due_on: date | None = None
    stand: str
    proposed_at: datetime | None = at_column()
    closed_at: datetime | None = at_column()
    closed_by: str | None = None
    effect: str | None = None
    remind_at: datetime | None = at_column()  # next


class FindingNote(SQLModel, table=True):
    """One line of a finding's history, with what was said."""

    __tablename__ = "finding_notes"

    finding: int = id_column(key=True)
    number: int = id_column(key=True)  # of its lines, from 1
    at: datetime = at_column(nullable=False)
    by: str  # actor
    step: str
    text: str = text_column(nullable=False)
