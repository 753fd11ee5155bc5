"""Who sent it: what a trusted mail server found of a mail's sender"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Json

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("authenticity", Json(), nullable=True))
