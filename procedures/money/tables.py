"""What is kept of money: invoices as they were made, and what was handed in or came in for them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, text
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, json_column, text_column

_OPEN = text("state = 'open'")


def rupiah_column(*, nullable: bool = False) -> Any:
    column = Column(BigInteger, nullable=nullable)
    return Field(default=None, sa_column=column) if nullable else Field(sa_column=column)


class Invoice(SQLModel, table=True):
    """What was asked of the requester of a case, as it stood when it was made."""

    __tablename__ = "invoices"
    __table_args__ = (
        Index("ix_invoices_case", "case"),
        Index("ix_invoices_desk", "desk", "state", "due_on"),
        Index("ix_invoices_made", "desk", "id"),
        Index("ix_invoices_reminded", "remind_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int = id_column(key=True)
    desk: str
    ticket: int = id_column(nullable=False)
    case: int = id_column(nullable=False)
    step: str  # that billed it
    number: str  # as the office counts
    lines: list[dict[str, Any]] | None = json_column()
    total: int = rupiah_column()
    paid: int = rupiah_column()  # what has come in for it
    state: str  # open, paid, void
    made_at: datetime = at_column(nullable=False)
    made_by: str  # actor
    due_on: date
    reminders: list[int] | None = json_column()  # days after it was due on which the requester is reminded
    remind_at: datetime | None = at_column()  # … and when next
    ended_at: datetime | None = at_column()  # when it was paid, or became void
    reason: str | None = text_column()  # why it is void
    replaces: int | None = id_column()  # the one that it was made instead of
    paper: int | None = id_column()  # on which it is printed


class Payment(SQLModel, table=True):
    """What was handed in as proof, or was seen to have come in, for an invoice."""

    __tablename__ = "payments"
    __table_args__ = (
        Index("ix_payments_invoice", "invoice"),
        Index("ix_payments_ticket", "ticket", "state"),
        Index("ix_payments_desk", "desk", "state", "id"),
    )

    id: int = id_column(key=True)
    desk: str
    ticket: int = id_column(nullable=False)
    invoice: int = id_column(nullable=False)
    state: str  # handed_in, accepted, refused
    messages: list[int] | None = (
        json_column()
    )  # those with the files that prove it; none: no proof was needed
    handed_in_at: datetime = at_column(nullable=False)
    handed_in_by: str  # actor
    amount: int | None = rupiah_column(nullable=True)  # what has come in
    paid_on: date | None = None
    receipt: str | None = None  # its number
    paper: int | None = id_column()  # on which the receipt is printed
    checked_at: datetime | None = at_column()
    checked_by: str | None = None  # actor
    reason: str | None = text_column()  # why it was not accepted
