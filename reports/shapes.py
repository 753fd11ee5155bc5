"""How a month's tickets lie over the week, and how long their promises took: pure sums over its rows.

The same figures as `reports.statistics` has of these days; a test holds them equal.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import tzinfo

from reports.rows import TicketRow
from reports.statistics import STEPS


def by_hour(rows: Iterable[TicketRow], tz: tzinfo) -> Mapping[tuple[int, int], int]:
    """Count tickets by (weekday from Monday, hour) on the desk's wall."""
    local = (row.created_at.astimezone(tz) for row in rows)
    return Counter((at.weekday(), at.hour) for at in local)


def steps_of(rows: Iterable[TicketRow], kind: str) -> tuple[int, ...]:
    """Count how many first rounds of a promise took up to each of `STEPS`, and how many longer."""
    counts = [0] * (len(STEPS[kind]) + 1)
    for row in rows:
        for promise in row.promises:
            if promise.kind == kind and promise.cycle == 1 and promise.took is not None:
                counts[bisect_left(STEPS[kind], promise.took)] += 1
    return tuple(counts)
