"""Bookings: what is held of the desk's resources, and that no two hold the same"""

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

# Ranges of numbers and of instants have an operator class of their own: no extension is needed. The first says which seat.
_NO_DOUBLES_ON_POSTGRES = """
ALTER TABLE booking_seats ADD CONSTRAINT no_double_booking EXCLUDE USING gist (
  numrange(
    hashtextextended(desk || '/' || resource || '/' || seat, 0)::numeric,
    hashtextextended(desk || '/' || resource || '/' || seat, 0)::numeric, '[]'
  ) WITH &&,
  tstzrange(taken_from, taken_until) WITH &&
)
"""
_NO_DOUBLES_ON_SQLITE = """
CREATE TRIGGER no_double_booking BEFORE INSERT ON booking_seats
WHEN EXISTS (
  SELECT 1 FROM booking_seats AS held
  WHERE held.desk = NEW.desk AND held.resource = NEW.resource AND held.seat = NEW.seat
    AND held.taken_from < NEW.taken_until AND held.taken_until > NEW.taken_from
)
BEGIN SELECT RAISE(ABORT, 'no_double_booking'); END
"""


def upgrade() -> None:
    op.create_table(
        "bookings",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("taken_from", Instant(), nullable=False),
        sa.Column("taken_until", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=True),
        sa.Column("ticket", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("booked_by", sa.String(), nullable=False),
        sa.Column("booked_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
    )
    op.create_index("ix_bookings_resource", "bookings", ["desk", "resource", "taken_from"])
    op.create_index("ix_bookings_case", "bookings", ["case"])
    op.create_table(
        "booking_seats",
        sa.Column("booking", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("seat", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("taken_from", Instant(), nullable=False),
        sa.Column("taken_until", Instant(), nullable=False),
    )
    op.create_index("ix_booking_seats_seat", "booking_seats", ["desk", "resource", "seat", "taken_until"])
    on_postgres = op.get_context().dialect.name == "postgresql"
    op.execute(_NO_DOUBLES_ON_POSTGRES if on_postgres else _NO_DOUBLES_ON_SQLITE)
