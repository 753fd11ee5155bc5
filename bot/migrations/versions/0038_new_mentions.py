"""Mentions that are new to whoever is named, found by person: each page counts them"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_NEW = sa.text("seen_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_mentions_new", "mentions", ["desk", "staff"], sqlite_where=_NEW, postgresql_where=_NEW
    )
