"""Invoices and what was paid for them"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "invoices",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("lines", Json(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminders", Json(), nullable=True),
        sa.Column("remind_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
    )
    op.create_index("ix_invoices_case", "invoices", ["case"])
    op.create_index("ix_invoices_desk", "invoices", ["desk", "state", "due_on"])
    op.create_index("ix_invoices_made", "invoices", ["desk", "id"])
    op.create_index(
        "ix_invoices_reminded", "invoices", ["remind_at"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=False),
        sa.Column("invoice", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("messages", Json(), nullable=True),
        sa.Column("handed_in_at", Instant(), nullable=False),
        sa.Column("handed_in_by", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("receipt", sa.String(), nullable=True),
        sa.Column("checked_at", Instant(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
    )
    op.create_index("ix_payments_invoice", "payments", ["invoice"])
    op.create_index("ix_payments_ticket", "payments", ["ticket", "state"])
    op.create_index("ix_payments_desk", "payments", ["desk", "state", "id"])
