"""For how long something is held while it is not certain: noted as it is booked, looked at when the time has come."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from procedures.bookings.rows import BookingNow
from procedures.bookings.tables import BookingHold
from tickets.hours import Calendar, Span, due
from tickets.ledger.prepared import Prepared, inserting_once
from tickets.ledger.tx import Tx

_REMINDED_AT = 0.75  # of the time for which it is held
_HOLDS = BookingHold.__table__  # type: ignore[attr-defined]
_INSERT = inserting_once(BookingHold)
_DUE = Prepared(
    select(_HOLDS).where(_HOLDS.c.at <= bindparam("now")).order_by(_HOLDS.c.at).limit(bindparam("most"))
)
_DROP = Prepared(
    delete(_HOLDS).where(_HOLDS.c.booking == bindparam("of_booking"), _HOLDS.c.at == bindparam("of_at"))
)


@dataclass(frozen=True, kw_only=True)
class Hold:
    """The time has come to remind people of what is held, or to give it back."""

    booking: int
    at: datetime
    ends_at: datetime

    @property
    def lapses(self) -> bool:
        return self.at >= self.ends_at


def note(tx: Tx, booking: BookingNow, held: Span, *, calendar: Calendar, at: datetime) -> None:
    """Note until when a booking is held, unless it is certain before."""
    ends_at = due(calendar, at, held)
    for when in (at + (ends_at - at) * _REMINDED_AT, ends_at):
        tx.run(_INSERT, booking=booking.id, at=when, ends_at=ends_at)


def take_due(tx: Tx, *, now: datetime, most: int) -> tuple[Hold, ...]:
    """Return what is to be looked at, the longest due first; each is returned once."""
    found = tuple(Hold(**row._asdict()) for row in tx.all(_DUE, now=now, most=most))
    for each in found:
        tx.run(_DROP, of_booking=each.booking, of_at=each.at)
    return found
