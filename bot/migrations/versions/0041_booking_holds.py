"""Bookings that are held for a time only"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "booking_holds",
        sa.Column("booking", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", Instant(), primary_key=True),
        sa.Column("ends_at", Instant(), nullable=False),
    )
    op.create_index("ix_booking_holds_at", "booking_holds", ["at"])
