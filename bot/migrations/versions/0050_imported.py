"""Tickets of the desk that was used before"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported",
        sa.Column("desk", sa.String(), primary_key=True),
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("ticket", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
    op.create_index("ix_imported_ticket", "imported", ["ticket"])
