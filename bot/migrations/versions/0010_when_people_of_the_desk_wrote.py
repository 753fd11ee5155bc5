"""When people of a desk last wrote to an account, for the window in which they are told in free words"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_heard",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("heard_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("account", "external_id"),
    )
