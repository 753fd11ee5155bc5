"""Which months of a desk went whole with their partition"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Json

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("removals", sa.Column("months", Json(), nullable=True))
