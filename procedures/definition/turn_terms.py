"""What a step says of its turn: of which role whoever ends it names who acts, and when it is called to mind. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tickets.hours import Calendar, Span, due


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """When whose turn it is hears of it once more."""

    length: Span
    before_due: bool = False  # so long before the step falls due, in plain time; else after it has begun


@dataclass(frozen=True, kw_only=True)
class Lapse:
    """How a step ends by itself where nobody has ended it within a time."""

    after: Span  # since it began
    outcome: str  # id


@dataclass(frozen=True, kw_only=True)
class TurnTerms:
    names: str | None = None  # id of the role
    reminds: tuple[Reminder, ...] = ()
    informs: tuple[str, ...] = ()  # ids of roles that are told how it ended
    lapses: Lapse | None = None


def reminded_at(
    reminders: tuple[Reminder, ...], begun_at: datetime, due_at: datetime | None, *, calendar: Calendar
) -> Iterator[datetime]:
    """Yield when a turn is called to mind: after it began, and where it falls due, not later than that."""
    for each in reminders:
        if not each.before_due:
            at = due(calendar, begun_at, each.length)
        elif due_at is not None:
            at = due_at - each.length.length
        else:
            continue
        if at > begun_at:
            yield at
