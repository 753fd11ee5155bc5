"""Reports that were made, and months that are closed"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "filed_reports",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("part", Json(), nullable=True),
        sa.Column("identities", sa.Boolean(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=True),
    )
    op.create_index("ix_filed_reports_desk", "filed_reports", ["desk", "id"])
    op.create_table(
        "closed_months",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("figures", Json(), nullable=True),
        sa.Column("report", sa.BigInteger(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=False),
        sa.Column("reopened_by", sa.String(), nullable=True),
        sa.Column("reopened_at", Instant(), nullable=True),
    )
    op.create_index("ix_closed_months_desk", "closed_months", ["desk", "month"])
