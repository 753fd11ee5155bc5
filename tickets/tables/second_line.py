"""What a second-line team's tracker calls a ticket."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, text_column


class TeamIssue(SQLModel, table=True):
    """The issue that stands for a ticket in a team's tracker."""

    __tablename__ = "team_issues"
    __table_args__ = (Index("ix_team_issues_key", "team", "key"),)

    ticket: int = id_column(key=True)
    team: str = Field(primary_key=True)
    key: str
    url: str | None = text_column()
    at: datetime = at_column(nullable=False)
