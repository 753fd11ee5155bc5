"""Every table of procedures, for whoever needs them all at once, as the migrations do. Each is at home in its own room."""

from procedures.archive.tables import ArchivedCase
from procedures.bookings.tables import Booking, BookingHold, BookingSeat, CalendarReader
from procedures.cases.tables import Case, CaseTurn, TurnReminder
from procedures.money.tables import Invoice, Payment
from procedures.papers.tables import PaperRow
from procedures.requests.tables import Request

__all__ = [
    "ArchivedCase",
    "Booking",
    "BookingHold",
    "BookingSeat",
    "CalendarReader",
    "Case",
    "CaseTurn",
    "Invoice",
    "PaperRow",
    "Payment",
    "Request",
    "TurnReminder",
]
