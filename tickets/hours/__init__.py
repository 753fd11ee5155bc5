"""Operating hours: when a desk works, and how long it has worked between two instants.

A `Calendar` is weekly windows in an IANA time zone, dated exceptions (Ramadan) and closed days (holidays). Everything
here is a pure function over it: no clock, no database. Windows are wall-clock time, so a day on which the clocks change
simply has an hour more or less.

Three rules worth knowing:

- A window that runs over midnight belongs to the day it starts on: a holiday takes away the windows that start on it.
- An exception replaces the weekdays it names; the days it leaves out keep their usual windows, a day it names with no
  window is closed. Where two exceptions name the same day the later one in the list wins. A closed day beats both.
- A wall-clock time that occurs twice means its first occurrence; one that is skipped means the instant of the skip.
"""

from tickets.hours.calendar import Calendar, NoOperatingHours
from tickets.hours.reckoning import (
    BeyondHorizon,
    add,
    between,
    closures,
    due,
    ever_open,
    intervals,
    is_open,
    next_open,
    operating_day,
)
from tickets.hours.spans import Counts, Span, parse_duration
from tickets.hours.timeline import DAY, Interval
from tickets.hours.windows import DAY_MINUTES, DAYS, ClosedDay, DatedHours, HoursError, Window, Windows

__all__ = [
    "DAY",
    "DAYS",
    "DAY_MINUTES",
    "BeyondHorizon",
    "Calendar",
    "ClosedDay",
    "Counts",
    "DatedHours",
    "HoursError",
    "Interval",
    "NoOperatingHours",
    "Span",
    "Window",
    "Windows",
    "add",
    "between",
    "closures",
    "due",
    "ever_open",
    "intervals",
    "is_open",
    "next_open",
    "operating_day",
    "parse_duration",
]
