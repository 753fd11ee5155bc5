"""Requests that contacts fill in"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=False),
        sa.Column("offered", Json(), nullable=True),
        sa.Column("procedure", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("answers", Json(), nullable=True),
        sa.Column("passed", Json(), nullable=True),
        sa.Column("asking", sa.String(), nullable=True),
        sa.Column("aside", sa.Text(), nullable=True),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=True),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.Column("remind_at", Instant(), nullable=True),
        sa.Column("drop_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
    )
    live = sa.text("ended_at IS NULL")
    op.create_index(
        "ux_requests_live", "requests", ["ticket"], unique=True, sqlite_where=live, postgresql_where=live
    )
