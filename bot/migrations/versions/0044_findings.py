"""The register of findings"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("found_at", Instant(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=True),
        sa.Column("ticket", sa.BigInteger(), nullable=True),
        sa.Column("clock", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("stand", sa.String(), nullable=False),
        sa.Column("proposed_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("effect", sa.String(), nullable=True),
        sa.Column("remind_at", Instant(), nullable=True),
    )
    op.create_index("ix_findings_desk", "findings", ["desk", "stand", "due_on"])
    op.create_index("ix_findings_remind_at", "findings", ["remind_at"])
    op.create_index("ix_findings_ticket", "findings", ["ticket"])
    op.create_table(
        "finding_notes",
        sa.Column("finding", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
