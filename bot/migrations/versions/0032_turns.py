"""Whose turn it is by name, what they asked the requester, and when turns are called to mind"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("named", Json(), nullable=True))
    op.add_column("case_turns", sa.Column("holder", sa.String(), nullable=True))
    op.add_column("case_turns", sa.Column("asked_by", sa.String(), nullable=True))
    op.create_table(
        "turn_reminders",
        sa.Column("case", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("step", sa.String(), primary_key=True),
        sa.Column("round", sa.Integer(), primary_key=True),
        sa.Column("at", Instant(), primary_key=True),
    )
    op.create_index("ix_turn_reminders_at", "turn_reminders", ["at"])
