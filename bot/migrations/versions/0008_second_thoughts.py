"""Answers that were taken back, what was sent together, and where an agent wrote a message"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("withdrawn_at", Instant(), nullable=True))
    op.add_column("messages", sa.Column("album", sa.String(), nullable=True))
    op.create_index("ix_origins_external", "origins", ["external_id"])
