"""What late promises have in common. It stands beside them, and is not said to be why they were late."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from reports.findings.facts import Facts
from reports.findings.values import Said, said
from reports.measures import Breach
from reports.reckoning import Outcome, Promise
from reports.rows import TicketRow
from tickets.hours import is_open

LEAST = 5  # late promises; of fewer it is not said what they have in common
STANDS_OUT = 0.5  # share of the late ones that have one circumstance
CLUSTER = 0.4  # share of the late ones that lie in one category, or came in on one day
LIFT = 1.25  # and so many times the share that it has among all that came due

Key = TypeVar("Key", bound=Hashable)
Case = tuple[TicketRow, Promise]


class Cause(StrEnum):
    """A circumstance of one late promise."""

    OUTSIDE_HOURS = "outside_hours"  # it began while the desk was closed
    NO_HOLDER = "no_holder"  # nobody held the ticket when it ran out
    SECOND_LINE = "second_line"  # the second line had it then


def causes_of(breach: Breach, facts: Facts) -> tuple[Cause, ...]:
    """Return the circumstances of a late promise."""
    found = {
        Cause.OUTSIDE_HOURS: _began_outside(facts)((breach.ticket, breach.promise)),
        Cause.NO_HOLDER: breach.promise.held_by is None,
        Cause.SECOND_LINE: facts.waited_for_second_line(breach),
    }
    return tuple(cause for cause, holds in found.items() if holds)


def in_common(facts: Facts, kind: str) -> tuple[Said, ...]:
    """Say what the late promises of a kind have in common, where it stands out from all that came due."""
    late = [each for each in facts.month.report.breaches if each.promise.kind == kind]
    if len(late) < LEAST:
        return ()
    due = [
        (row, promise)
        for row in facts.month.report.rows
        for promise in row.promises
        if promise.kind == kind and (promise.outcome is Outcome.MET or promise.outcome is Outcome.BREACHED)
    ]
    cases = [(each.ticket, each.promise) for each in late]
    return (
        *_outside(cases, due, facts),
        *_nobody(cases),
        *_second_line(late, facts),
        *_one_category(cases, due),
        *_one_day(cases, due, facts),
    )


def _outside(late: Sequence[Case], due: Sequence[Case], facts: Facts) -> Iterator[Said]:
    outside = _began_outside(facts)
    share = _share(outside, late)
    if share >= STANDS_OUT and share >= LIFT * (usual := _share(outside, due)):
        yield said(Cause.OUTSIDE_HOURS, many=_many(outside, late), late=len(late), share=share, usual=usual)


def _nobody(late: Sequence[Case]) -> Iterator[Said]:
    share = _share(_without_holder, late)
    if share >= STANDS_OUT:
        yield said(Cause.NO_HOLDER, many=_many(_without_holder, late), late=len(late), share=share)


def _second_line(late: Sequence[Breach], facts: Facts) -> Iterator[Said]:
    many = sum(map(facts.waited_for_second_line, late))
    if many / len(late) >= STANDS_OUT:
        yield said(Cause.SECOND_LINE, many=many, late=len(late), share=many / len(late))


def _one_category(late: Sequence[Case], due: Sequence[Case]) -> Iterator[Said]:
    def name(case: Case) -> str | None:
        return case[0].category_name

    if found := _cluster(name, late, due):
        most, many, usual = found
        yield said("one_category", name=most, many=many, late=len(late), share=many / len(late), usual=usual)


def _one_day(late: Sequence[Case], due: Sequence[Case], facts: Facts) -> Iterator[Said]:
    tz = facts.month.report.month.tz

    def day(case: Case) -> date:
        return case[1].started_at.astimezone(tz).date()

    if found := _cluster(day, late, due):
        most, many, usual = found
        yield said("one_day", day=most, many=many, late=len(late), share=many / len(late), usual=usual)


def _cluster(
    key: Callable[[Case], Key | None], late: Sequence[Case], due: Sequence[Case]
) -> tuple[Key, int, float] | None:
    """Return where the late ones lie together, how many of them, and the share that this has among all that came due."""
    counted = Counter(where for where in map(key, late) if where is not None)
    if not counted:
        return None
    most, many = counted.most_common(1)[0]
    share = many / len(late)
    if share < CLUSTER:
        return None
    usual = _share(lambda case: key(case) == most, due)
    return (most, many, usual) if share >= LIFT * usual else None


def _began_outside(facts: Facts) -> Callable[[Case], bool]:
    calendar = facts.month.desk.calendar
    return lambda case: not is_open(calendar, case[1].started_at)


def _without_holder(case: Case) -> bool:
    return case[1].held_by is None


def _many(holds: Callable[[Case], bool], cases: Iterable[Case]) -> int:
    return sum(map(holds, cases))


def _share(holds: Callable[[Case], bool], cases: Sequence[Case]) -> float:
    return _many(holds, cases) / len(cases) if cases else 0.0
