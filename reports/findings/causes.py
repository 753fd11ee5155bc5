"""What late promises have in common. It stands beside them, and is not said to be why they were late."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from reports.findings.facts import Facts
from reports.findings.values import Said, said
from reports.lengths import number_of, open_at
from reports.tally import Breach, Due
from tickets.hours import is_open

LEAST = 5  # late promises; of fewer it is not said what they have in common
STANDS_OUT = 0.5  # share of the late ones that have one circumstance
CLUSTER = 0.4  # share of the late ones that lie in one category, or came in on one day
LIFT = 1.25  # and so many times the share that it has among all that came due

Key = TypeVar("Key", bound=Hashable)


class Cause(StrEnum):
    """A circumstance of one late promise."""

    OUTSIDE_HOURS = "outside_hours"  # it began while the desk was closed
    NO_HOLDER = "no_holder"  # nobody held the ticket when it ran out
    SECOND_LINE = "second_line"  # the second line had it then


def causes_of(breach: Breach, facts: Facts) -> tuple[Cause, ...]:
    """Return the circumstances of a late promise."""
    found = {
        Cause.OUTSIDE_HOURS: _began_outside(breach, facts),
        Cause.NO_HOLDER: _without_holder(breach),
        Cause.SECOND_LINE: facts.waited_for_second_line(breach),
    }
    return tuple(cause for cause, holds in found.items() if holds)


def in_common(facts: Facts, kind: str) -> tuple[Said, ...]:
    """Say what the late promises of a kind have in common, where it stands out from all that came due."""
    late = [each for each in facts.month.report.breaches if each.promise.kind == kind]
    if len(late) < LEAST:
        return ()
    due = facts.month.report.due[kind]
    return (
        *_outside(late, due, facts),
        *_nobody(late),
        *_second_line(late, facts),
        *_one_category(late, due),
        *_one_day(late, due, facts),
    )


def _outside(late: Sequence[Breach], due: Due, facts: Facts) -> Iterator[Said]:
    many = sum(_began_outside(each, facts) for each in late)
    share = many / len(late)
    if share < STANDS_OUT:
        return
    usual = float(1 - open_at(facts.month.desk.calendar, due.starts).mean())
    if share >= LIFT * usual:
        yield said(Cause.OUTSIDE_HOURS, many=many, late=len(late), share=share, usual=usual)


def _nobody(late: Sequence[Breach]) -> Iterator[Said]:
    many = sum(map(_without_holder, late))
    if many / len(late) >= STANDS_OUT:
        yield said(Cause.NO_HOLDER, many=many, late=len(late), share=many / len(late))


def _second_line(late: Sequence[Breach], facts: Facts) -> Iterator[Said]:
    many = sum(map(facts.waited_for_second_line, late))
    if many / len(late) >= STANDS_OUT:
        yield said(Cause.SECOND_LINE, many=many, late=len(late), share=many / len(late))


def _one_category(late: Sequence[Breach], due: Due) -> Iterator[Said]:
    found = _cluster((each.ticket.category_name for each in late), len(late))
    if found is None:
        return
    most, many = found
    share, usual = many / len(late), due.categories[most] / len(due.starts)
    if share >= LIFT * usual:
        yield said("one_category", name=most, many=many, late=len(late), share=share, usual=usual)


def _one_day(late: Sequence[Breach], due: Due, facts: Facts) -> Iterator[Said]:
    tz = facts.month.report.month.tz
    found = _cluster((each.promise.started_at.astimezone(tz).date() for each in late), len(late))
    if found is None:
        return
    most, many = found
    first, last = (number_of(_midnight(on, tz)) for on in (most, most + timedelta(days=1)))
    share = many / len(late)
    usual = float(((due.starts >= first) & (due.starts < last)).mean())
    if share >= LIFT * usual:
        yield said("one_day", day=most, many=many, late=len(late), share=share, usual=usual)


def _cluster(places: Iterable[Key | None], late: int) -> tuple[Key, int] | None:
    """Return where the late ones lie together, and how many of them do."""
    counted = Counter(place for place in places if place is not None)
    if not counted:
        return None
    most, many = counted.most_common(1)[0]
    return (most, many) if many / late >= CLUSTER else None


def _midnight(on: date, tz: ZoneInfo) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=tz).astimezone(UTC)


def _began_outside(breach: Breach, facts: Facts) -> bool:
    return not is_open(facts.month.desk.calendar, breach.promise.started_at)


def _without_holder(breach: Breach) -> bool:
    return breach.promise.held_by is None
