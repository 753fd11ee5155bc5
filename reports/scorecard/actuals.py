"""What an indicator's measure comes to in a span: counted in the database, by the definitions of docs/reports.md."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import Session

from procedures.definition.procedure import Procedure
from reports.figures import FINISHED
from reports.filed.tables import FiledReport
from reports.indicators import IN_TIME, LATE, many
from reports.part import Part
from reports.periods import Days, Month
from reports.procedures import procedure_figures
from reports.satisfaction import Satisfaction, counted, public_service
from reports.statistics import ASKED, OF_CLOCKS
from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION
from tickets.desk import Desk
from tickets.scorecard import Filter, Indicator, Measure, Rated
from tickets.survey import period_at
from tickets.tables import Clock, Ticket
from tickets.views import findings_in_time
from tickets.views.matching import judged_between

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_IS_FINISHED = _TICKETS.c.status.in_([str(status) for status in FINISHED])
_INSTANT = timedelta(microseconds=1)
_FILED = FiledReport.__table__  # type: ignore[attr-defined]
_FILED_OF = select(_FILED.c.month, _FILED.c.part).where(
    _FILED.c.desk == bindparam("desk"), _FILED.c.month.in_(bindparam("months", expanding=True))
)
_BEGAN = select(func.min(_TICKETS.c.created_at)).where(_TICKETS.c.desk == bindparam("desk"))
_KINDS: Mapping[Measure, str] = {
    Measure.FIRST_RESPONSE_IN_TIME: FIRST_RESPONSE,
    Measure.NEXT_RESPONSE_IN_TIME: NEXT_RESPONSE,
    Measure.RESOLUTION_IN_TIME: RESOLUTION,
}

T = TypeVar("T")
Of = TypeVar("Of", bound=Hashable)  # a part of what the desk does
Counts = Mapping[str, int]
Found = tuple[float | None, int]  # the figure, and how many it rests on


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """A desk's ledger as a scorecard asks it, and what it has answered already."""

    session: Session
    desk: Desk
    procedures: Sequence[Procedure]
    now: datetime
    in_hand: Month | None = None  # whose recap is being made
    asked: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """The months in a row that an indicator is measured over, and the ledger that knows them."""

    ledger: Ledger
    months: Sequence[Month]

    def once(self, ask: Callable[["Asking", Of], T], of: Of) -> T:
        """Ask about a part of the desk's work, unless that has been asked before."""
        key, asked = (ask, of, self.start_at, self.end_at), self.ledger.asked
        if key not in asked:
            asked[key] = ask(self, of)
        found: T = asked[key]
        return found

    def counts(self, ask: Callable[["Asking", Of], Counts], of: Of) -> Counts:
        """Add up what is counted month by month: each is counted once, however many spans lie over it."""
        total: Counter[str] = Counter()
        for month in self.months:
            total.update(Asking(ledger=self.ledger, months=(month,)).once(ask, of))
        return total

    @property
    def session(self) -> Session:
        return self.ledger.session

    @property
    def desk(self) -> Desk:
        return self.ledger.desk

    @property
    def start_at(self) -> datetime:
        return self.months[0].start_at

    @property
    def end_at(self) -> datetime:
        return self.months[-1].end_at

    @property
    def values(self) -> dict[str, Any]:
        """Return the parameters of the statements."""
        return {
            "desk": self.desk.slug,
            "start_at": self.start_at,
            "end_at": self.end_at,
            "now": self.ledger.now,
        }

    @property
    def days(self) -> Days:
        return Days.of(self.months[0].first_on, self.months[-1].last_on, zone=self.months[0].zone)


def rated(asking: Asking, indicator: Indicator) -> Rated:
    """Measure one indicator."""
    actual, of = _MEASURED[indicator.measure](asking, indicator)
    return Rated(indicator=indicator, actual=actual, of=of)


def _in_time(asking: Asking, one: Indicator) -> Found:
    counts, kind = asking.counts(_kept, _part(one)), _KINDS[one.measure]
    in_time, late = counts[f"{kind} in time"], counts[f"{kind} late"]
    return _share(in_time, in_time + late)


def _kept(asking: Asking, part: Part) -> Counts:
    """Count by kind the promises of some tickets that were kept in time, and those that were not."""
    statement = (
        select(_CLOCKS.c.kind, many(IN_TIME).label("in_time"), many(LATE).label("late"))
        .select_from(OF_CLOCKS)
        .where(ASKED, _CLOCKS.c.kind.in_(tuple(_KINDS.values())), *part.conditions())
        .group_by(_CLOCKS.c.kind)
    )
    counts: Counter[str] = Counter()
    for row in asking.session.execute(statement, asking.values):
        counts.update({f"{row.kind} in time": row.in_time, f"{row.kind} late": row.late})
    return counts


def _of_tickets(part: str, whole: str) -> Callable[[Asking, Indicator], Found]:
    """Measure one of the counts of `_counted` as a share of another."""

    def measured(asking: Asking, one: Indicator) -> Found:
        counts = asking.counts(_counted, _part(one))
        return _share(counts[part], counts[whole])

    return measured


