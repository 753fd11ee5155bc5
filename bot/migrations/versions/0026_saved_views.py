"""Saved views: lists of tickets under a name"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_WATCHED = "kind IN ('contact.number_shown', 'desk.revised', 'view.shared', 'view.changed', 'view.retired')"


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("ordered", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
    )
    op.create_index("ix_saved_views_owner", "saved_views", ["owner"])
    op.create_index("ix_saved_views_desk", "saved_views", ["desk"])
    op.drop_index("ix_events_watched", table_name="events")
    op.create_index(
        "ix_events_watched", "events", ["at", "id"], sqlite_where=sa.text(_WATCHED),
        postgresql_where=sa.text(_WATCHED),
    )  # fmt: skip
