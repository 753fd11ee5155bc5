"""What came in and belongs to no ticket, to be found when it was kept for long enough"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    condition = sa.text("ticket IS NULL AND message IS NULL AND (raw IS NOT NULL OR raw_sha256 IS NOT NULL)")
    op.create_index(
        "ix_inbound_alone", "inbound", ["account", "at"], sqlite_where=condition, postgresql_where=condition
    )  # fmt: skip
