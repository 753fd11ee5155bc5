"""What a desk says of its hours: windows of a week, other ones between two dates, days on which it is closed."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60


class HoursError(ValueError):
    """These hours cannot be: the sentence says what is expected."""


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
