"""Cases of a procedure by when they began"""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_cases_begun", "cases", ["desk", "procedure", "begun_at"])
