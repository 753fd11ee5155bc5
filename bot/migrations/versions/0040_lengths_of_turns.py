"""How long turns of procedures took, counted as they end. Those that ended before are counted when they are asked for"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_turns", sa.Column("took", sa.BigInteger(), nullable=True))
    op.add_column("case_turns", sa.Column("late", sa.BigInteger(), nullable=True))
