"""Cases that are over, by the names under which they are filed"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archived_cases",
        sa.Column("case", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("searched", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=False),
    )
    op.create_index("ix_archived_cases_desk", "archived_cases", ["desk", "ended_at"])
