"""How far each person has read, and what is to be done by category"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_TO_WORK_ON = sa.text("status IN ('new', 'open')")


def upgrade() -> None:
    op.create_table(
        "ticket_seen",
        sa.Column("by", sa.String(), primary_key=True),
        sa.Column("ticket", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
    )
    op.create_index(
        "ix_tickets_category", "tickets", ["desk", "category", "snoozed_until"], sqlite_where=_TO_WORK_ON,
        postgresql_where=_TO_WORK_ON,
    )  # fmt: skip
