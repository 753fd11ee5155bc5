"""Devices: the browsers on which people are told of their tickets"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "devices",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("endpoint_hash", sa.String(), nullable=False, unique=True),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(), nullable=False),
        sa.Column("auth", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("failing_since", Instant(), nullable=True),
    )
    op.create_index("ix_devices_email", "devices", ["email"])
