"""What is reckoned with hours: when a promise falls due, how long a desk worked, when it opens next.

Adding and measuring are a bisection within a month and a sum over the months between, never a walk in steps of minutes
or days.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from tickets.hours.calendar import Calendar
from tickets.hours.spans import Span
from tickets.hours.timeline import DAY, ZERO, Interval, Month, month_of
from tickets.hours.windows import ClosedDay, HoursError

HORIZON_MONTHS = 1200  # an answer further off than a hundred years is a mistake in the question


class BeyondHorizon(HoursError):  # noqa: N818
    """The answer lies more than a hundred years ahead."""


def _utc(at: datetime) -> datetime:
    if at.tzinfo is UTC:
        return at
    if at.tzinfo is None:
        raise ValueError("An instant needs its offset; this one has none.")
    return at.astimezone(UTC)


def _months_from(calendar: Calendar, index: int) -> Iterator[Month]:
    for ahead in range(index, min(index + HORIZON_MONTHS, 9999 * 12)):
        yield calendar.timeline.month(ahead)
    raise BeyondHorizon("The answer lies more than a hundred years ahead.")


def add(calendar: Calendar, start: datetime, length: timedelta) -> datetime:
    """Return the earliest instant by which the desk has worked `length` (not negative) since `start`.

    At a window's end it stays there: four hours from 08:00 in 08:00-12:00 is 12:00. Raises BeyondHorizon.
    """
    at = _utc(start)
    if length <= ZERO:
        if length < ZERO:
            raise ValueError("Operating time is added forward only.")
        return at
    index = month_of(at)
    month = calendar.timeline.month(index)
    left = length + month.opened_before(at)
    if left <= month.total:
        return month.instant(left)
    left -= month.total
    for later in _months_from(calendar, index + 1):
        if left <= later.total:
            return later.instant(left)
        left -= later.total
    raise AssertionError("unreachable")


def between(calendar: Calendar, a: datetime, b: datetime) -> timedelta:
    """Return how long the desk worked from `a` to `b`; negative if `b` is the earlier one."""
    a, b = _utc(a), _utc(b)
    if b < a:
        return -between(calendar, b, a)
    month = calendar.timeline.month
    first, last = month_of(a), month_of(b)
    whole = sum((month(index).total for index in range(first, last)), ZERO)
    return whole + month(last).opened_before(b) - month(first).opened_before(a)


def ever_open(calendar: Calendar, years: range) -> bool:
    """Say whether the desk works at all in these years; no more of them is laid out than up to its first hour."""
    return any(calendar.timeline.month(index).total for index in range(years.start * 12, years.stop * 12))


def due(calendar: Calendar, start: datetime, span: Span) -> datetime:
    """Return the instant at which a promise made at `start` falls due.

    Calendar spans are plain time; operating hours, minutes and seconds are open time. Operating days: that many days
    with hours later, at the same time of day, or the next operating instant if the desk is closed then. The day an
    instant belongs to is that of the window it lies in, so that a night shift's small hours count to its evening.
    """
    at = _utc(start)
    if span.counts == "calendar":
        return at + span.length
    if span.days is None:
        return add(calendar, at, span.length)
    local = at.astimezone(calendar.tz)
    wall = timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
    day = local.date()
    evening = day - DAY
    if any(timedelta(minutes=window.end) - DAY > wall for window in calendar.windows_on(evening)[0]):
        day, wall = evening, wall + DAY
    day = operating_day(calendar, day, span.days)
    return next_open(calendar, calendar.timeline.instant(day, wall))


def operating_day(calendar: Calendar, day: date, count: int) -> date:
    """Return the day so many days with hours after a day, or before it where `count` is below none; 0 is the day itself."""
    step, left = (DAY if count > 0 else -DAY), abs(count)
    for _ in range(HORIZON_MONTHS * 31):
        if not left:
            return day
        day += step
        left -= bool(calendar.windows_on(day)[0])
    raise BeyondHorizon("The answer lies more than a hundred years ahead.")


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Say whether the desk works at this instant; at the very end of a window it does not."""
    at = _utc(at)
    month = calendar.timeline.month(month_of(at))
    last = bisect_right(month.starts, at) - 1
    return last >= 0 and at < month.ends[last]


def next_open(calendar: Calendar, at: datetime) -> datetime:
    """Return `at` if the desk works then, else when it next opens. Raises BeyondHorizon."""
    at = _utc(at)
    if is_open(calendar, at):
        return at
    for month in _months_from(calendar, month_of(at)):
        index = bisect_left(month.starts, at)
        if index < len(month.starts):
            return month.starts[index]
    raise AssertionError("unreachable")


def intervals(calendar: Calendar, a: datetime, b: datetime) -> Iterator[Interval]:
    """Yield the open time from `a` to `b`, oldest first; neighbours with the same note come as one."""
    a, b = _utc(a), _utc(b)
    held: Interval | None = None
    for index in range(month_of(a), month_of(b) + 1):
        month = calendar.timeline.month(index)
        for start, end, note in zip(month.starts, month.ends, month.notes, strict=True):
            if max(start, a) >= min(end, b):
                continue
            piece = Interval(max(start, a), min(end, b), note)
            if held is not None and held.end == piece.start and held.note == piece.note:
                held = Interval(held.start, piece.end, note)
                continue
            if held is not None:
                yield held
            held = piece
    if held is not None:
        yield held


def closures(calendar: Calendar, a: datetime, b: datetime) -> Iterator[ClosedDay]:
    """Yield the closed days from `a` to `b` that would have had hours: what an explanation must name."""
    timeline = calendar.timeline
    day, last = calendar.day_of(_utc(a)), calendar.day_of(_utc(b))
    while day <= last:
        name = timeline.closed_name(day)
        if name is not None and timeline.usual_windows(day)[0]:
            yield ClosedDay(day, name)
        day += DAY
