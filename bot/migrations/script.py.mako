"""${message}"""

${imports if imports else ""}
import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}

