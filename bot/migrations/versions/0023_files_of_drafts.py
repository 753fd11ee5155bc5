"""Files that go along with a draft; how long one's answers can be undone"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Json

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket_drafts", sa.Column("files", Json(), nullable=True))
    op.add_column("accounts", sa.Column("undo_seconds", sa.Integer(), nullable=True))