def _counted(asking: Asking, part: Part) -> Counts:
    statement = select(
        func.count().label("tickets"),
        func.count(_TICKETS.c.category).label("categorised"),
        many(_TICKETS.c.cycle > 1).label("reopened"),
        many(_IS_FINISHED).label("finished"),
        many(and_(_IS_FINISHED, _TICKETS.c.verified_by.is_not(None))).label("verified"),
    ).where(ASKED, *part.conditions())
    counts: Counts = asking.session.execute(statement, asking.values).one()._asdict()
    return counts


def _of_answers(read: Callable[[Satisfaction], Found]) -> Callable[[Asking, Indicator], Found]:
    def measured(asking: Asking, one: Indicator) -> Found:
        return read(asking.once(_answers, _part(one)))

    return measured


def _answers(asking: Asking, part: Part) -> Satisfaction:
    return counted(
        asking.session, desk=asking.desk.slug, start_at=asking.start_at, end_at=asking.end_at, channel=part.channel,
        category=part.category,
    )  # fmt: skip


def _public_index(asking: Asking, _: Indicator) -> Found:
    """Read the index of the period in which the span ends, as it stands now."""
    terms = asking.desk.survey.public_service if asking.desk.survey else None
    if terms is None:
        return None, 0
    last = min(asking.end_at, asking.ledger.now) - _INSTANT
    period = period_at(terms.period, last, asking.desk.calendar.tz)
    index = public_service(asking.session, desk=asking.desk.slug, period=period.key).index
    return (None if index.index is None else float(index.index)), index.answers


def _precision(asking: Asking, _: Indicator) -> Found:
    judged, right = judged_between(asking.session, asking.desk.slug, asking.start_at, asking.end_at)
    return _share(right, judged)


def _in_standard(asking: Asking, one: Indicator) -> Found:
    """Return the share of the turns with a standard that kept it, over the cases that began in the span."""
    counts = asking.counts(_turns, one.where.get(Filter.PROCEDURE))
    return _share(counts["promised"] - counts["late"], counts["promised"])


def _turns(asking: Asking, wanted: str | None) -> Counts:
    """Count the turns with a standard, of one procedure or of all, and those that did not keep it."""
    counts: Counter[str] = Counter()
    for procedure in asking.ledger.procedures:
        if wanted not in {None, procedure.id}:
            continue
        figures = procedure_figures(
            asking.session, procedure, desk=asking.desk.slug, days=asking.days, now=asking.ledger.now
        )
        for step in figures.steps:
            counts.update(promised=step.promised, late=step.late if step.promised else 0)
    return counts


def _recaps(asking: Asking, _: Indicator) -> Found:
    """Return the share of the span's months, from that of the desk's first ticket to the last that is over, of which a report lies in the archive."""
    began_at = asking.session.execute(_BEGAN, {"desk": asking.desk.slug}).scalar_one()
    if began_at is None:
        return None, 0
    owed = {str(month) for month in asking.months if not month.running and began_at < month.end_at}
    filed = asking.session.execute(_FILED_OF, {"desk": asking.desk.slug, "months": sorted(owed)})
    there = {row.month for row in filed if row.part is None} | {str(asking.ledger.in_hand)}
    return _share(len(there & owed), len(owed))


def _findings(asking: Asking, _: Indicator) -> Found:
    days = asking.days
    in_time, late = findings_in_time(
        asking.session, asking.desk.slug, days.first_on, days.last_on, now=asking.ledger.now, tz=days.tz
    )
    return _share(in_time, in_time + late)


_MEASURED: Mapping[Measure, Callable[[Asking, Indicator], Found]] = {
    **dict.fromkeys(_KINDS, _in_time),
    Measure.CATEGORISED: _of_tickets("categorised", "tickets"),
    Measure.REOPENED: _of_tickets("reopened", "tickets"),
    Measure.VERIFIED: _of_tickets("verified", "finished"),
    Measure.SATISFIED: _of_answers(lambda found: (found.satisfied, found.answered)),
    Measure.MEAN_SCORE: _of_answers(
        lambda found: (None if found.mean is None else float(found.mean), found.answered)
    ),
    Measure.RESPONSE_RATE: _of_answers(lambda found: (found.share, found.asked)),
    Measure.PUBLIC_SERVICE_INDEX: _public_index,
    Measure.MATCHER_PRECISION: _precision,
    Measure.STEPS_IN_STANDARD: _in_standard,
    Measure.RECAP_MADE: _recaps,
    Measure.FINDINGS_IN_TIME: _findings,
}


def _part(one: Indicator) -> Part:
    return Part(
        channel=one.where.get(Filter.CHANNEL), category=one.where.get(Filter.CATEGORY), team=one.where.get(Filter.TEAM)
    )  # fmt: skip


def _share(part: int, whole: int) -> Found:
    return (part / whole if whole else None), whole
