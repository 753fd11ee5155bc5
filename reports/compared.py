"""A month beside the month before and the same month a year before: the figures that are compared, and nothing reckoned anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from reports.figures import HEADLINES
from reports.handed import Handed
from reports.measures import MonthReport
from reports.statistics import Statistics

Figure = int | float | timedelta | None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One figure in three months; None where there is nothing to tell of."""

    key: str  # of its label
    of: str  # of which promise; empty: of the tickets
    kind: str  # number, share, length, mean
    now: Figure
    before: Figure
    year_before: Figure


def compared(month: Handed) -> Sequence[Compared]:
    """Return the figures of the months side by side; an earlier month without tickets has none."""
    each = [_figures(month.report), *(_of(one) for one in (month.before, month.year_before))]
    told = [
        Compared(key=key, of=of, kind=kind, now=each[0][at], before=each[1][at], year_before=each[2][at])
        for at, (key, of, kind) in enumerate(_ROWS)
    ]
    return [*told, *_surveys(month)]


_ROWS = (
    ("tickets_in", "", "number"),
    ("finished", "", "number"),
    *((key, kind, form) for kind in HEADLINES for key, form in (("share", "share"), ("median", "length"))),
)


def _surveys(month: Handed) -> Iterator[Compared]:
    """Tell of the question after closing, where anybody was asked; of a mean only where the scale is the same."""
    if month.surveys is None:
        return
    each = (month.report.surveys, *month.surveys)
    if not any(one.rows for one in each):
        return
    means = [float(one.mean) if one.mean is not None and one.scale == each[0].scale else None for one in each]
    told: Sequence[tuple[str, str, Sequence[Figure]]] = (
        ("answered", "number", [one.answered if one.rows else None for one in each]),
        ("mean", "mean", means),
        ("satisfied", "share", [one.satisfied for one in each]),
    )
    for key, kind, (now, before, year_before) in told:
        yield Compared(
            key=f"compared.{key}", of="", kind=kind, now=now, before=before, year_before=year_before
        )


def _of(found: Statistics) -> Sequence[Figure]:
    return _figures(found) if found.tickets else (None,) * len(_ROWS)


def _figures(found: MonthReport | Statistics) -> Sequence[Figure]:
    promises = [found.promise(kind) for kind in HEADLINES]
    return (found.tickets, found.finished, *(each for one in promises for each in (one.share, one.median)))
