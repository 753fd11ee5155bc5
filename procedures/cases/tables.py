"""What is kept of cases."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, json_column, length_column, text_column


class Case(SQLModel, table=True):
    """One running instance of a procedure, on the revision of the desk's files under which it began."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_ticket", "ticket"),
        Index("ix_cases_begun", "desk", "procedure", "begun_at"),  # figures of many
    )

    id: int = id_column(key=True)
    desk: str
    ticket: int = id_column(nullable=False)
    procedure: str
    revision: int
    answers: dict[str, Any] | None = json_column()
    named: dict[str, Any] | None = json_column()  # role → the id of whoever was named to act in it
    reached: str | None = None  # the end that a branch came to while others are under way
    ended: str | None = None
    begun_by: str  # actor
    begun_at: datetime = at_column(nullable=False)
    ended_at: datetime | None = at_column()
    parent: int | None = id_column()  # the case whose step has begun this one, with …
    parent_step: str | None = None
    parent_round: int | None = None


class CaseTurn(SQLModel, table=True):
    """One time that a step of a case was begun, waited for, or passed over."""

    __tablename__ = "case_turns"

    case: int = id_column(key=True)
    step: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    place: int  # in the order in which turns of the case began
    begun_at: datetime | None = at_column()  # None: held until branches have joined
    ended_at: datetime | None = at_column()
    outcome: str | None = None
    by: str | None = None  # actor
    reason: str | None = text_column()
    holder: str | None = None  # id of the one person whose turn it is; None: whoever holds the role
    asked_by: str | None = None  # actor who waits for an answer of the requester
    took: int | None = length_column()  # of one that somebody ended, as its standard counts
    votes: list[Any] | None = json_column()  # of a step that a committee decides
    late: int | None = length_column()  # of that, what was beyond its due instant; None: it was in time


class TurnReminder(SQLModel, table=True):
    """When a turn is to be called to mind; gone once that was done."""

    __tablename__ = "turn_reminders"
    __table_args__ = (Index("ix_turn_reminders_at", "at"),)

    case: int = id_column(key=True)
    step: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    at: datetime = at_column(key=True)
