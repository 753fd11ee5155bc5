"""What providers were asked for that they had brought"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reconciliations",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
    )
    op.create_index("ix_reconciliations_account", "reconciliations", ["account", "id"])
    op.create_index("ix_reconciliations_desk", "reconciliations", ["desk", "began_at"])
    op.create_table(
        "lost_messages",
        sa.Column("account", sa.String(), primary_key=True),
        sa.Column("handle", sa.String(), primary_key=True),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
    op.create_index("ix_lost_messages_desk", "lost_messages", ["desk", "at"])
