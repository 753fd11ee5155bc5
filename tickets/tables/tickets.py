"""Tickets, and the promises that run on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column as _at
from tickets.tables.columns import id_column as _id
from tickets.tables.columns import json_column as _json

_CURRENT = text("status <> 'closed'")
_KEPT = text("status = 'closed' AND erased_at IS NULL")
_UNCATEGORISED = text("category IS NULL AND status <> 'closed'")
_TO_WORK_ON = text("status IN ('new', 'open')")
_IN_TEAM = text("team IS NOT NULL AND status IN ('new', 'open')")


class Ticket(SQLModel, table=True):
    __tablename__ = "tickets"
    __table_args__ = (
        Index(
            "ux_tickets_current",
            "account",
            "thread",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_tickets_thread", "account", "thread"),
        Index("ix_tickets_desk_status", "desk", "status", "number"),
        Index("ix_tickets_created", "desk", "created_at"),
        Index("ix_tickets_contact", "contact"),
        # What may be kept for too long.
        Index("ix_tickets_kept", "desk", "closed_at", sqlite_where=_KEPT, postgresql_where=_KEPT),
        Index(
            "ix_tickets_uncategorised",
            "desk",
            "number",
            sqlite_where=_UNCATEGORISED,
            postgresql_where=_UNCATEGORISED,
        ),
        Index("ix_tickets_snoozed", "snoozed_until", sqlite_where=text("snoozed_until IS NOT NULL"),
              postgresql_where=text("snoozed_until IS NOT NULL")),
        Index("ix_tickets_merged", "merged_into", sqlite_where=text("merged_into IS NOT NULL"),
              postgresql_where=text("merged_into IS NOT NULL")),
        Index("ix_tickets_assignee", "desk", "assignee", sqlite_where=_TO_WORK_ON, postgresql_where=_TO_WORK_ON),
        # The inbox: what is to be done by category, read from the index alone.
        Index("ix_tickets_category", "desk", "category", "snoozed_until", sqlite_where=_TO_WORK_ON,
              postgresql_where=_TO_WORK_ON),
        Index("ix_tickets_team", "desk", "team", "team_holder", sqlite_where=_IN_TEAM, postgresql_where=_IN_TEAM),
    )  # fmt: skip

    number: int = _id(key=True)
    desk: str
    account: str
    channel: str
    thread: str  # chat: the address; mail: the first Message-ID; a hand-made or split ticket has its own
    address: int | None = _id()  # where answers go; None: nowhere (a walk-in)
    contact: int = _id(nullable=False)
    status: str
    subject: str | None = None
    category: str | None = None
    category_by: str | None = None  # actor who set it; "bot" never overwrites a person
    suggestions: Any = _json()  # [[category, score], …] best first
    assignee: str | None = None  # staff id
    assigned_by: str | None = (
        None  # actor who last set the assignee; what a person put back to nobody stays there
    )
    team: str | None = None  # second-line team that holds it
    team_holder: str | None = None  # staff id: who in the team works on it
    language: str | None = None
    priority: int = 0  # the steps are named in `tickets.priority`
    revision: int = 0  # of the desk, under which the clocks were promised
    cycle: int = 1  # grows with each reopening
    linked_to: int | None = _id()  # the earlier ticket this one continues
    created_at: datetime = _at(nullable=False)
    updated_at: datetime = _at(nullable=False)
    solved_at: datetime | None = _at()
    closed_at: datetime | None = _at()
    verified_by: str | None = None
    snoozed_until: datetime | None = _at()  # out of sight until then
    spam_at: datetime | None = _at()  # thrown out: in no statistics
    merged_into: int | None = _id()  # it ended in this ticket, and is in no statistics either
    medium: str | None = None  # of what was written down by hand: telephone, counter, other
    erased_at: datetime | None = _at()  # when all that was said on it was erased


_IN_TROUBLE = text("met_at IS NULL AND ended_at IS NULL AND (warned_at IS NOT NULL OR lapsed_at IS NOT NULL)")
_AWAITED = text("met_at IS NULL AND ended_at IS NULL AND kind IN ('first_response', 'next_response')")


class Clock(SQLModel, table=True):
    """A promise of one ticket and how it stands; folded from the events, never edited."""

    __tablename__ = "clocks"
    __table_args__ = (
        Index("ix_clocks_acts", "acts_at", sqlite_where=text("acts_at IS NOT NULL"),
              postgresql_where=text("acts_at IS NOT NULL")),
        # The supervisors' board: promises broken or about to be, and contacts who wait for an answer.
        Index("ix_clocks_trouble", "desk", "due_at", sqlite_where=_IN_TROUBLE, postgresql_where=_IN_TROUBLE),
        Index("ix_clocks_awaited", "desk", "started_at", sqlite_where=_AWAITED, postgresql_where=_AWAITED),
    )  # fmt: skip

    ticket: int = _id(key=True)
    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True, default="")
    cycle: int = Field(primary_key=True)
    desk: str  # the ticket's
    terms_of: str  # the desk whose promise it is: another one, if the ticket was moved
    revision: int
    promise: str  # as promised: "15m operating"
    started_at: datetime = _at(nullable=False)
    due_at: datetime = _at(nullable=False)
    warn_at: datetime | None = _at()
    pauses: Any = _json()  # [[start, end or null], …]
    paused_at: datetime | None = _at()  # the start of the last one, while it lasts
    met_at: datetime | None = _at()
    met_by: str | None = None  # the message that met it
    breached_at: datetime | None = _at()
    lapsed_at: datetime | None = _at()  # the due instant that was told last
    warned_at: datetime | None = _at()
    ended_at: datetime | None = _at()  # dropped: solved without an answer, merged, spam
    extended_at: datetime | None = _at()
    acknowledged_at: datetime | None = _at()
    acknowledged_by: str | None = None
    acts_at: datetime | None = _at()
