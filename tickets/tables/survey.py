"""What contacts were asked and said: after closing, and in the survey of public services."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from tickets.tables.columns import at_column, id_column, json_column, text_column

_TO_DO = text("found_at IS NOT NULL AND followed_up_at IS NULL")


class AskedSurvey(SQLModel, table=True):
    """The question after closing, once a cycle of a ticket, and the answer to it."""

    __tablename__ = "surveys"
    __table_args__ = (
        Index("ix_surveys_desk", "desk", "asked_at"),
        Index("ix_surveys_contact", "contact", "asked_at"),
        Index("ix_surveys_to_do", "desk", "found_at", sqlite_where=_TO_DO, postgresql_where=_TO_DO),
    )

    ticket: int = id_column(key=True)
    cycle: int = id_column(key=True)
    desk: str
    contact: int = id_column(nullable=False)
    address: int = id_column(nullable=False)
    asked_at: datetime = at_column(nullable=False)
    withheld: str | None = None  # why the question could not be put
    message: int | None = id_column()  # ours, with the question
    scale: int
    score: int | None = None
    remark: str | None = text_column()
    answered_at: datetime | None = at_column()  # first
    found_at: datetime | None = at_column()  # a low score is a finding …
    followed_up_at: datetime | None = at_column()  # … which somebody follows up
    followed_up_by: str | None = None
    follow_up: str | None = text_column()  # what was done


class SurveyInvitation(SQLModel, table=True):
    """An invitation to the survey of public services, once a period and contact, and the answers given to it."""

    __tablename__ = "survey_invitations"
    __table_args__ = (
        Index("ux_survey_invitations", "desk", "period", "contact", unique=True),
        Index("ix_survey_invitations_at", "desk", "invited_at"),
        Index("ix_survey_invitations_contact", "contact", "invited_at"),
    )

    id: int = id_column(key=True)
    desk: str
    period: str  # 2026, 2026-S1, 2026-Q3
    contact: int = id_column(nullable=False)
    address: int = id_column(nullable=False)
    invited_at: datetime = at_column(nullable=False)
    expires_at: datetime = at_column(nullable=False)  # the period's end
    marks: Any = json_column()  # nine of 1 to 4, null where not answered yet
    answered_at: datetime | None = at_column()  # all nine, first
    changed_at: datetime | None = at_column()
    age: int | None = None
    sex: str | None = None
    education: str | None = None
    occupation: str | None = None
    remark: str | None = text_column()
