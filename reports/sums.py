"""What tickets come to that have something in common: the sums of which every figure is made, however they were counted."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

import numpy as np

from reports.figures import Attainment, Day, Group
from reports.lengths import MICROSECOND, Numbers, middle, ninetieth
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.ledger.types import EPOCH

QUARTER = timedelta(minutes=15)  # every zone of the world is whole quarters of an hour away from UTC

# Up to how long, for the distributions of times; what took longer is counted last.
STEPS: Mapping[str, Sequence[timedelta]] = {
    FIRST_RESPONSE: tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240, 480)),
    RESOLUTION: tuple(timedelta(hours=hours) for hours in (1, 4, 8, 24, 48, 72, 168)),
}

ByHour = Mapping[
    tuple[int, int], int
]  # (weekday from Monday, hour) on the desk's wall → tickets that began then


class Key(NamedTuple):
    """What tickets are told apart by."""

    channel: str
    category: str | None
    agent: str | None
    team: str | None


@dataclass(kw_only=True)
class Sum:
    """What some tickets have come to."""

    tickets: int = 0
    finished: int = 0
    kept: Counter[tuple[str, str]] = field(default_factory=Counter)  # (kind of promise, outcome)
    took: defaultdict[str, list[Numbers]] = field(default_factory=lambda: defaultdict(list))  # by kind

    def add(self, other: "Sum") -> None:
        self.tickets += other.tickets
        self.finished += other.finished
        self.kept.update(other.kept)
        for kind, took in other.took.items():
            self.took[kind] += took

    def times(self, kind: str) -> Numbers:
        """Return how long the kept promises of a kind took, the shortest first."""
        return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *self.took[kind]]))

    def attainment(self, kind: str) -> Attainment:
        """Tell how the promises of a kind were kept."""
        ordered = self.times(kind)
        return Attainment(
            kind=kind, met=self.kept[kind, "met"], breached=self.kept[kind, "breached"],
            running=self.kept[kind, "running"], ended=self.kept[kind, "ended"], median=middle(ordered),
            p90=ninetieth(ordered),
        )  # fmt: skip

    def steps(self, kind: str) -> tuple[int, ...]:
        """Count how many took up to each of `STEPS`, and how many longer."""
        ordered = self.times(kind)
        up_to = np.searchsorted(ordered, [step // MICROSECOND for step in STEPS[kind]], side="right")
        return tuple(int(within) for within in np.diff(up_to, prepend=0, append=len(ordered)))


def groups(
    sums: Mapping[Key, Sum], by: str, name: Callable[[str | None], str | None], *, answers: Mapping[str, int] | None = None
) -> tuple[Group, ...]:  # fmt: skip
    """Sum up by one of what tickets are told apart by, the largest first.

    `answers`: how many each agent wrote; who wrote some and holds nothing is a group of no ticket.
    """
    sorted_out: defaultdict[str | None, Sum] = defaultdict(Sum)
    for key, one in sums.items():
        sorted_out[getattr(key, by)].add(one)
    written = answers or {}
    for somebody in written:
        sorted_out[somebody].add(Sum())
    found = (
        Group(
            key=key, name=name(key), tickets=one.tickets, finished=one.finished,
            first_response=one.attainment(FIRST_RESPONSE), resolution=one.attainment(RESOLUTION),
            answers=written.get(key or "", 0),
        )
        for key, one in sorted_out.items()
    )  # fmt: skip
    return tuple(sorted(found, key=lambda group: (-group.tickets, group.key is None, group.name or "")))


def whole_of(sums: Mapping[Key, Sum]) -> Sum:
    """Sum up all of them."""
    whole = Sum()
    for one in sums.values():
        whole.add(one)
    return whole


class Begun(NamedTuple):
    """The tickets that began in one quarter of an hour."""

    quarter: int  # since 1970
    tickets: int
    finished: int


def over_time(begun: Iterable[Begun], days: Iterable[date], tz: tzinfo) -> tuple[tuple[Day, ...], ByHour]:
    """Count by each of these local days, and by weekday and hour."""
    tickets: Counter[date] = Counter()
    finished: Counter[date] = Counter()
    by_hour: Counter[tuple[int, int]] = Counter()
    for one in begun:
        local = (EPOCH + one.quarter * QUARTER).astimezone(tz)
        tickets[local.date()] += one.tickets
        finished[local.date()] += one.finished
        by_hour[local.weekday(), local.hour] += one.tickets
    return tuple(Day(on=day, tickets=tickets[day], finished=finished[day]) for day in days), dict(by_hour)
