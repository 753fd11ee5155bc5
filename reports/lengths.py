"""How long many promises took, counted at once: as `reports.rows.Reckoning` counts one, for arrays of instants.

Instants and lengths are whole microseconds, instants since 1970, so that nothing is rounded.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from tickets.hours import Calendar, Span, intervals
from tickets.ledger.types import EPOCH
from tickets.promises import Terms

Numbers = NDArray[np.int64]
MICROSECOND = timedelta(microseconds=1)
NOTHING = np.iinfo(
    np.int64
).min  # an instant that has not come, a length that there is none of; so numpy keeps it, too
NO_PAUSES = "[]"  # most clocks never stood still: to look costs less than to read it


@dataclass(frozen=True, kw_only=True)
class Runs:
    """When some clocks ran, in one order."""

    starts: Sequence[int] | Numbers
    ends: Sequence[int] | Numbers
    pauses: Sequence[str | None]  # as the ledger keeps them: `[[start, end or null], …]`


def all_counted(terms: Terms, promise: Span, runs: Runs) -> Numbers:
    """Return how much of each run counts for a promise, without its pauses; never less than nothing."""
    starts, ends = np.array(runs.starts, dtype=np.int64), np.array(runs.ends, dtype=np.int64)
    if not len(starts):
        return starts
    first, last = min(starts.min(), ends.min()), max(starts.max(), ends.max())
    passed = _open_time(terms.calendar, first, last) if promise.counts == "operating" else _plain_time
    lengths = passed(ends) - passed(starts)
    owners, begun, over = _pauses(runs)
    still = passed(np.minimum(over, ends[owners])) - passed(np.maximum(begun, starts[owners]))
    np.subtract.at(lengths, owners, np.maximum(still, 0))
    return lengths.clip(min=0)


def open_at(calendar: Calendar, instants: Numbers) -> NDArray[np.bool_]:
    """Return at which of these instants the desk is open."""
    if not len(instants):
        return np.empty(0, dtype=np.bool_)
    first, last = _instant(instants.min()), _instant(instants.max()) + MICROSECOND
    pieces = list(intervals(calendar, first, last))
    begins = np.array([number_of(piece.start) for piece in pieces], dtype=np.int64)
    stops = np.array([number_of(piece.end) for piece in pieces], dtype=np.int64)
    begun = np.searchsorted(begins, instants, side="right")
    return (begun > 0) & (instants < stops[begun - 1]) if pieces else np.zeros(len(instants), dtype=np.bool_)


def middle(ordered: Numbers) -> timedelta | None:
    """Return the median of lengths, the shortest first; None of none."""
    if not len(ordered):
        return None
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return timedelta(microseconds=int(low + high)) / 2


def ninetieth(ordered: Numbers) -> timedelta | None:
    """Return what nine of ten lengths do not go beyond, the shortest first; None of none."""
    return timedelta(microseconds=int(ordered[-(-len(ordered) * 9 // 10) - 1])) if len(ordered) else None


def _plain_time(instants: Numbers) -> Numbers:
    return instants


def _open_time(calendar: Calendar, first: np.int64, last: np.int64) -> Callable[[Numbers], Numbers]:
    """Lay a calendar's open time out, and return what says how much of it had passed by each instant."""
    pieces = list(intervals(calendar, _instant(first), _instant(last)))
    begins = np.array([number_of(piece.start) for piece in pieces], dtype=np.int64)
    stops = np.array([number_of(piece.end) for piece in pieces], dtype=np.int64)
    through = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(stops - begins)))

    def passed(instants: Numbers) -> Numbers:
        begun = np.searchsorted(begins, instants, side="right")
        to_come = np.maximum(stops[begun - 1] - instants, 0) if pieces else 0
        return np.where(begun > 0, through[begun] - to_come, 0)

    return passed


def _pauses(runs: Runs) -> tuple[Numbers, Numbers, Numbers]:
    """Return of every pause to which run it belongs, its start and its end; what lasts ends with the run."""
    owners, begun, over = [], [], []
    for owner, kept in enumerate(runs.pauses):
        for start, end in json.loads(kept) if kept and kept != NO_PAUSES else ():
            owners.append(owner)
            begun.append(number_of(datetime.fromisoformat(start)))
            over.append(number_of(datetime.fromisoformat(end)) if end else int(runs.ends[owner]))
    return np.array(owners, dtype=np.int64), np.array(begun, dtype=np.int64), np.array(over, dtype=np.int64)


def number_of(at: datetime) -> int:
    """Return an instant as lengths count it."""
    return (at - EPOCH) // MICROSECOND


def _instant(at: np.int64) -> datetime:
    return EPOCH + int(at) * MICROSECOND
