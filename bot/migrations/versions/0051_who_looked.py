"""Who looked at what is kept of whom"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "looks",
        sa.Column("contact", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("by", sa.String(), primary_key=True),
        sa.Column("day", sa.String(), primary_key=True),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
    op.create_index("ix_looks_day", "looks", ["day"])
