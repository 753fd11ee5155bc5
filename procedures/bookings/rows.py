"""The rows of bookings, read and written inside the writer's transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, select

from procedures.asking.periods import Period
from procedures.bookings.availability import Taken
from procedures.bookings.seats import Held, seated
from procedures.bookings.tables import Booking, BookingSeat
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx

_BOOKINGS = Booking.__table__  # type: ignore[attr-defined]
_SEATS = BookingSeat.__table__  # type: ignore[attr-defined]
_BY_ID = Prepared(select(_BOOKINGS).where(_BOOKINGS.c.id == bindparam("id")))
_OF_CASE = Prepared(
    select(_BOOKINGS)
    .where(_BOOKINGS.c.case == bindparam("case"), _BOOKINGS.c.state != "cancelled")
    .order_by(_BOOKINGS.c.id)
)
_TAKING = Prepared(
    select(_BOOKINGS).where(
        _BOOKINGS.c.desk == bindparam("desk"),
        _BOOKINGS.c.resource == bindparam("resource"),
        _BOOKINGS.c.taken_from < bindparam("until"),
        _BOOKINGS.c.taken_until > bindparam("since"),
        _BOOKINGS.c.state != "cancelled",
    )
)
_SAVE = Prepared(
    lambda insert: insert(_BOOKINGS).on_conflict_do_update(
        index_elements=["id"],
        set_={
            column.name: insert(_BOOKINGS).excluded[column.name]
            for column in _BOOKINGS.c
            if column.name != "id"
        },
    )
)
_SEAT = inserting(BookingSeat)
_UNSEAT = Prepared(delete(_SEATS).where(_SEATS.c.booking == bindparam("of_booking")))
_SEATED_AT = Prepared(
    select(_SEATS.c.seat).where(
        _SEATS.c.desk == bindparam("desk"),
        _SEATS.c.resource == bindparam("resource"),
        _SEATS.c.taken_from < bindparam("until"),
        _SEATS.c.taken_until > bindparam("since"),
    )
)
_FORGET_SEATS = Prepared(
    delete(_SEATS).where(
        _SEATS.c.desk == bindparam("of_desk"),
        _SEATS.c.resource == bindparam("of_resource"),
        _SEATS.c.taken_until <= bindparam("over_at"),
    )
)
_FAR = datetime(9999, 1, 1, tzinfo=UTC)


class State(StrEnum):
    """How a booking stands."""

    TENTATIVE = "tentative"  # while its case is being decided: it is taken all the same
    FIRM = "firm"
    CANCELLED = "cancelled"


class NoSuchBookingError(Exception):
    """There is no booking of that number."""

    def __init__(self, booking: int) -> None:
        super().__init__(f"there is no booking {booking}")
        self.booking = booking


@dataclass(frozen=True, kw_only=True)
class BookingNow:
    """One booking as it stands in this transaction."""

    id: int
    desk: str
    resource: str
    count: int
    starts_at: datetime
    ends_at: datetime
    taken_from: datetime
    taken_until: datetime
    state: State
    case: int | None
    ticket: int | None
    place: str | None
    title: str | None
    version: int
    booked_by: str
    booked_at: datetime
    changed_at: datetime

    def period(self, zone: ZoneInfo) -> Period:
        """Return from when to when, as people of the zone say it."""
        return Period(
            *(each.astimezone(zone).replace(tzinfo=None) for each in (self.starts_at, self.ends_at))
        )

    @property
    def taken(self) -> Taken:
        return Taken(self.taken_from, self.taken_until, self.count)

    @property
    def held(self) -> Held:
        return Held(self.taken_from, self.taken_until, self.id, self.count)


def load(tx: Tx, id: int) -> BookingNow:  # noqa: A002  the column
    """Return a booking. Raises NoSuchBookingError."""
    row = tx.one(_BY_ID, id=id)
    if row is None:
        raise NoSuchBookingError(id)
    return booking_from(row._asdict())


def of_case(tx: Tx, case: int) -> tuple[BookingNow, ...]:
    """Return what is booked for a case and not cancelled, the oldest first."""
    return tuple(booking_from(row._asdict()) for row in tx.all(_OF_CASE, case=case))


def taking(tx: Tx, desk: str, resource: str, since: datetime, until: datetime) -> tuple[BookingNow, ...]:
    """Return the bookings that take a resource at any time between two instants."""
    found = tx.all(_TAKING, desk=desk, resource=resource, since=since, until=until)
    return tuple(booking_from(row._asdict()) for row in found)


def save(tx: Tx, booking: BookingNow, *, seats: int, at: datetime) -> None:
    """Write a booking down, new or changed, and what it holds of the `seats` that the resource has."""
    tx.run(_SAVE, **vars(booking))
    tx.run(_UNSEAT, of_booking=booking.id)
    if booking.state is State.CANCELLED:
        return
    where = {"desk": booking.desk, "resource": booking.resource}
    taken = {
        row.seat for row in tx.all(_SEATED_AT, since=booking.taken_from, until=booking.taken_until, **where)
    }
    free = [number for number in range(1, seats + 1) if number not in taken]
    if len(free) >= booking.count:
        _sit(tx, booking, free[: booking.count])
        return
    tx.run(_FORGET_SEATS, of_desk=booking.desk, of_resource=booking.resource, over_at=at)
    _sit_anew(tx, taking(tx, booking.desk, booking.resource, at, _FAR))


def _sit_anew(tx: Tx, bookings: Iterable[BookingNow]) -> None:
    """Give every booking its numbers anew: there are enough, but not in the order in which they were given out."""
    by_id = {each.id: each for each in bookings}
    for id_ in by_id:
        tx.run(_UNSEAT, of_booking=id_)
    for id_, numbers in seated(each.held for each in by_id.values()).items():
        _sit(tx, by_id[id_], numbers)


def _sit(tx: Tx, booking: BookingNow, numbers: Iterable[int]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "booking": booking.id,
            "seat": number,
            "desk": booking.desk,
            "resource": booking.resource,
            "taken_from": booking.taken_from,
            "taken_until": booking.taken_until,
        }
        for number in numbers
    ]
    tx.run_many(_SEAT, rows)


def booking_from(fields: Mapping[str, Any]) -> BookingNow:
    """Return the columns of a row as a value."""
    return BookingNow(**{**fields, "state": State(fields["state"])})
