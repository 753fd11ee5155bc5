"""Where Telegram groups went, and in which of them the bot cannot work"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_places",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("moved_to", sa.String(), nullable=True),
        sa.Column("barred", sa.String(), nullable=True),
        sa.Column("barred_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("account", "address"),
    )
