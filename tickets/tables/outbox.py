"""Everything that leaves, and what providers call it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column as _at
from tickets.tables.columns import id_column as _id
from tickets.tables.columns import json_column as _json
from tickets.tables.columns import text_column as _text

_WAITING = text("state IN ('queued', 'sending')")
_DUE = text("state = 'queued' AND budget IS NULL")
_BUDGETED = text("state = 'queued' AND budget IS NOT NULL")
_PARKED = text("state = 'parked'")


class Outbox(SQLModel, table=True):
    """Everything that leaves: answers, automatic replies, agents' cards, alerts, webhooks."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ux_outbox_dedup", "dedup", unique=True),
        Index("ix_outbox_line", "order_key", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_outbox_due", "priority", "id", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_outbox_budget", "budget", "priority", "id", sqlite_where=_BUDGETED, postgresql_where=_BUDGETED),
        Index("ix_outbox_message", "message"),
        Index("ix_outbox_parked", "order_key", "id", sqlite_where=_PARKED, postgresql_where=_PARKED),
    )  # fmt: skip

    id: int = _id(key=True)
    dedup: str
    account: str
    audience: str  # contact, staff, hook
    act: str  # what kind of sending: message, card, topic, alert, …
    order_key: str  # only the head of each line is claimed
    budget: str | None = None  # the place whose calls are counted; None: it goes when it is due
    priority: int
    desk: str
    ticket: int | None = _id()
    message: int | None = _id()
    payload: Any = _json()
    state: str
    not_before: datetime = _at(nullable=False)
    lease_until: datetime | None = _at()
    tried_at: datetime | None = _at()
    attempts: int = 0
    error: str | None = _text()
    created_at: datetime = _at(nullable=False)
    done_at: datetime | None = _at()


class Reference(SQLModel, table=True):
    """The provider's ids of what left: many to many, for a long text is split and small ones may be joined."""

    __tablename__ = "provider_references"
    __table_args__ = (Index("ix_references_message", "message"),)

    account: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    outbox: int = _id(key=True)
    message: int | None = _id()
    ticket: int | None = _id()
    state: str | None = None
