"""Which reply templates agents gave: answers that were one are found without reading all that happened"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_REPLIED = sa.text("kind = 'message.answered' AND data IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_events_replied", "events", ["desk", "at"], sqlite_where=_REPLIED, postgresql_where=_REPLIED
    )
