"""Looks at identity numbers and changed settings: the trail finds them without reading all that happened"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_WATCHED = sa.text("kind IN ('contact.number_shown', 'desk.revised')")


def upgrade() -> None:
    op.create_index(
        "ix_events_watched", "events", ["at", "id"], sqlite_where=_WATCHED, postgresql_where=_WATCHED
    )
    op.create_index("ix_trail_at", "trail", ["at", "id"])
