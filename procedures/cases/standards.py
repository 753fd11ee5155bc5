"""When a step must be over: by its own length, by what its time counts from, or by whichever comes first. Pure."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from procedures.asking.conditions import Answers
from procedures.asking.periods import Period
from procedures.definition.times import Deadline, Since, Standard
from tickets.hours import DAY, Calendar, Span, due, operating_day

Ended = Mapping[str, datetime]  # step → when it was last over
NOTHING_ENDED: Ended = {}


def due_at(
    standard: Standard, started_at: datetime, *, calendar: Calendar, answers: Answers, ended: Ended = NOTHING_ENDED
) -> datetime | None:  # fmt: skip
    """Return when a step that began at `started_at` falls due; None where what it counts from is not known.

    Where that has passed already, the answer lies before `started_at`.
    """
    first = min(_dues(standard, started_at, calendar, answers, ended), default=None)
    return first.astimezone(started_at.tzinfo) if first is not None else None


def promise(
    standard: Standard, started_at: datetime, *, calendar: Calendar, answers: Answers, ended: Ended = NOTHING_ENDED
) -> Span | None:  # fmt: skip
    """Return what the step's clock is promised: its own length, or the plain time until its date where that is sooner.

    A date that has passed leaves it one second: it is late at once.
    """
    due_ = due_at(standard, started_at, calendar=calendar, answers=answers, ended=ended)
    if due_ is None:
        return None
    if standard.within is not None and due_ == due(calendar, started_at, standard.within):
        return standard.within
    seconds = max(1, round((due_ - started_at).total_seconds()))
    return Span.parse(f"{seconds}s", "calendar")


def _dues(
    standard: Standard, started_at: datetime, calendar: Calendar, answers: Answers, ended: Ended
) -> Iterator[datetime]:
    if standard.within is not None:
        yield due(calendar, started_at, standard.within)
    if standard.deadline is not None and (said := answers.get(standard.deadline.answer)) is not None:
        yield _end_of(_last_day_before(said, standard.deadline, calendar), calendar.tz)
    if standard.since is not None and (at := _after(standard.since, calendar, answers, ended)) is not None:
        yield at
    if standard.month_day is not None:
        yield _end_of(_next(standard.month_day, calendar.day_of(started_at)), calendar.tz)


def _last_day_before(said: date | Period, deadline: Deadline, calendar: Calendar) -> date:
    """Return the day at whose end the step must be over; a period counts by the day on which it begins."""
    day = said.start.date() if isinstance(said, Period) else said
    return operating_day(calendar, day, -deadline.days) if deadline.working else day - deadline.days * DAY


def _after(since: Since, calendar: Calendar, answers: Answers, ended: Ended) -> datetime | None:
    """Return when so much time is over since a step was, or since a date: days then count whole, up to their end."""
    if since.step is not None:
        over_at = ended.get(since.step)
        return due(calendar, over_at, since.length) if over_at is not None else None
    said = answers.get(since.answer or "")
    if said is None:
        return None
    day, days = (said.last_on if isinstance(said, Period) else said), since.length.days
    if days is None:
        ends = said.instants(calendar.tz)[1] if isinstance(said, Period) else _end_of(day, calendar.tz)
        return due(calendar, ends, since.length)
    is_working = since.length.counts == "operating"
    return _end_of(operating_day(calendar, day, days) if is_working else day + days * DAY, calendar.tz)


def _next(month_day: int, today: date) -> date:
    """Return the next day of that number, today included; in a shorter month its last."""
    this = _in_month(today, month_day)
    return this if this >= today else _in_month(today.replace(day=1) + timedelta(days=31), month_day)


def _in_month(day: date, number: int) -> date:
    return day.replace(day=min(number, monthrange(day.year, day.month)[1]))


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + DAY, time(), tzinfo=zone)
