"""Cases that a step of another case has begun"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("parent", sa.BigInteger(), nullable=True))
    op.add_column("cases", sa.Column("parent_step", sa.String(), nullable=True))
    op.add_column("cases", sa.Column("parent_round", sa.Integer(), nullable=True))
