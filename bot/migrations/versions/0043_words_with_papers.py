"""What the requester is told with a paper waits beside it"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("papers", sa.Column("said", sa.Text(), nullable=True))
