"""A week of a desk's resources as its page shows it: what is booked when, what is closed, what is still free. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from procedures.asking.periods import Period
from procedures.bookings.availability import Taken, free_on, open_on
from procedures.bookings.rows import State
from procedures.bookings.views import Booked
from templates_replies.catalogue import Language
from templates_replies.moments import stretch_in_words
from tickets.resources import Resource

DAYS = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A booking on one day."""

    id: int
    times: str  # of that day; empty: all of it
    title: str
    tentative: bool


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One resource on one day."""

    day: date
    entries: Sequence[Entry]
    closed: bool  # it is not open
    note: str  # why it is blocked
    free: Sequence[str]  # stretches in words, where something is booked beside them


@dataclass(frozen=True, kw_only=True)
class Row:
    resource: Resource
    cells: Sequence[Cell]


def monday_of(day: date) -> date:
    return day - _DAY * day.weekday()


def week(
    resources: Iterable[Resource],
    booked: Sequence[Booked],
    monday: date,
    language: Language,
    *,
    untitled: str,
) -> list[Row]:
    """Return a row for each resource; `untitled` is what a booking is called that says nothing of what for."""
    rows = []
    for resource in resources:
        own = [each for each in booked if each.booking.resource == resource.id]
        taken = [each.booking.taken for each in own]
        days = (monday + _DAY * ahead for ahead in range(DAYS))
        cells = [_cell(resource, day, own, taken, language, untitled) for day in days]
        rows.append(Row(resource=resource, cells=cells))
    return rows


def title_of(booked: Booked, untitled: str) -> str:
    """Return what a booking is for: what was said of it, or whoever asked."""
    named = booked.booking.title or booked.contact or untitled
    many = f" ×{booked.booking.count}" if booked.booking.count > 1 else ""
    return f"{named}{many}"


def _cell(
    resource: Resource, day: date, own: Sequence[Booked], taken: Sequence[Taken], language: Language, untitled: str
) -> Cell:  # fmt: skip
    entries = [
        Entry(
            id=each.booking.id,
            times=_times(period, day, language),
            title=title_of(each, untitled),
            tentative=each.booking.state is State.TENTATIVE,
        )
        for each in own
        if (period := each.booking.period(resource.calendar.tz)).start.date() <= day <= period.last_on
    ]
    blocked = resource.blocked_on(day)
    free = free_on(resource, day, 1, taken=taken) if entries else ()
    return Cell(
        day=day,
        entries=entries,
        closed=open_on(resource, day) is None,
        note=blocked.note if blocked else "",
        free=[stretch_in_words(each.start, each.end, language) for each in free],
    )


def _times(period: Period, day: date, language: Language) -> str:
    midnight = datetime.combine(day, datetime.min.time())
    start, end = max(period.start, midnight), min(period.end, midnight + _DAY)
    return "" if end - start == _DAY else stretch_in_words(start, end, language)
