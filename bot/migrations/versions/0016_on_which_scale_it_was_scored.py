"""On which scale the matcher scored what it foretold: earlier rows say nothing of it, and open no gate"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("predictions", sa.Column("scale", sa.Integer(), nullable=True))
