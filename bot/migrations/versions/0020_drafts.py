"""Drafts: what somebody has begun to write on a ticket"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ticket_drafts",
        sa.Column("ticket", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("by", sa.String(), primary_key=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_note", sa.Boolean(), nullable=False),
        sa.Column("began_as", sa.String(), nullable=True),
    )
    op.create_index("ix_ticket_drafts_by", "ticket_drafts", ["by"])
