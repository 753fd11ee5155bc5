"""A month's rows are counted here as they go by: none of them is kept, but in short those that the report names."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

import numpy as np

from reports.figures import FINISHED, HEADLINES
from reports.lengths import MICROSECOND, Numbers, number_of
from reports.reckoning import Outcome, Promise
from reports.rows import Names, TicketRow
from reports.sums import QUARTER, Begun, Key, Sum
from tickets.ledger.types import EPOCH

_NONE = partial(array, "q")
_IN_TIME_OR_LATE = frozenset({Outcome.MET, Outcome.BREACHED})


class Mentioned(NamedTuple):
    """A ticket that the report names by itself, in short: of a bad month that may be most of them."""

    number: int
    created_at: datetime
    channel: str
    contact: str | None
    subject: str | None
    category_name: str | None
    status: str
    assignee_name: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Breach:
    """One promise that was not kept."""

    ticket: Mentioned
    promise: Promise
    held_by_name: str | None  # None: nobody held the ticket then

    @property
    def still_open(self) -> bool:
        return self.promise.met_at is None and self.promise.ended_at is None


@dataclass(frozen=True, kw_only=True)
class Due:
    """The promises of one kind that came due: those that were kept in time, and those that were not."""

    categories: Mapping[str | None, int]  # of their tickets, by name
    starts: Numbers  # when they began, in microseconds since 1970


class Tally:
    """What a month's rows have come to so far."""

    def __init__(self, names: Names) -> None:
        self.by_key: defaultdict[Key, Sum] = defaultdict(Sum)
        self.statuses: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()  # by who wrote them
        self.reopened = self.reopenings = 0
        self.messages_in = self.messages_out = self.messages_automatic = 0
        self._names = names
        self.broken: list[Breach] = []
        self.nameless: list[Mentioned] = []
        self.quarters: Counter[int] = Counter()  # by quarter of an hour
        self.finished_in: Counter[int] = Counter()
        self.took: defaultdict[tuple[Key, str], array[int]] = defaultdict(_NONE)
        self.due_categories: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
        self.due_starts: defaultdict[str, array[int]] = defaultdict(_NONE)

    def merge(self, other: "Tally") -> None:
        """Count what another has counted of other rows."""
        for key, one in other.by_key.items():
            self.by_key[key].add(one)
        self.statuses.update(other.statuses)
        self.answers.update(other.answers)
        self.quarters.update(other.quarters)
        self.finished_in.update(other.finished_in)
        for kind, categories in other.due_categories.items():
            self.due_categories[kind].update(categories)
        for of, took in other.took.items():
            self.took[of].extend(took)
        for kind, starts in other.due_starts.items():
            self.due_starts[kind].extend(starts)
        self.broken += other.broken
        self.nameless += other.nameless
        self.reopened += other.reopened
        self.reopenings += other.reopenings
        self.messages_in += other.messages_in
        self.messages_out += other.messages_out
        self.messages_automatic += other.messages_automatic

    def sums(self) -> Mapping[Key, Sum]:
        """Return what the tickets of each kind come to, with the lengths of their promises."""
        lengths: defaultdict[Key, dict[str, list[Numbers]]] = defaultdict(dict)
        for (key, kind), took in self.took.items():
            lengths[key][kind] = [_numbers(took)]
        return {key: replace(one, took=defaultdict(list, lengths[key])) for key, one in self.by_key.items()}

    def begun(self) -> Iterable[Begun]:
        """Return how many tickets began in each quarter of an hour in which any did."""
        return (Begun(quarter, many, self.finished_in[quarter]) for quarter, many in self.quarters.items())

    def due(self) -> Mapping[str, Due]:
        """Return what came due, by the kind of promise."""
        return {
            kind: Due(categories=categories, starts=_numbers(self.due_starts[kind]))
            for kind, categories in self.due_categories.items()
        }

    def breaches(self) -> tuple[Breach, ...]:
        """Return the promises that were not kept, in the order in which they ran out."""
        return tuple(sorted(self.broken, key=lambda each: (each.promise.breached_at, each.ticket.number)))

    def uncategorised(self) -> tuple[Mentioned, ...]:
        """Return the tickets without a category, oldest first."""
        return tuple(sorted(self.nameless, key=lambda each: (each.created_at, each.number)))

    def add(self, row: TicketRow) -> None:
        """Count one ticket."""
        key = Key(row.channel, row.category, row.assignee, row.team)
        finished = row.status in FINISHED
        one = self.by_key[key]
        one.tickets += 1
        one.finished += finished
        self.statuses[row.status] += 1
        quarter = (row.created_at - EPOCH) // QUARTER
        self.quarters[quarter] += 1
        self.finished_in[quarter] += finished
        self.reopened += row.reopenings > 0
        self.reopenings += row.reopenings
        self.messages_in += row.messages_in
        self.messages_out += row.messages_out
        self.messages_automatic += row.messages_automatic
        for somebody, many in row.answers_by:
            self.answers[somebody] += many
        if row.category is None:
            self.nameless.append(_mentioned(row))
        for promise in row.promises:
            self._add_promise(row, promise, key, one)

    def _add_promise(self, row: TicketRow, promise: Promise, key: Key, one: Sum) -> None:
        kind, outcome = promise.kind, promise.outcome
        one.kept[kind, outcome] += 1
        if promise.took is not None and (promise.cycle == 1 or kind not in HEADLINES):
            self.took[key, kind].append(promise.took // MICROSECOND)
        if outcome in _IN_TIME_OR_LATE:
            self.due_categories[kind][row.category_name] += 1
            self.due_starts[kind].append(number_of(promise.started_at))
        if promise.breached_at is not None:
            held_by_name = self._names.person(promise.held_by)
            self.broken.append(Breach(ticket=_mentioned(row), promise=promise, held_by_name=held_by_name))


def _mentioned(row: TicketRow) -> Mentioned:
    return Mentioned(
        number=row.number, created_at=row.created_at, channel=row.channel, contact=row.contact, subject=row.subject,
        category_name=row.category_name, status=row.status, assignee_name=row.assignee_name,
    )  # fmt: skip


def _numbers(numbers: "array[int]") -> Numbers:
    return np.frombuffer(numbers, dtype=np.int64) if numbers else np.empty(0, dtype=np.int64)
