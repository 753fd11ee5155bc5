"""Scopes of tokens, until when they work, and when they were used"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("scopes", Json()),
        ("expires_at", Instant()),
        ("last_used_at", Instant()),
        ("made_by", sa.String()),
        ("begins", sa.String()),
    ):
        op.add_column("api_tokens", sa.Column(name, kind, nullable=True))
