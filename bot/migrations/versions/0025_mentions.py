"""Who was named in a note"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mentions",
        sa.Column("message", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("staff", sa.String(), primary_key=True),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=True),
    )
    op.create_index("ix_mentions_ticket", "mentions", ["ticket"])
    op.create_index("ix_mentions_staff", "mentions", ["desk", "staff", "message"])
