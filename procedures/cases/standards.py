"""When a step must be over: by its own length, by a date that was asked for, or by whichever comes first. Pure."""

from datetime import datetime, time, timedelta

from procedures.asking.conditions import Answers
from procedures.asking.periods import Period
from procedures.definition.procedure import Standard
from tickets.hours import Calendar, Span, due


def due_at(
    standard: Standard, started_at: datetime, *, calendar: Calendar, answers: Answers
) -> datetime | None:
    """Return when a step that began at `started_at` falls due; None where its date was not given.

    A deadline of `2d` before a date lies at the end of the second day before it; a period counts by the day it begins on.
    """
    dues = []
    if standard.within is not None:
        dues.append(due(calendar, started_at, standard.within))
    if standard.deadline is not None and (said := answers.get(standard.deadline.answer)) is not None:
        day = said.start.date() if isinstance(said, Period) else said
        after = day - standard.deadline.before + timedelta(days=1)
        dues.append(datetime.combine(after, time(), tzinfo=calendar.tz).astimezone(started_at.tzinfo))
    return min(dues, default=None)


def promise(standard: Standard, started_at: datetime, *, calendar: Calendar, answers: Answers) -> Span | None:
    """Return what the step's clock is promised: its own length, or the plain time until its date where that is sooner."""
    due_ = due_at(standard, started_at, calendar=calendar, answers=answers)
    if due_ is None:
        return None
    if standard.within is not None and due_ == due(calendar, started_at, standard.within):
        return standard.within
    seconds = max(1, round((due_ - started_at).total_seconds()))
    return Span.parse(f"{seconds}s", "calendar")
