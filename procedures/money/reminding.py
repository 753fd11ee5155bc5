"""Reminding the requester of an open invoice: at the opening of the desk, on days counted from the one it is due on."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from tickets.hours import Calendar, HoursError, next_open

_MORNING = time(8)  # not before, though the desk be open


def next_reminder(
    due_on: date, days: Sequence[int], *, after: datetime, calendar: Calendar
) -> datetime | None:
    """Return the first instant after `after` at which to remind; None where every one is past. Pure."""
    instants = (_opening(due_on + timedelta(days=each), calendar) for each in days)
    return min((each for each in instants if each > after), default=None)


def _opening(day: date, calendar: Calendar) -> datetime:
    morning = datetime.combine(day, _MORNING, tzinfo=calendar.tz)
    try:
        return next_open(calendar, morning)
    except HoursError:  # a desk that never opens
        return morning
