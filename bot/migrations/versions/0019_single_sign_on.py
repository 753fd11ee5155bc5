"""Who somebody is at the provider of single sign-on, and which of its answers were taken"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("subject", sa.String(), nullable=True))
    op.create_table(
        "sign_on_answers",
        sa.Column("state_hash", sa.String(), primary_key=True),
        sa.Column("at", Instant(), nullable=False),
    )
