"""The open time of a desk as sorted UTC intervals with running totals, laid out a UTC month at a time when it is first asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tickets.hours.windows import ClosedDay, DatedHours, HoursError, Windows

ZERO = timedelta()
DAY = timedelta(days=1)
KEPT_MONTHS = 480  # laid-out months that are kept in memory, some 10 kB each


class Interval(NamedTuple):
    """A stretch of open time, in UTC: from `start` up to, not including, `end`."""

    start: datetime
    end: datetime
    note: str  # the exception that made it, or empty


class Month:
    """The open time of one UTC month, as sorted intervals that do not overlap."""

    __slots__ = ("ends", "notes", "starts", "through", "total")

    def __init__(self, intervals: Iterable[Interval]) -> None:
        self.starts: list[datetime] = []
        self.ends: list[datetime] = []
        self.notes: list[str] = []
        self.through: list[timedelta] = []  # open time of the month up to the end of each interval
        self.total = ZERO
        for start, end, note in intervals:
            self.total += end - start
            self.starts.append(start)
            self.ends.append(end)
            self.notes.append(note)
            self.through.append(self.total)

    def opened_before(self, at: datetime) -> timedelta:
        """Return the open time from the first of the month to this instant of it."""
        last = bisect_right(self.starts, at) - 1
        if last < 0:
            return ZERO
        return self.through[last] - max(self.ends[last] - at, ZERO)

    def instant(self, opened: timedelta) -> datetime:
        """Return the earliest instant by which the month was open for so long (more than 0, at most its total)."""
        index = bisect_left(self.through, opened)
        return self.ends[index] - (self.through[index] - opened)


class Timeline:
    """A desk's open time, laid out month by month when it is asked for."""

    def __init__(
        self,
        zone: str,
        week: Sequence[Windows],
        exceptions: Sequence[DatedHours],
        closed: Iterable[ClosedDay],
    ) -> None:
        try:
            self.tz = ZoneInfo(zone)
        except (LookupError, ValueError, OSError) as error:
            raise HoursError(f'"{zone}" is not a time zone; expected a name such as Asia/Jakarta.') from error
        self._week = week
        self._exceptions = exceptions[::-1]
        self._closed = {day.on: day.name for day in closed}
        self._months: dict[int, Month] = {}

    def closed_name(self, day: date) -> str | None:
        return self._closed.get(day)

    def usual_windows(self, day: date) -> tuple[Windows, str]:
        """Return the windows of a local date, were it no closed day, and the note of the exception."""
        weekday = day.weekday()
        for exception in self._exceptions:
            if exception.first_on <= day <= exception.last_on:
                windows = exception.week[weekday]
                if windows is not None:
                    return windows, exception.note
        return self._week[weekday], ""

    def windows_on(self, day: date) -> tuple[Windows, str]:
        return ((), "") if day in self._closed else self.usual_windows(day)

    def month(self, index: int) -> Month:
        """Return a month by its index, year times 12 plus month counted from 0."""
        month = self._months.get(index)
        if month is None:
            if len(self._months) >= KEPT_MONTHS:
                self._months.clear()
            month = self._months[index] = Month(self._lay_out(index))
        return month

    def _lay_out(self, index: int) -> Iterator[Interval]:
        begin, end = _month_begins(index), _month_begins(index + 1)
        # A local day may begin a day before or after the UTC one, and its windows may last into the next.
        first, count = begin.date() - 2 * DAY, (end - begin).days + 3
        reached = begin
        for start, stop, note in sorted(self._intervals_of(first + n * DAY for n in range(count))):
            if max(start, reached) < min(stop, end):
                yield Interval(max(start, reached), min(stop, end), note)
            reached = max(reached, stop)

    def _intervals_of(self, days: Iterable[date]) -> Iterator[Interval]:
        for day in days:
            windows, note = self.windows_on(day)
            for window in windows:
                yield Interval(
                    self.instant(day, timedelta(minutes=window.start)),
                    self.instant(day, timedelta(minutes=window.end)),
                    note,
                )

    def instant(self, day: date, wall: timedelta) -> datetime:
        """Return the UTC instant of a wall-clock time, given as the time after that day's midnight."""
        early = (datetime.combine(day, time()) + wall).replace(tzinfo=self.tz)
        late = early.replace(fold=1)
        if early.utcoffset() < late.utcoffset():  # type: ignore[operator]  # never None: the zone is set
            return self._skip_between(late.astimezone(UTC), early.astimezone(UTC))
        return early.astimezone(UTC)

    def _skip_between(self, before: datetime, after: datetime) -> datetime:
        """Find the instant at which the clocks go forward, to the second, by halving."""
        offset = after.astimezone(self.tz).utcoffset()
        seconds = round((after - before).total_seconds())
        return before + timedelta(
            seconds=bisect_left(
                range(seconds),
                x=True,
                key=lambda n: (before + timedelta(seconds=n)).astimezone(self.tz).utcoffset() == offset,
            )
        )


def month_of(at: datetime) -> int:
    return at.year * 12 + at.month - 1


def _month_begins(index: int) -> datetime:
    return datetime(index // 12, index % 12 + 1, 1, tzinfo=UTC)
