"""What is kept of bookings, and of who reads their calendar."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from tickets.tables.columns import at_column, id_column, text_column


class Booking(SQLModel, table=True):
    """A resource, or several alike, held for a time: for a case, or by hand."""

    __tablename__ = "bookings"
    __table_args__ = (
        Index("ix_bookings_resource", "desk", "resource", "taken_from"),
        Index("ix_bookings_case", "case"),
    )

    id: int = id_column(key=True)
    desk: str
    resource: str
    count: int
    starts_at: datetime = at_column(nullable=False)
    ends_at: datetime = at_column(nullable=False)
    taken_from: datetime = at_column(nullable=False)  # with what it takes to prepare
    taken_until: datetime = at_column(nullable=False)  # … and to tidy up
    state: str  # tentative, firm, cancelled
    case: int | None = id_column()
    ticket: int | None = id_column()
    place: str | None = None  # what of the procedure it is: the id of its entry in `books`
    title: str | None = text_column()  # what for
    version: int  # how often it was changed: SEQUENCE of its calendar entry
    booked_by: str  # actor
    booked_at: datetime = at_column(nullable=False)
    changed_at: datetime = at_column(nullable=False)


class BookingSeat(SQLModel, table=True):
    """One of what a resource has, held by a booking that is not cancelled. The database lets no two hold the same at once."""

    __tablename__ = "booking_seats"
    __table_args__ = (Index("ix_booking_seats_seat", "desk", "resource", "seat", "taken_until"),)

    booking: int = id_column(key=True)
    seat: int = Field(primary_key=True)  # 1 for the first, or the only one
    desk: str
    resource: str
    taken_from: datetime = at_column(nullable=False)
    taken_until: datetime = at_column(nullable=False)


class BookingHold(SQLModel, table=True):
    """When people are to be reminded of a booking that is not certain, and when it is given back; gone once that was done."""

    __tablename__ = "booking_holds"
    __table_args__ = (Index("ix_booking_holds_at", "at"),)

    booking: int = id_column(key=True)
    at: datetime = at_column(key=True)
    ends_at: datetime = at_column(nullable=False)


class CalendarReader(SQLModel, table=True):
    """Somebody who subscribes to a desk's calendar of bookings, or to that of one resource."""

    __tablename__ = "calendar_readers"
    __table_args__ = (Index("ix_calendar_readers_desk", "desk"),)

    id: int = id_column(key=True)
    desk: str
    resource: str | None = None  # None: all of them
    name: str  # of whoever reads, or of their device
    made_by: str  # actor
    made_at: datetime = at_column(nullable=False)
    read_at: datetime | None = at_column()
    revoked_at: datetime | None = at_column()
