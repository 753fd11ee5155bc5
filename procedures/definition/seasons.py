"""When a procedure can be asked for: "1–31 Agustus" of every year, "1 Maret – 17 April 2026" of one. Pure."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procedures.asking.days import month_of

_DAY = r"(\d{1,2})(?:\s+([a-z]{3,})\.?)?(?:\s+(\d{4}))?"
_SAID = re.compile(rf"{_DAY}\s*(?:-|–|—|s\.?/?d\.?|sampai(?: dengan)?|hingga|until|to)\s*{_DAY}")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:\.\.|-|–|s\.?/?d\.?|sampai|until|to)\s*(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, kw_only=True)
class Season:
    """From a day until another, both counted; without a year it comes every year, and may run over New Year."""

    first: tuple[int, int]  # month, day
    last: tuple[int, int]
    year: int | None = None  # of the first day
    until: int | None = None  # … of the last

    def span_of(self, year: int) -> tuple[date, date]:
        """Return the first and the last day of the season that begins in a year."""
        ends = year + (self.last < self.first) if self.until is None else self.until
        return _day(year, *self.first), _day(ends, *self.last)


def is_open(seasons: Sequence[Season], day: date) -> bool:
    """Whether a day lies in one of the seasons; without any it always does."""
    return not seasons or any(first <= day <= last for each in seasons for first, last in _spans(each, day))


def opens_next(seasons: Sequence[Season], day: date) -> tuple[date, date] | None:
    """Return the first and last day of the season that begins next after a day; None where none will."""
    ahead = [span for each in seasons for span in _spans(each, day) if span[0] > day]
    return min(ahead, default=None)


def season_of(said: str) -> Season:
    """Read what a file says. Raises ValueError."""
    text = " ".join(said.lower().split())
    if match := _ISO.fullmatch(text):
        first, last = (date.fromisoformat(each) for each in match.groups())
        found = Season(
            first=(first.month, first.day), last=(last.month, last.day), year=first.year, until=last.year
        )
    elif match := _SAID.fullmatch(text):
        found = _spoken(*match.groups())
    else:
        raise ValueError(said)
    first, last = found.span_of(found.year or 2028)  # a leap year
    if last < first:
        raise ValueError(said)
    return found


def _spoken(
    day: str, month: str | None, year: str | None, until: str, until_month: str | None, until_year: str | None
) -> Season:
    last_month = month_of(until_month or "")
    first_month = month_of(month) if month else last_month
    if first_month is None or last_month is None or (year and not until_year):
        raise ValueError(day)
    date(2028, first_month, int(day)), date(2028, last_month, int(until))  # 31 April
    ends = int(until_year) if until_year else None
    begins = int(year) if year else ends
    return Season(first=(first_month, int(day)), last=(last_month, int(until)), year=begins, until=ends)


def _spans(season: Season, day: date) -> Sequence[tuple[date, date]]:
    years = (season.year,) if season.year is not None else range(day.year - 1, day.year + 2)
    return [season.span_of(year) for year in years]


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
