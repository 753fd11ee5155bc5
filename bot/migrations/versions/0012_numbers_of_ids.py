"""Which telephone number was shown beside an id of WhatsApp's that somebody of a desk writes under"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scoped_numbers",
        sa.Column("account", sa.String(), primary_key=True),
        sa.Column("external_id", sa.String(), primary_key=True),
        sa.Column("number", sa.String(), nullable=False),
    )
