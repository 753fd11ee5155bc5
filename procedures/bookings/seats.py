"""Which of several alike each booking holds. Nobody sees these numbers: by them the database refuses a double booking. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple


class Held(NamedTuple):
    """A booking by what it takes."""

    start: datetime
    end: datetime
    booking: int
    many: int


def seated(held: Iterable[Held]) -> Mapping[int, tuple[int, ...]]:
    """Return the numbers that each booking holds: no two at once the same, and no more than are held at the busiest instant."""
    free: list[int] = []
    fresh = count(1)
    busy: list[tuple[datetime, int]] = []  # when which number is free again
    seats: dict[int, tuple[int, ...]] = {}
    for each in sorted(held):
        while busy and busy[0][0] <= each.start:
            heappush(free, heappop(busy)[1])
        taken = tuple(heappop(free) if free else next(fresh) for _ in range(each.many))
        for number in taken:
            heappush(busy, (each.end, number))
        seats[each.booking] = taken
    return seats
