"""On which papers invoices and receipts are printed"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("invoices", "payments"):
        op.add_column(table, sa.Column("paper", sa.BigInteger(), nullable=True))
