"""What the matcher foretold of messages, what became of it, and which messages teach it"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_SETTLED = sa.text("outcome IS NOT NULL")
_TEACHES = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "predictions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, primary_key=True),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("suggestions", Json(), nullable=True),
        sa.Column("matched", Json(), nullable=True),
        sa.Column("nearest", Json(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("right", sa.String(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
    )
    op.create_index("ix_predictions_ticket", "predictions", ["ticket", "id"])
    op.create_index("ix_predictions_message", "predictions", ["message"])
    op.create_index("ix_predictions_desk", "predictions", ["desk", "at"])
    op.create_index(
        "ix_predictions_settled", "predictions", ["desk", "settled_at"], sqlite_where=_SETTLED, postgresql_where=_SETTLED
    )  # fmt: skip
    op.create_table(
        "examples",
        sa.Column("id", sa.BigInteger(), autoincrement=False, primary_key=True),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
    )
    op.create_index(
        "ux_examples_message", "examples", ["message"], unique=True, sqlite_where=_TEACHES, postgresql_where=_TEACHES
    )  # fmt: skip
    op.create_index("ix_examples_desk", "examples", ["desk", "id"])
