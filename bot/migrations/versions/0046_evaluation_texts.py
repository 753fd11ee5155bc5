"""What people write in the self-evaluation of a unit"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation_texts",
        sa.Column("desk", sa.String(), primary_key=True),
        sa.Column("section", sa.String(), primary_key=True),
        sa.Column("year", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
