"""What somebody sent that is more than words and files: its kind, and what belongs to it"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Json

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("kind", sa.String(), nullable=True))
    op.add_column("messages", sa.Column("content", Json(), nullable=True))
