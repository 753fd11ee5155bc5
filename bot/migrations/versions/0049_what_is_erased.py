"""What is erased of people: which tickets were, what came in for which ticket, and the record of it"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("erased_at", Instant(), nullable=True))
    op.add_column("inbound", sa.Column("ticket", sa.BigInteger(), nullable=True))
    _index("ix_tickets_kept", "tickets", ["desk", "closed_at"], "status = 'closed' AND erased_at IS NULL")
    _index("ix_inbound_ticket", "inbound", ["ticket"], "ticket IS NOT NULL")
    _index("ix_inbound_message", "inbound", ["message"], "ticket IS NULL AND message IS NOT NULL")
    op.create_table(
        "removals",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("contact", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("before", Instant(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("counts", Json(), nullable=True),
        sa.Column("files", Json(), nullable=True),
    )
    op.create_index("ix_removals_desk", "removals", ["desk", "id"])
    _index("ux_removals_pending", "removals", ["contact"], "done_at IS NULL", unique=True)


def _index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
