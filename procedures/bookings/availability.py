"""When a resource is to be had, and what is to be had instead. Pure: what is taken and `now` are arguments.

A booking takes its own time and what the resource needs around it. It begins and ends while the resource is open, and
may run over the noon break or over nights between; days without times need days on which it opens at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain, islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from procedures.asking.periods import Period
from tickets.resources import Resource

DAYS_AHEAD = 30  # so far ahead another day is looked for
MOST_OFFERED = 3
_DAY = timedelta(days=1)


class Taken(NamedTuple):
    """What a booking takes of a resource, with the time around it; aware instants."""

    start: datetime
    end: datetime
    many: int


class Hindrance(StrEnum):
    """Why a resource is not to be had. Whoever asked is told in words."""

    PAST = "past"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    TOO_LONG = "too_long"
    CLOSED = "closed"
    BLOCKED = "blocked"
    TOO_MANY = "too_many"  # more than there are
    TAKEN = "taken"


class Stretch(NamedTuple):
    """A stretch of one day, wall-clock."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Instead:
    """What is to be had instead of what was asked for."""

    resource: Resource
    period: Period


def around(resource: Resource, period: Period) -> tuple[datetime, datetime]:
    """Return the instants between which a booking takes the resource."""
    start, end = period.instants(resource.calendar.tz)
    return start - resource.before, end + resource.after


def hindrance(
    resource: Resource, period: Period, count: int, *, taken: Iterable[Taken], now: datetime
) -> Hindrance | None:
    """Return why so many of a resource are not to be had for a period; None where they are."""
    start, end = period.instants(resource.calendar.tz)
    if end <= now or (start < now and not period.in_whole_days):
        return Hindrance.PAST
    if count > resource.count:
        return Hindrance.TOO_MANY
    if resource.longest is not None and end - start > resource.longest:
        return Hindrance.TOO_LONG
    if resource.notice is not None and start - now < resource.notice:
        return Hindrance.TOO_SOON
    if resource.ahead is not None and start - now > resource.ahead:
        return Hindrance.TOO_FAR
    if any(resource.blocked_on(day) for day in _days(period)):
        return Hindrance.BLOCKED
    if not _opens_for(resource, period):
        return Hindrance.CLOSED
    used = most_at_once(taken, *around(resource, period))
    return Hindrance.TAKEN if used + count > resource.count else None


def most_at_once(taken: Iterable[Taken], start: datetime, end: datetime) -> int:
    """Return how many are taken at the busiest instant between two."""
    within = [each for each in taken if each.start < end and start < each.end]
    return max(
        (sum(each.many for each in within if each.start <= at < each.end) for at in _begins(within, start)),
        default=0,
    )


def _begins(within: Sequence[Taken], start: datetime) -> set[datetime]:
    return {max(each.start, start) for each in within}


def open_on(resource: Resource, day: date) -> Stretch | None:
    """Return from when to when a resource can be booked on a day; a noon break parts nothing."""
    windows, _ = resource.calendar.windows_on(day)
    if not windows or resource.blocked_on(day) is not None:
        return None
    midnight = datetime.combine(day, time())
    return Stretch(
        midnight + timedelta(minutes=min(each.start for each in windows)),
        midnight + timedelta(minutes=max(each.end for each in windows)),
    )


def free_on(resource: Resource, day: date, count: int, *, taken: Iterable[Taken]) -> tuple[Stretch, ...]:
    """Return the stretches of a day in which a booking of so many may lie."""
    opened = open_on(resource, day)
    if opened is None or count > resource.count:
        return ()
    free, reached = [], opened.start
    for busy in _too_few(resource, count, taken):
        if busy.start > reached:
            free.append(Stretch(reached, min(busy.start, opened.end)))
        reached = max(reached, busy.end)
    free.append(Stretch(reached, opened.end))
    return tuple(each for each in free if opened.start <= each.start < each.end <= opened.end)


