"""Recurrence rules of iCalendar, for whole days.

A rule is not unrolled but asked of each day since it began, so that no rule, however it is meant or mistaken, can run
on without an end. What cannot be asked of a day (BYSETPOS, hours) is refused and not guessed at.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
UNDERSTOOD = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY"})


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A recurrence, as a question that can be put to any day: whether it is one of them."""

    frequency: str
    start: date
    interval: int
    count: int | None
    until: date | None
    week_starts: int  # 0: Monday
    months: frozenset[int]
    month_days: frozenset[int]
    weekdays: frozenset[tuple[int, int]]  # which of the period (0: each), weekday

    @classmethod
    def read(cls, parts: Any, *, start: datetime, zone: ZoneInfo) -> Self:
        """Read the parts of an RRULE. Raises ValueError with what is expected."""
        frequency = str(parts["FREQ"][0]).upper() if "FREQ" in parts else ""
        if set(parts) - UNDERSTOOD or frequency not in _PERIODS:
            raise ValueError(
                f"RRULE: expected DAILY, WEEKLY, MONTHLY or YEARLY with nothing but {', '.join(sorted(UNDERSTOOD))}"
            )
        first = start.date()
        months = frozenset(int(each) for each in parts.get("BYMONTH", ()))
        month_days = frozenset(int(each) for each in parts.get("BYMONTHDAY", ()))
        weekdays = frozenset(_weekday(str(each)) for each in parts.get("BYDAY", ()))
        if not weekdays and not month_days and frequency in {"YEARLY", "MONTHLY"}:
            month_days = frozenset({first.day})
            months = months or (frozenset({first.month}) if frequency == "YEARLY" else months)
        if not weekdays and frequency == "WEEKLY":
            weekdays = frozenset({(0, first.weekday())})
        return cls(
            frequency=frequency,
            start=first,
            interval=max(int(parts.get("INTERVAL", (1,))[0]), 1),
            count=int(parts["COUNT"][0]) if "COUNT" in parts else None,
            until=_until(parts["UNTIL"][0], start, zone) if "UNTIL" in parts else None,
            week_starts=WEEKDAYS.index(str(parts.get("WKST", ("MO",))[0]).upper()),
            months=months,
            month_days=month_days,
            weekdays=weekdays,
        )

    def days(self, *, until: date) -> Iterator[date]:
        """Yield the days of the rule from its start to this one."""
        last = min(until, self.until or until)
        found = 0
        for ahead in range((last - self.start).days + 1):
            day = self.start + ahead * DAY
            if self._includes(day):
                yield day
                found += 1
                if found == self.count:
                    return

    def _includes(self, day: date) -> bool:
        return (
            (not self.months or day.month in self.months)
            and (not self.month_days or not self.month_days.isdisjoint(_of_month(day)))
            and (not self.weekdays or not self.weekdays.isdisjoint(self._of_period(day)))
            and _PERIODS[self.frequency](self, day) % self.interval == 0
        )

    def _of_period(self, day: date) -> tuple[tuple[int, int], ...]:
        """Return what a weekday may be called: each Monday, the second one, the last but one."""
        begins, ends = date(day.year, 1, 1), date(day.year, 12, 31)
        if self.frequency == "MONTHLY" or self.months:
            begins, ends = day.replace(day=1), _month_end(day)
        weekday = day.weekday()
        from_start, from_end = (day - begins).days // 7 + 1, (ends - day).days // 7 + 1
        return (0, weekday), (from_start, weekday), (-from_end, weekday)

    def week_of(self, day: date) -> int:
        return (day.toordinal() - 1 - self.week_starts) // 7


# The number of the period in which a day lies, counted from that of the start.
_PERIODS: Mapping[str, Callable[[Rule, date], int]] = {
    "YEARLY": lambda rule, day: day.year - rule.start.year,
    "MONTHLY": lambda rule, day: (day.year - rule.start.year) * 12 + day.month - rule.start.month,
    "WEEKLY": lambda rule, day: rule.week_of(day) - rule.week_of(rule.start),
    "DAILY": lambda rule, day: (day - rule.start).days,
}


def _weekday(raw: str) -> tuple[int, int]:
    name, which = raw[-2:].upper(), raw[:-2]
    return int(which) if which else 0, WEEKDAYS.index(name)


def _until(value: date | datetime, start: datetime, zone: ZoneInfo) -> date:
    """Return the last day on which an occurrence may begin."""
    if not isinstance(value, datetime):
        return value
    at = value if value.tzinfo is not None else value.replace(tzinfo=zone)
    local = at.astimezone(start.tzinfo)
    return local.date() if local.time() >= start.time() else local.date() - DAY


def _month_end(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def _of_month(day: date) -> tuple[int, int]:
    return day.day, day.day - _month_end(day).day - 1
