"""What waits for the contact to write: answers outside the window, the word that asks for one, approved templates"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_PARKED = sa.text("state = 'parked'")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_parked", "outbox", ["order_key", "id"], sqlite_where=_PARKED, postgresql_where=_PARKED
    )
    op.add_column("addresses", sa.Column("knock", sa.BigInteger(), nullable=True))
    op.add_column("messages", sa.Column("formatted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "approved_templates",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("variables", Json(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("account", "name", "language"),
    )
    op.create_table(
        "template_lists",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("wanted_at", Instant(), nullable=True),
        sa.Column("tried_at", Instant(), nullable=True),
        sa.Column("fetched_at", Instant(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("account"),
    )
