"""What each of a committee has said of a step"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Json

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_turns", sa.Column("votes", Json(), nullable=True))
