"""What came of asking providers for what they had brought."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, text_column


class Reconciliation(SQLModel, table=True):
    """One look into a provider's list: of which time, what was not in the ledger, and what became of it."""

    __tablename__ = "reconciliations"
    __table_args__ = (
        Index("ix_reconciliations_account", "account", "id"),
        Index("ix_reconciliations_desk", "desk", "began_at"),
    )

    id: int = id_column(key=True)
    account: str
    desk: str
    began_at: datetime = at_column(nullable=False)
    since: datetime = at_column(nullable=False)  # the time that was asked for …
    until: datetime = at_column(nullable=False)
    ended_at: datetime | None = at_column()  # None: it is under way, or was cut off
    listed: int = Field(default=0)  # that the provider has
    missing: int = Field(default=0)  # of them, not in the ledger before
    lost: int = Field(default=0)  # of those, not in it afterwards either
    error: str | None = text_column()  # why the list could not be had, or not all be taken in


class LostMessage(SQLModel, table=True):
    """Something that a provider's list has, and that could not be fetched; gone from here once it is."""

    __tablename__ = "lost_messages"
    __table_args__ = (Index("ix_lost_messages_desk", "desk", "at"),)

    account: str = Field(primary_key=True)
    handle: str = Field(primary_key=True)  # by which the provider knows it
    desk: str
    at: datetime = at_column(nullable=False)  # when it was first missed