def taken_on(resource: Resource, day: date, count: int, *, taken: Iterable[Taken]) -> tuple[Stretch, ...]:
    """Return the stretches of a day in which so many are not to be had because others have them, as far as it is open."""
    opened = open_on(resource, day)
    if opened is None:
        return ()
    cut = (
        Stretch(max(each.start, opened.start), min(each.end, opened.end))
        for each in _too_few(resource, count, taken)
    )
    return tuple(each for each in cut if each.start < each.end)


def instead(
    asked: Resource, period: Period, count: int, *, among: Iterable[Resource], taken: "TakenBy", now: datetime
) -> tuple[Instead, ...]:  # fmt: skip
    """Return what is to be had instead: the same day at another time, another of its kind, the next free day.

    `taken` covers `DAYS_AHEAD` from the period on.
    """
    others = [one for one in among if one.id != asked.id and one.kind == asked.kind]
    offers = chain(
        _at_another_time(asked, period, count, taken),
        (Instead(resource=one, period=period) for one in others),
        (Instead(resource=asked, period=period.moved(_DAY * days)) for days in range(1, DAYS_AHEAD)),
    )
    free = (offer for offer in offers if _is_free(offer, count, taken, now))
    return tuple(islice(free, MOST_OFFERED))


TakenBy = Mapping[str, Sequence[Taken]]  # by id of the resource


def _is_free(offer: Instead, count: int, taken: TakenBy, now: datetime) -> bool:
    known = taken.get(offer.resource.id, ())
    return hindrance(offer.resource, offer.period, count, taken=known, now=now) is None


def _at_another_time(asked: Resource, period: Period, count: int, taken: TakenBy) -> list[Instead]:
    """Return the time of the same day that is nearest to the one asked for, if there is one that is long enough."""
    length, day = period.end - period.start, period.start.date()
    if period.last_on != day or period.in_whole_days:
        return []
    starts = [
        min(max(stretch.start, period.start), stretch.end - length)
        for stretch in free_on(asked, day, count, taken=taken.get(asked.id, ()))
        if stretch.end - stretch.start >= length
    ]
    nearest = sorted(starts, key=lambda start: abs(start - period.start))[:1]
    return [Instead(resource=asked, period=Period(start, start + length)) for start in nearest]


def _days(period: Period) -> Iterator[date]:
    day = period.start.date()
    while day <= period.last_on:
        yield day
        day += _DAY


def _opens_for(resource: Resource, period: Period) -> bool:
    if period.in_whole_days:
        return all(open_on(resource, day) for day in (period.start.date(), period.last_on))
    return _is_open(resource, period.start, ends=False) and _is_open(resource, period.end, ends=True)


def _is_open(resource: Resource, at: datetime, *, ends: bool) -> bool:
    """Whether a booking may begin, or end, at a time: the stretch of the day before may run over midnight."""
    for day in (at.date(), at.date() - _DAY):
        opened = open_on(resource, day)
        if opened is not None and (
            opened.start < at <= opened.end if ends else opened.start <= at < opened.end
        ):
            return True
    return False


def _too_few(resource: Resource, count: int, taken: Iterable[Taken]) -> list[Stretch]:
    """Return, in order, when a booking of so many cannot go on, for what others have and the time around theirs and it."""
    zone = resource.calendar.tz
    moves: list[tuple[datetime, int]] = []
    for each in taken:
        moves.append((_wall(each.start - resource.after, zone), each.many))
        moves.append((_wall(each.end + resource.before, zone), -each.many))
    found: list[Stretch] = []
    used, since = 0, None
    for at, change in sorted(moves):  # what ends goes before what begins
        used += change
        full = used + count > resource.count
        if full and since is None:
            since = at
        elif not full and since is not None:
            if found and found[-1].end == since:
                since = found.pop().start
            found.append(Stretch(since, at))
            since = None
    return [each for each in found if each.start < each.end]


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
