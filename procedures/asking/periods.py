"""A stretch of time as people ask for it: "20 okt 2026 jam 9 sampai 11", "besok 13.00-15.00", "20 s.d. 22 oktober". Pure.

It is wall-clock time of the desk, so that it is still what was asked for when a zone's rules change.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from procedures.asking.days import day_of, time_of

LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """From `start` up to, not including, `end`: wall-clock times without a zone, `end` the later."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if not timedelta() < self.end - self.start <= LONGEST:
            raise ValueError("A period ends after it begins, and within a year.")

    @property
    def in_whole_days(self) -> bool:
        return self.start.time() == self.end.time() == time()

    @property
    def last_on(self) -> date:
        """Return the last day of which it has anything."""
        return (self.end - timedelta(microseconds=1)).date()

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return its beginning and its end as instants of a zone."""
        return self.start.replace(tzinfo=zone), self.end.replace(tzinfo=zone)

    def moved(self, by: timedelta) -> Self:
        return type(self)(self.start + by, self.end + by)

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%dT%H:%M}/{self.end:%Y-%m-%dT%H:%M}"

    @classmethod
    def fromisoformat(cls, text: str) -> Self:
        """Read `2026-10-20T09:00/2026-10-20T11:00`. Raises ValueError."""
        start, _, end = text.partition("/")
        begins, ends = datetime.fromisoformat(start), datetime.fromisoformat(end)
        if begins.tzinfo or ends.tzinfo:
            raise ValueError("A period is wall-clock time, without a zone.")
        return cls(begins, ends)

    @classmethod
    def of_days(cls, first: date, last: date) -> Self:
        return cls(datetime.combine(first, time()), datetime.combine(last + _DAY, time()))

    @classmethod
    def on_day(cls, day: date, start: time, end: time) -> Self:
        """Return a part of a day; one that ends no later than it begins runs over midnight."""
        ends = datetime.combine(day, end)
        return cls(datetime.combine(day, start), ends if end > start else ends + _DAY)


_DATE = (
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([/.-])\d{1,2}\{back}\d{2,4}"
    r"|(?:[a-z']+,?\s+)?\d{1,2}\s+[a-z]{3,}\.?(?:\s+\d{4})?|hari ini|besok|lusa|today|tomorrow"
)
_TIME = r"\d{1,2}(?:[.:]\d{2})?(?:\s*(?:pagi|siang|sore|malam|am|pm)\b)?"
_UNTIL = r"\s*(?:-|s\.?\s?/?\s?d\.?|sampai dengan|sampai|hingga|until|to|till)\s*"


def _day_pattern(name: str, back: int) -> str:
    return f"(?P<{name}>{_DATE.replace('{back}', str(back))})"


# Each with the number of the group that a slashed date's first separator is, counted from the left.
_TIMED = re.compile(
    rf"{_day_pattern('day', 2)}\s+(?P<start>{_TIME}){_UNTIL}(?:{_day_pattern('until', 5)}\s+)?(?P<end>{_TIME})"
)
_TIME_FIRST = re.compile(rf"(?P<start>{_TIME}){_UNTIL}(?P<end>{_TIME})\s+{_day_pattern('day', 4)}")
_LASTING = re.compile(
    rf"{_day_pattern('day', 2)}\s+(?P<start>{_TIME})\s+(?:selama|for)\s+(?P<count>\d{{1,3}})\s*(?P<unit>jam|menit|hours?|minutes?)"
)
_DAYS = re.compile(rf"{_day_pattern('day', 2)}{_UNTIL}{_day_pattern('until', 4)}")
_BARE = re.compile(rf"(?P<day>\d{{1,2}}){_UNTIL}{_day_pattern('until', 3)}")
_ONE_DAY = re.compile(_day_pattern("day", 2))
_EMPTY_WORDS = re.compile(
    r"\b(?:pukul|pkl|jam(?=\s*\d)|tanggal|tgl|dari|mulai|wib|wita|wit|from|on|at)\b\.?|,"
)


def period_of(typed: str, today: date) -> Period | None:
    """Return the period that was typed; days without times are whole days. None where there is none in it."""
    try:
        return _period(typed, today)
    except ValueError:  # of no length, of a year, 25.00
        return None


def _period(typed: str, today: date) -> Period | None:
    text = typed.strip().lower().replace("–", "-").replace("—", "-")
    if re.match(r"\d{4}-\d{2}-\d{2}t", text):
        return Period.fromisoformat(text.upper())
    text = " ".join(_EMPTY_WORDS.sub(" ", text).split())
    if match := _TIMED.fullmatch(text) or _TIME_FIRST.fullmatch(text):
        return _timed(match, today)
    if match := _LASTING.fullmatch(text):
        return _lasting(match, today)
    if match := _DAYS.fullmatch(text):
        return _days(day_of(match["day"], today), day_of(match["until"], today))
    if match := _BARE.fullmatch(text):
        last = day_of(match["until"], today)
        return _days(last.replace(day=int(match["day"])), last) if last else None
    if match := _ONE_DAY.fullmatch(text):
        day = day_of(match["day"], today)
        return _days(day, day)
    return None


def _timed(match: re.Match[str], today: date) -> Period | None:
    day, start, end = day_of(match["day"], today), time_of(match["start"]), time_of(match["end"])
    if day is None or start is None or end is None:
        return None
    until = match.groupdict().get("until")
    if until is None:
        return Period.on_day(day, start, end)
    last = day_of(until, today)
    return Period(datetime.combine(day, start), datetime.combine(last, end)) if last else None


def _lasting(match: re.Match[str], today: date) -> Period | None:
    day, start = day_of(match["day"], today), time_of(match["start"])
    if day is None or start is None:
        return None
    hour = match["unit"].startswith(("jam", "hour"))
    length = timedelta(hours=int(match["count"])) if hour else timedelta(minutes=int(match["count"]))
    begins = datetime.combine(day, start)
    return Period(begins, begins + length)


def _days(first: date | None, last: date | None) -> Period | None:
    return Period.of_days(first, last) if first and last else None
