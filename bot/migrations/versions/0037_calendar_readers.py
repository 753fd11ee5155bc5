"""Who reads the calendar of bookings"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_readers",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("resource", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
    )
    op.create_index("ix_calendar_readers_desk", "calendar_readers", ["desk"])
