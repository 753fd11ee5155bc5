"""The scorecard of a month or a year: every indicator rated, the score of each perspective and of all, and twelve months of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from procedures.definition.procedure import Procedure
from reports.errors import BadMonthError, NoScorecardError
from reports.gone import months_gone
from reports.part import Part
from reports.periods import Month
from reports.scorecard.actuals import Asking, Ledger, rated
from tickets.desk import Desk
from tickets.scorecard import Over, Perspective, Rated, Score, scored

TREND = 12  # months, up to the last one that is told of


@dataclass(frozen=True, kw_only=True)
class Point:
    """One month of the trend."""

    month: Month
    rated: tuple[Rated, ...]  # in the order of the desk's file
    score: Score  # without a value where nothing is known of the month itself, but only of its year so far


@dataclass(frozen=True, kw_only=True)
class Card:
    """A desk's scorecard. Renderers print it and reckon nothing."""

    desk: str
    desk_name: str
    year: int | None  # None: of one month
    months: tuple[Month, ...]  # one, or those of the year that have begun
    made_at: datetime
    rated: tuple[Rated, ...]
    score: Score
    trend: tuple[Point, ...]  # oldest first
    gone: tuple[str, ...] = ()  # months of it whose history went whole, such as 2026-11

    @property
    def running(self) -> bool:
        return self.months[-1].running or (self.year is not None and len(self.months) < 12)

    @property
    def missing(self) -> tuple[Rated, ...]:
        """Return the indicators that have no figure, and so count for nothing."""
        return tuple(one for one in self.rated if one.actual is None)

    def perspectives(self) -> Iterator[tuple[Perspective, Score, tuple[Rated, ...]]]:
        """Yield each perspective that the desk looks from, with what it comes to."""
        for perspective in Perspective:
            of_it = tuple(one for one in self.rated if one.indicator.perspective is perspective)
            if of_it:
                yield perspective, scored(of_it), of_it

    def change(self, one: Rated) -> float | None:
        """Return by how much an indicator's figure of the last month differs from the month before; None: nothing to compare."""
        place = self.rated.index(one)
        before, after = (point.rated[place].actual for point in self.trend[-2:])
        return None if before is None or after is None else after - before


def month_card(
    session: Session, *, desk: Desk, procedures: Sequence[Procedure], month: Month, now: datetime
) -> Card:
    """Rate a month. Raises NoScorecardError where the desk has none."""
    return _card(
        Ledger(session=session, desk=desk, procedures=procedures, now=now), months=(month,), year=None
    )


def recap_card(
    session: Session, *, desk: Desk, procedures: Sequence[Procedure], month: Month, part: Part, now: datetime
) -> Card | None:
    """Rate a month whose report is being made, which is its recap; None where the desk has no scorecard, and of a part of it."""
    if not desk.scorecard or not part.is_whole:
        return None
    ledger = Ledger(session=session, desk=desk, procedures=procedures, now=now, in_hand=month)
    return _card(ledger, months=(month,), year=None)


def year_card(
    session: Session, *, desk: Desk, procedures: Sequence[Procedure], year: int, now: datetime
) -> Card:
    """Rate a year, or what has passed of it. Raises NoScorecardError, BadMonthError for a year that has not begun."""
    zone = desk.calendar.zone
    if not 1970 <= year <= 9998:
        raise BadMonthError(f"{year} is not a year that can be reported")
    months = tuple(
        month for number in range(1, 13) if (month := _begun(year, number, zone=zone, now=now)) is not None
    )
    if not months:
        raise BadMonthError(f"{year} has not begun yet; there is nothing to report")
    return _card(Ledger(session=session, desk=desk, procedures=procedures, now=now), months=months, year=year)


def _card(ledger: Ledger, *, months: tuple[Month, ...], year: int | None) -> Card:
    desk = ledger.desk
    if not desk.scorecard:
        raise NoScorecardError(desk.slug)
    every, trend = _rated(ledger, months), tuple(_trend(ledger, months[-1]))
    first_on = min(months[0].first_on, trend[0].month.first_on)
    return Card(
        desk=desk.slug,
        desk_name=desk.name,
        year=year,
        months=months,
        made_at=ledger.now,
        rated=every,
        score=scored(every),
        trend=trend,
        gone=months_gone(ledger.session, desk=desk.slug, first_on=first_on, last_on=months[-1].last_on),
    )


def _trend(ledger: Ledger, last: Month) -> Iterator[Point]:
    for back in range(TREND - 1, -1, -1):
        month = _month(ledger, last, back=back)
        every = _rated(ledger, (month,))
        of_it = [one for one in every if one.indicator.over is Over.MONTH and one.actual is not None]
        yield Point(month=month, rated=every, score=scored(every if of_it else ()))


def _rated(ledger: Ledger, months: Sequence[Month]) -> tuple[Rated, ...]:
    """Rate the indicators over some months in a row; those of a year from its January on."""
    last = months[-1]
    this_year = [_month(ledger, last, back=back) for back in range(last.number - 1, -1, -1)]
    of_span = {
        Over.MONTH: Asking(ledger=ledger, months=months), Over.YEAR: Asking(ledger=ledger, months=this_year)
    }  # fmt: skip
    return tuple(rated(of_span[one.over], one) for one in ledger.desk.scorecard)


def _month(ledger: Ledger, last: Month, *, back: int) -> Month:
    """Return the month that lies so many before another."""
    year, number = divmod(last.year * 12 + last.number - 1 - back, 12)
    return Month.of(year, number + 1, zone=last.zone, now=ledger.now)


def _begun(year: int, number: int, *, zone: str, now: datetime) -> Month | None:
    try:
        return Month.of(year, number, zone=zone, now=now)
    except BadMonthError:
        return None
