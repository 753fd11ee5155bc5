"""What a list of holidays comes to: days, each off or worked, and the mistakes that were found on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

LONGEST_SPAN = timedelta(days=3660)  # of one entry
LONGEST_NAME = 200


class ListedDay(NamedTuple):
    """One day of a list."""

    on: date
    name: str
    open: bool  # the desk works on it, whoever calls it a holiday


class Mistake(NamedTuple):
    line: int  # counted from 1; 0 where the text as a whole is the trouble
    message: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    days: tuple[ListedDay, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def day_name(raw: str) -> str:
    """Return a name on one line, without spaces around it and of a bearable length."""
    return " ".join("".join(each if each.isprintable() else " " for each in raw).split())[:LONGEST_NAME]


def days_in(first: date, until: date, years: range) -> Iterator[date]:
    """Yield the days from `first` up to, not including, `until` that lie in these years."""
    day = max(first, date(years.start, 1, 1))
    end = min(until, date(years.stop, 1, 1))
    while day < end:
        yield day
        day += timedelta(days=1)
