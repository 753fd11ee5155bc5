"""The ids of one person on one account, which share a value"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("addresses", sa.Column("same_as", sa.BigInteger(), nullable=True))
    op.create_index("ix_addresses_same_as", "addresses", ["same_as"])
