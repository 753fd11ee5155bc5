"""Bookings as iCalendar (RFC 5545), for calendars that subscribe to them. Pure: the bookings and `now` are arguments.

An entry keeps its UID for ever and counts its changes in SEQUENCE; one that is cancelled stays for a while with STATUS:CANCELLED,
so that calendars take it out. Times name the desk's zone, which comes along.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from later import Later
from procedures.bookings.rows import BookingNow, State
from procedures.bookings.views import Booked
from templates_replies import booking_phrases as phrases
from templates_replies.catalogue import supported_language
from tickets.desk import CalendarShows, Desk

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = Later("icalendar")

READ_AGAIN = timedelta(minutes=15)
_STATUS = {
    State.TENTATIVE: "TENTATIVE",
    State.FIRM: "CONFIRMED",
    State.CANCELLED: "CANCELLED",
}


def calendar(desk: Desk, booked: Iterable[Booked], *, name: str) -> bytes:
    """Return the calendar of some bookings of a desk, with what the desk lets readers see of each."""
    whole = icalendar.Calendar()
    whole.add("prodid", "-//Tanggap//Bookings//ID")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", name)
    whole.add("x-wr-timezone", desk.calendar.zone)
    whole.add("refresh-interval", icalendar.vDuration(READ_AGAIN), parameters={"VALUE": "DURATION"})
    for each in booked:
        whole.add_component(_entry(desk, each))
    whole.add_missing_timezones()
    return bytes(whole.to_ical())


def uid_of(booking: BookingNow) -> str:
    """Return the name of a booking that no other has, of whatever desk or installation, and that never changes."""
    return f"{booking.booked_at.astimezone(UTC):%Y%m%dT%H%M%S%fZ}-{booking.id}@{booking.desk}.tanggap"


def _entry(desk: Desk, booked: Booked) -> "icalendar.Event":
    booking = booked.booking
    period = booking.period(desk.calendar.tz)
    entry = icalendar.Event()
    entry.add("uid", uid_of(booking))
    entry.add("sequence", booking.version - 1)
    entry.add("dtstamp", booking.changed_at.astimezone(UTC))
    entry.add("created", booking.booked_at.astimezone(UTC))
    entry.add("last-modified", booking.changed_at.astimezone(UTC))
    entry.add("status", _STATUS[booking.state])
    entry.add("transp", "OPAQUE")
    entry.add("summary", _summary(desk, booked))
    resource = desk.resource(booking.resource)
    entry.add("location", resource.name if resource else booking.resource)
    if period.in_whole_days:
        entry.add("dtstart", period.start.date())
        entry.add("dtend", period.end.date())
    else:
        entry.add("dtstart", period.start.replace(tzinfo=desk.calendar.tz))
        entry.add("dtend", period.end.replace(tzinfo=desk.calendar.tz))
    return entry


def _summary(desk: Desk, booked: Booked) -> str:
    language = supported_language(desk.language)
    resource = desk.resource(booked.booking.resource)
    shows = desk.calendar_shows
    return phrases.in_calendar(
        language,
        resource=resource.name if resource else booked.booking.resource,
        count=booked.booking.count,
        title=booked.booking.title if shows is not CalendarShows.BUSY else None,
        requester=booked.contact if shows is CalendarShows.REQUESTER else None,
    )
