"""When the file of an archived report was deleted; raw events among the files are found by their sum"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("filed_reports", sa.Column("discarded_at", Instant(), nullable=True))
    op.create_index("ix_filed_reports_sha256", "filed_reports", ["sha256"])
    large = sa.text("raw_sha256 IS NOT NULL")
    op.create_index("ix_inbound_raw", "inbound", ["raw_sha256"], sqlite_where=large, postgresql_where=large)
