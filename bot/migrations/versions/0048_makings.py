"""Files that people have asked for, while they are made and kept"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "makings",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("ordered", Json(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("of", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("failed_why", sa.Text(), nullable=True),
        sa.Column("about", Json(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("report", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=True),
    )
    op.create_index("ix_makings_asked_by", "makings", ["asked_by", "id"])
    op.create_index("ix_makings_state", "makings", ["state", "id"])
