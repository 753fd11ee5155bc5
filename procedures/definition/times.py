"""The time that a step may take (waktu): by a length, by a date that was asked for, by another step, by a day of the month."""

from dataclasses import dataclass, field

from tickets.hours import Span


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A date that was asked for, and how many days before it the step must be over."""

    answer: str  # id of the question
    days: int  # 0: on the day itself
    working: bool = False  # days with operating hours are counted, not those of the calendar


@dataclass(frozen=True, kw_only=True)
class Since:
    """What the time counts from, where that is not the beginning of the step: one of the two."""

    length: Span
    answer: str | None = None  # id of a question that asks for a date or a period
    step: str | None = None  # id of a step before


@dataclass(frozen=True, kw_only=True)
class Standard:
    """When a step must be over: at least one of the four, and of several whichever comes first."""

    within: Span | None = None
    deadline: Deadline | None = None
    since: Since | None = None
    month_day: int | None = None  # 1 to 31; in a shorter month its last day
    said: str = field(default="", compare=False)  # `within` in the words of the paper, where it has them
