"""Answers that go later and solve their ticket then"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "scheduled_answers", sa.Column("solve", sa.Boolean(), nullable=False, server_default=sa.false())
    )
