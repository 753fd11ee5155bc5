"""What is kept of papers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from tickets.ledger.types import Instant
from tickets.tables.columns import at_column, id_column, json_column, text_column


class PaperRow(SQLModel, table=True):
    """One paper of a case, with the values that its file was typeset from."""

    __tablename__ = "papers"
    __table_args__ = (
        Index("ix_papers_case", "case"),
        Index("ux_papers_number", "desk", "series", "year", "no", unique=True),
        Index("ux_papers_token", "token", unique=True),
    )

    id: int = id_column(key=True)
    desk: str
    ticket: int = id_column(nullable=False)
    case: int = id_column(nullable=False)
    paper: str  # its id in the procedure
    state: str  # draft, issued, void, replaced
    series: str | None = None
    year: int | None = None
    no: int | None = None
    number: str | None = None  # as printed, or as it came from outside
    token: str  # of its public page
    revision: int  # of the desk's files, whose template it is typeset by
    template: str | None = None  # a file of the desk's folder; None: ours for its kind
    content: dict[str, Any] | None = json_column()  # see procedures.papers.values
    edition: int = 1  # one more each time its values change
    made_by: str  # actor
    made_at: datetime = at_column(nullable=False)
    final_by: str | None = None  # actor: who signed it, or took it in
    final_at: datetime | None = at_column()
    void_by: str | None = None
    void_at: datetime | None = at_column()
    void_reason: str | None = text_column()
    wanted: bool = False  # by the requester: it goes to them once it is final and typeset
    said: str | None = text_column()  # to the requester, in the message with which it will go
    message: int | None = id_column()  # with which it went
    name: str | None = None  # of the file
    type: str | None = None
    size: int | None = None
    sha256: str | None = Field(default=None, index=True)
    previews: list[str] | None = json_column()  # pictures of its first pages, by SHA-256
    due_at: datetime | None = Field(
        default=None, sa_column=Column(Instant, index=True)
    )  # when it is to be typeset; None: it is, or cannot be
    attempts: int = 0
    error: str | None = text_column()
