"""Second factors, where sessions sit, tries counted for all processes, and the trail of the doors"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("totp", sa.String()),
        ("totp_step", sa.BigInteger()),
        ("totp_at", Instant()),
        ("language", sa.String()),
    ):
        op.add_column("accounts", sa.Column(name, kind, nullable=True))
    for name, default in (("place", ""), ("browser", ""), ("way", "password")):
        op.add_column("sessions", sa.Column(name, sa.String(), nullable=False, server_default=default))
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.String(), primary_key=True),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
    )
    op.create_index("ix_recovery_codes_email", "recovery_codes", ["email"])
    op.create_table(
        "throttles",
        sa.Column("key_hash", sa.String(), primary_key=True),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
    )
    op.create_table(
        "trail",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("data", Json(), nullable=True),
    )
    op.create_index("ix_trail_kind", "trail", ["kind", "id"])
    op.create_index("ix_trail_who", "trail", ["who", "id"])
