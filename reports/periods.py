"""The month of a report: from the first day at 00:00 local time up to, not including, the next first day.

Midnight is that of the desk's own zone. A month is kept as two UTC instants, so that nothing which asks the ledger
thinks about zones again, and a month in which the clocks change is simply an hour longer or shorter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from reports.errors import BadMonthError, BadSpanError

LONGEST = timedelta(days=366)  # of days that are told of at once

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of a desk. It holds every instant `at` with `start_at <= at < end_at`."""

    year: int
    number: int  # 1 to 12
    zone: str  # IANA name
    start_at: datetime
    end_at: datetime
    running: bool  # it was not over yet when it was asked for

    @classmethod
    def parse(cls, text: str, *, zone: str, now: datetime) -> Self:
        """Read `2026-10`. Raises BadMonthError for anything else, and for a month that has not begun."""
        match = re.fullmatch(r"([1-9]\d{3})-(0[1-9]|1[0-2])", text.strip(), re.ASCII)
        if match is None:
            raise BadMonthError(f'"{text[:40]}" is not a month; expected YYYY-MM, such as 2026-10')
        return cls.of(int(match[1]), int(match[2]), zone=zone, now=now)

    @classmethod
    def of(cls, year: int, number: int, *, zone: str, now: datetime) -> Self:
        """Return that month in that zone. Raises BadMonthError if it has not begun at `now`."""
        start_at = _midnight(year, number, zone)
        if start_at > now:
            raise BadMonthError(f"{year}-{number:02} has not begun yet; there is nothing to report")
        end_at = _midnight(year + number // 12, number % 12 + 1, zone)
        return cls(
            year=year, number=number, zone=zone, start_at=start_at, end_at=end_at, running=now < end_at
        )

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def first_on(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_on(self) -> date:
        return date(*self._after, 1) - _DAY

    @property
    def before(self) -> str:
        """Return the month before, as it is written."""
        last = self.first_on - _DAY
        return f"{last.year}-{last.month:02}"

    @property
    def after(self) -> str:
        year, number = self._after
        return f"{year}-{number:02}"

    @property
    def _after(self) -> tuple[int, int]:
        return self.year + self.number // 12, self.number % 12 + 1

    def earlier(self, months: int, *, now: datetime) -> "Days":
        """Return the days of the month that lies so many before; while this one runs, as many of them as have begun of it."""
        at = self.year * 12 + self.number - 1 - months
        first = date(at // 12, at % 12 + 1, 1)
        last = (first + 31 * _DAY).replace(day=1) - _DAY
        if self.running:
            last = min(last, first.replace(day=min(now.astimezone(self.tz).day, last.day)))
        return Days.of(first, last, zone=self.zone)

    def days(self, now: datetime) -> Iterator[date]:
        """Yield its local dates; of a running month those up to today."""
        day = self.first_on
        last = min(now, self.end_at - timedelta(microseconds=1)).astimezone(self.tz).date()
        while day <= last:
            yield day
            day += _DAY


def _midnight(year: int, month: int, zone: str) -> datetime:
    if year > 9999:
        raise BadMonthError("the calendar ends with the year 9999")
    return datetime(year, month, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Days:
    """Some days of a desk in a row, both ends included, as the instants between which they lie."""

    first_on: date
    last_on: date
    zone: str
    start_at: datetime
    end_at: datetime  # excluded

    @classmethod
    def of(cls, first_on: date, last_on: date, *, zone: str) -> Self:
        """Return these days in that zone. Raises BadSpanError if the last is before the first, or they are too many."""
        if last_on < first_on:
            raise BadSpanError(f"{last_on} is before {first_on}; expected an earlier day first")
        if last_on - first_on >= LONGEST or last_on.year >= date.max.year:
            raise BadSpanError(f"{first_on} to {last_on} is too long; expected at most {LONGEST.days} days")
        start_at, end_at = (
            datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
            for day in (first_on, last_on + _DAY)
        )
        return cls(first_on=first_on, last_on=last_on, zone=zone, start_at=start_at, end_at=end_at)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def before(self) -> Self:
        """Return what they are compared with: of whole months the month before, else as many days right before."""
        last = self.first_on - _DAY
        is_month = self.first_on.day == 1 and (self.last_on + _DAY).day == 1
        if is_month and self.last_on - self.first_on < timedelta(days=31):
            return type(self).of(last.replace(day=1), last, zone=self.zone)
        return type(self).of(last - (self.last_on - self.first_on), last, zone=self.zone)

    @property
    def year_before(self) -> Self:
        """Return the same days a year before; the end of a month stays the end of that month."""
        return type(self).of(
            _a_year_before(self.first_on), _a_year_before(self.last_on + _DAY) - _DAY, zone=self.zone
        )

    def each(self, until: date) -> Iterator[date]:
        """Yield them, up to a day."""
        day = self.first_on
        while day <= min(self.last_on, until):
            yield day
            day += _DAY


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
