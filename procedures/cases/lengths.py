"""How long a turn took and how late it was, counted once as it ends: the figures of many cases are sums of these.

Counted as the step's standard counts, by the hours under which its clock was promised, so that a turn's length and the explanation
of its clock say the same. A step's clock has no pauses. Pure.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from procedures.cases.rows import Turn
from procedures.definition.procedure import SKIPPED, Step
from tickets.hours import Calendar, Span, between

AS_PROMISED = Span.parse("1h")  # whose length nobody asks: how it counts is what matters
PLAIN = Span.parse("1h", "calendar")
_MICROSECOND = timedelta(microseconds=1)


def counts(step: Step | None) -> Span:
    """Return how the length of a step is counted: as its standard, else as plain time."""
    within = step.standard.within if step and step.standard else None
    return AS_PROMISED if within is not None and within.counts == "operating" else PLAIN


def measured(turn: Turn, step: Step | None, *, due_at: datetime | None, calendar: Calendar) -> Turn:
    """Return a turn that is over with its length, and with how much of that was beyond `due_at`; one left out has none."""
    if turn.begun_at is None or turn.ended_at is None or turn.outcome == SKIPPED:
        return turn
    took = _counted(step, calendar, turn.begun_at, turn.ended_at)
    late = _counted(step, calendar, due_at, turn.ended_at) if due_at and turn.ended_at > due_at else None
    return replace(turn, took=took // _MICROSECOND, late=None if late is None else late // _MICROSECOND)


def length_of(turn: Turn, step: Step, calendar: Calendar) -> timedelta | None:
    """Return how long a turn took: as it was kept, else counted now; None while it is not over."""
    if turn.took is not None:
        return turn.took * _MICROSECOND
    if turn.begun_at is None or turn.ended_at is None:
        return None
    return _counted(step, calendar, turn.begun_at, turn.ended_at)


def _counted(step: Step | None, calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    return between(calendar, start, end) if counts(step).counts == "operating" else end - start
