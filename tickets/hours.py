"""Operating hours: when a desk works, and how long it has worked between two instants.

A `Calendar` is weekly windows in an IANA time zone, dated exceptions (Ramadan) and closed days (holidays). Everything
here is a pure function over it: no clock, no database. Windows are wall-clock time, so a day on which the clocks change
simply has an hour more or less.

How it is reckoned: the open time of a calendar is laid out as sorted UTC intervals with running totals, one UTC month at
a time and only when it is first asked for. Adding and measuring are then a bisection within a month and a sum over the
months between, never a walk in steps of minutes or days.

Three rules worth knowing:

- A window that runs over midnight belongs to the day it starts on: a holiday takes away the windows that start on it.
- An exception replaces the weekdays it names; the days it leaves out keep their usual windows, a day it names with no
  window is closed. Where two exceptions name the same day the later one in the list wins. A closed day beats both.
- A wall-clock time that occurs twice means its first occurrence; one that is skipped means the instant of the skip.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple, Self
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60
HORIZON_MONTHS = 1200  # an answer further off than a hundred years is a mistake in the question
KEPT_MONTHS = 480  # laid-out months a calendar keeps in memory, some 10 kB each
ZERO = timedelta()
DAY = timedelta(days=1)

Counts = Literal["operating", "calendar"]


class HoursError(ValueError):
    """These hours cannot be: the sentence says what is expected."""


class NoOperatingHours(HoursError):  # noqa: N818  the name says it
    """The week has no window at all, so nothing could ever fall due."""


class BeyondHorizon(HoursError):  # noqa: N818
    """The answer lies more than a hundred years ahead."""


@dataclass(frozen=True, kw_only=True, order=True)
class Window:
    """One stretch of work: minutes after the midnight at which its day begins."""

    start: int  # 0 to 1439
    end: int  # over 1440: it runs over midnight; less than a day after start, unless it is 00:00-24:00

    def __post_init__(self) -> None:
        latest = self.start + DAY_MINUTES - (self.start > 0)  # else its text could not be read back
        if not (0 <= self.start < DAY_MINUTES and self.start < self.end <= latest):
            raise HoursError(
                "A window begins before 24:00 and lasts more than nothing and at most 00:00-24:00."
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `08:00-12:00`; `24:00` may end a window, and an end before the start is on the next day."""
        match = re.fullmatch(r"(\d{1,2}):([0-5]\d)\s*[-\u2013]\s*(\d{1,2}):([0-5]\d)", text.strip(), re.ASCII)
        start, end = (
            (int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])) if match else (0, 0)
        )
        if match is None or start >= DAY_MINUTES or end > DAY_MINUTES or start == end:
            raise HoursError(
                f'"{text[:40]}" is not a window; expected HH:MM-HH:MM, such as 08:00-12:00 or 22:00-06:00.'
            )
        return cls(start=start, end=end if end > start else end + DAY_MINUTES)

    def __str__(self) -> str:
        end = self.end if self.end <= DAY_MINUTES else self.end - DAY_MINUTES
        return f"{self.start // 60:02}:{self.start % 60:02}-{end // 60:02}:{end % 60:02}"


Windows = tuple[Window, ...]


@dataclass(frozen=True, kw_only=True)
class DatedHours:
    """Other windows from one local date to another, both included (an exception to the week)."""

    first_on: date
    last_on: date
    week: tuple[
        Windows | None, ...
    ]  # Monday first, seven entries; None: this weekday keeps its usual windows
    note: str = ""

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS):
            raise HoursError("An exception has seven weekdays.")
        if self.first_on > self.last_on:
            raise HoursError(f"An exception cannot end ({self.last_on}) before it begins ({self.first_on}).")


class ClosedDay(NamedTuple):
    """A local date on which no window starts."""

    on: date
    name: str


class Interval(NamedTuple):
    """A stretch of open time, in UTC: from `start` up to, not including, `end`."""

    start: datetime
    end: datetime
    note: str  # the exception that made it, or empty


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When a desk works. Raises HoursError for an unknown zone, NoOperatingHours for a week without a window."""

    zone: str  # IANA name
    week: tuple[Windows, ...]  # Monday first, seven entries
    exceptions: tuple[DatedHours, ...] = ()
    closed: tuple[ClosedDay, ...] = field(default=(), repr=False)  # hundreds of them
    timeline: "Timeline" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS):
            raise HoursError("A week has seven days.")
        if not any(self.week):
            raise NoOperatingHours("No weekday has a window; name at least one, such as mon: [08:00-16:00].")
        object.__setattr__(self, "timeline", Timeline(self))

    @classmethod
    def always(cls, zone: str) -> Self:
        """Open around the clock, every day."""
        return cls(zone=zone, week=((Window(start=0, end=DAY_MINUTES),),) * len(DAYS))

    @property
    def tz(self) -> ZoneInfo:
        return self.timeline.tz

    def windows_on(self, day: date) -> tuple[Windows, str]:
        """Return the windows that start on this local date, and the note of the exception that set them."""
        return self.timeline.windows_on(day)

    def to_data(self) -> dict[str, Any]:
        """Return the calendar as JSON data; `from_data` reads it back."""
        return {
            "zone": self.zone,
            "week": _week_data(self.week),
            "exceptions": [
                {"from": one.first_on.isoformat(), "to": one.last_on.isoformat(), "note": one.note}
                | {"week": _week_data(one.week)}
                for one in self.exceptions
            ],
            "closed": [{"on": day.on.isoformat(), "name": day.name} for day in self.closed],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Build a calendar from what `to_data` returned. Raises HoursError."""
        return cls(
            zone=data["zone"],
            week=tuple(windows or () for windows in _week_from(data["week"])),
            exceptions=tuple(
                DatedHours(
                    first_on=date.fromisoformat(one["from"]),
                    last_on=date.fromisoformat(one["to"]),
                    week=_week_from(one["week"]),
                    note=one.get("note", ""),
                )
                for one in data.get("exceptions", ())
            ),
            closed=tuple(
                ClosedDay(date.fromisoformat(day["on"]), day["name"]) for day in data.get("closed", ())
            ),
        )


