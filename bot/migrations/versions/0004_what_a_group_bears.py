"""What a group bears: the calls that were made to it, what waits for them, and with what its topics began"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_DUE = sa.text("state = 'queued' AND budget IS NULL")
_BUDGETED = sa.text("state = 'queued' AND budget IS NOT NULL")
# What waits for a topic already draws on the budget of its group, too.
_GIVE_BUDGETS = """
    UPDATE outbox SET budget = (
        SELECT topics.account || ':' || topics."group" FROM topics WHERE topics.ticket = outbox.ticket
    )
    WHERE state IN ('queued', 'sending') AND act IN (
        'topic', 'card', 'mirror', 'notice', 'file', 'close_topic', 'leave_topic', 'reopen_topic'
    )
"""
_WITHOUT_TOPIC = """
    UPDATE outbox SET budget = account
    WHERE state IN ('queued', 'sending') AND budget IS NULL AND act IN (
        'topic', 'card', 'mirror', 'notice', 'file', 'close_topic', 'leave_topic', 'reopen_topic'
    )
"""


def upgrade() -> None:
    op.create_table(
        "budgets",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("spent", Json(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("cut_at", Instant(), nullable=True),
        sa.Column("paused_until", Instant(), nullable=True),
        sa.Column("favoured_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.add_column("outbox", sa.Column("budget", sa.String(), nullable=True))
    op.execute(_GIVE_BUDGETS)
    op.execute(_WITHOUT_TOPIC)
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.create_index("ix_outbox_due", "outbox", ["priority", "id"], sqlite_where=_DUE, postgresql_where=_DUE)
    op.create_index(
        "ix_outbox_budget",
        "outbox",
        ["budget", "priority", "id"],
        sqlite_where=_BUDGETED,
        postgresql_where=_BUDGETED,
    )
    op.add_column("topics", sa.Column("opening", Json(), nullable=True))
