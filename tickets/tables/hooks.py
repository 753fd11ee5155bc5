"""What the desk tells programs outside: where each of them stands, and how the last tries went."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Text
from sqlmodel import Field, SQLModel

from tickets.ledger.types import Instant


class Hook(SQLModel, table=True):
    """A webhook or a team's tracker that the desk file names."""

    __tablename__ = "hooks"

    key: str = Field(primary_key=True)  # <desk>/hook/<id>: its account in the outbox
    desk: str = Field(index=True)
    since: int = Field(
        sa_column=Column(BigInteger, nullable=False)
    )  # the newest event when it was first named
    failing_since: datetime | None = Field(default=None, sa_column=Column(Instant))
    paused_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    paused_why: str | None = None  # failing, gone


class HookTry(SQLModel, table=True):
    """One try to bring something to a hook."""

    __tablename__ = "hook_tries"
    __table_args__ = (Index("ix_hook_tries_hook", "hook", "id"),)

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    hook: str
    outbox: int = Field(sa_column=Column(BigInteger, nullable=False))
    kind: str  # of what it was told: ticket.opened, issue.created, test
    ticket: int | None = Field(default=None, sa_column=Column(BigInteger))
    at: datetime = Field(sa_column=Column(Instant, nullable=False))
    took_ms: int
    status: int | None = None  # None: there was no answer
    error: str | None = Field(default=None, sa_column=Column(Text))