def _week_data(week: Iterable[Windows | None]) -> dict[str, list[str]]:
    return {
        day: [str(window) for window in windows]
        for day, windows in zip(DAYS, week, strict=True)
        if windows is not None
    }


def _week_from(data: Mapping[str, Iterable[str]]) -> tuple[Windows | None, ...]:
    return tuple(tuple(Window.parse(text) for text in data[day]) if day in data else None for day in DAYS)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A length as people promise it: `15m` of open time, `3d` operating days, `24h` by the calendar."""

    length: timedelta
    days: int | None = None  # set where it was said in days: operating days are counted, not hours
    counts: Counts = "operating"

    def __post_init__(self) -> None:
        if self.length <= ZERO or (self.days is not None and self.length != timedelta(days=self.days)):
            raise HoursError("A length is more than nothing, and one in days is as long as its days.")

    @classmethod
    def parse(cls, text: str, counts: Counts = "operating") -> Self:
        """Read `3s`, `15m`, `24h` or `3d`. Raises HoursError."""
        length = parse_duration(text)
        return cls(length=length, days=length.days if text.strip().endswith("d") else None, counts=counts)

    def __str__(self) -> str:
        if self.days is not None:
            return f"{self.days}d"
        seconds = round(self.length.total_seconds())
        size, unit = next(
            (size, unit) for size, unit in ((3600, "h"), (60, "m"), (1, "s")) if seconds % size == 0
        )
        return f"{seconds // size}{unit}"

    def to_text(self) -> str:
        """Return `15m operating`; `from_text` reads it back."""
        return f"{self} {self.counts}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        within, _, counts = text.partition(" ")
        return cls.from_data({"within": within, "counts": counts})

    def to_data(self) -> dict[str, str]:
        """Return JSON data of the form the desk file has: `{"within": "3d", "counts": "operating"}`."""
        return {"within": str(self), "counts": self.counts}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        counts: Counts = "calendar" if data["counts"] == "calendar" else "operating"
        return cls.parse(data["within"], counts)


def parse_duration(text: str) -> timedelta:
    """Read `3s`, `15m`, `24h` or `3d`, at least a second and at most ten years. Raises HoursError."""
    match = re.fullmatch(r"(\d{1,9})([smhd])", text.strip(), re.ASCII)
    unit = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    length = timedelta(**{unit[match[2]]: int(match[1])}) if match else ZERO
    if not ZERO < length <= timedelta(days=3660):
        raise HoursError(
            f'"{text[:40]}" is not a length; expected a number and s, m, h or d, such as 15m, 24h or 3d.'
        )
    return length


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
    """A calendar's open time, laid out month by month when it is asked for."""

    def __init__(self, calendar: Calendar) -> None:
        try:
            self.tz = ZoneInfo(calendar.zone)
        except (LookupError, ValueError, OSError) as error:
            raise HoursError(
                f'"{calendar.zone}" is not a time zone; expected a name such as Asia/Jakarta.'
            ) from error
        self._week = calendar.week
        self._exceptions = calendar.exceptions[::-1]
        self._closed = {day.on: day.name for day in calendar.closed}
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


def _month_begins(index: int) -> datetime:
    return datetime(index // 12, index % 12 + 1, 1, tzinfo=UTC)


def _month_of(at: datetime) -> int:
    return at.year * 12 + at.month - 1


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
    index = _month_of(at)
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
    first, last = _month_of(a), _month_of(b)
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
    month = calendar.timeline.month(_month_of(at))
    last = bisect_right(month.starts, at) - 1
    return last >= 0 and at < month.ends[last]


def next_open(calendar: Calendar, at: datetime) -> datetime:
    """Return `at` if the desk works then, else when it next opens. Raises BeyondHorizon."""
    at = _utc(at)
    if is_open(calendar, at):
        return at
    for month in _months_from(calendar, _month_of(at)):
        index = bisect_left(month.starts, at)
        if index < len(month.starts):
            return month.starts[index]
    raise AssertionError("unreachable")


def intervals(calendar: Calendar, a: datetime, b: datetime) -> Iterator[Interval]:
    """Yield the open time from `a` to `b`, oldest first; neighbours with the same note come as one."""
    a, b = _utc(a), _utc(b)
    held: Interval | None = None
    for index in range(_month_of(a), _month_of(b) + 1):
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
    day, last = _utc(a).astimezone(calendar.tz).date(), _utc(b).astimezone(calendar.tz).date()
    while day <= last:
        name = timeline.closed_name(day)
        if name is not None and timeline.usual_windows(day)[0]:
            yield ClosedDay(day, name)
        day += DAY
