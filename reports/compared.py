"""A month beside the month before and the same month a year before: the figures that are compared, and nothing reckoned anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from reports.handed import Handed
from reports.measures import HEADLINES, MonthReport
from reports.statistics import Statistics

Figure = int | float | timedelta | None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One figure in three months; None where there is nothing to tell of."""

    key: str  # of its label
    of: str  # of which promise; empty: of the tickets
    kind: str  # number, share, length
    now: Figure
    before: Figure
    year_before: Figure


def compared(month: Handed) -> Sequence[Compared]:
    """Return the figures of the months side by side; an earlier month without tickets has none."""
    each = [_figures(month.report), *(_of(one) for one in (month.before, month.year_before))]
    return [
        Compared(key=key, of=of, kind=kind, now=each[0][at], before=each[1][at], year_before=each[2][at])
        for at, (key, of, kind) in enumerate(_ROWS)
    ]


_ROWS = (
    ("tickets_in", "", "number"),
    ("finished", "", "number"),
    *((key, kind, form) for kind in HEADLINES for key, form in (("share", "share"), ("median", "length"))),
)


def _of(found: Statistics) -> Sequence[Figure]:
    return _figures(found) if found.tickets else (None,) * len(_ROWS)


def _figures(found: MonthReport | Statistics) -> Sequence[Figure]:
    promises = [found.promise(kind) for kind in HEADLINES]
    return (found.tickets, found.finished, *(each for one in promises for each in (one.share, one.median)))
