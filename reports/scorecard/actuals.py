"""What an indicator's measure comes to in a span: counted in the database, by the definitions of docs/reports.md."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import Session

from procedures.definition.procedure import Procedure
from reports.filed.tables import FiledReport
from reports.indicators import IN_TIME, LATE, many
from reports.measures import FINISHED
from reports.part import Part
from reports.periods import Days
from reports.procedures import procedure_figures
from reports.satisfaction import Satisfaction, public_service, satisfaction
from reports.statistics import ASKED, OF_CLOCKS
from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION
from tickets.desk import Desk
from tickets.scorecard import Filter, Indicator, Measure, Rated
from tickets.survey import period_at
from tickets.tables import Clock, Ticket
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
Found = tuple[float | None, int]  # the figure, and how many it rests on


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A desk, a span `start_at <= at < end_at`, and what is needed to measure it."""

    session: Session
    desk: Desk
    procedures: Sequence[Procedure]
    start_at: datetime
    end_at: datetime
    now: datetime
    asked: dict[tuple[object, Part], Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, ask: Callable[["Asking", Part], T], part: Part) -> T:
        """Ask the ledger about a part of the tickets, unless an indicator before has."""
        if (ask, part) not in self.asked:
            self.asked[ask, part] = ask(self, part)
        found: T = self.asked[ask, part]
        return found

    @property
    def values(self) -> dict[str, Any]:
        """Return the parameters of the statements."""
        return {"desk": self.desk.slug, "start_at": self.start_at, "end_at": self.end_at, "now": self.now}

    @property
    def days(self) -> Days:
        tz = self.desk.calendar.tz
        first, last = (at.astimezone(tz).date() for at in (self.start_at, self.end_at - _INSTANT))
        return Days.of(first, last, zone=self.desk.calendar.zone)


def rated(asking: Asking, indicator: Indicator) -> Rated:
    """Measure one indicator."""
    actual, of = _MEASURED[indicator.measure](asking, indicator)
    return Rated(indicator=indicator, actual=actual, of=of)


def _in_time(asking: Asking, one: Indicator) -> Found:
    in_time, late = asking.once(_kept, _part(one)).get(_KINDS[one.measure], (0, 0))
    return _share(in_time, in_time + late)


def _kept(asking: Asking, part: Part) -> Mapping[str, tuple[int, int]]:
    """Return by kind how many promises of some tickets were kept in time, and how many were not."""
    statement = (
        select(_CLOCKS.c.kind, many(IN_TIME).label("in_time"), many(LATE).label("late"))
        .select_from(OF_CLOCKS)
        .where(ASKED, _CLOCKS.c.kind.in_(tuple(_KINDS.values())), *part.conditions())
        .group_by(_CLOCKS.c.kind)
    )
    rows = asking.session.execute(statement, asking.values)
    return {row.kind: (row.in_time, row.late) for row in rows}


def _of_tickets(part: str, whole: str) -> Callable[[Asking, Indicator], Found]:
    """Measure one of the counts of `_counted` as a share of another."""

    def measured(asking: Asking, one: Indicator) -> Found:
        counts = asking.once(_counted, _part(one))
        return _share(counts[part], counts[whole])

    return measured


def _counted(asking: Asking, part: Part) -> Mapping[str, int]:
    statement = select(
        func.count().label("tickets"),
        func.count(_TICKETS.c.category).label("categorised"),
        many(_TICKETS.c.cycle > 1).label("reopened"),
        many(_IS_FINISHED).label("finished"),
        many(and_(_IS_FINISHED, _TICKETS.c.verified_by.is_not(None))).label("verified"),
    ).where(ASKED, *part.conditions())
    counts: dict[str, int] = asking.session.execute(statement, asking.values).one()._asdict()
    return counts


def _of_answers(read: Callable[[Satisfaction], Found]) -> Callable[[Asking, Indicator], Found]:
    def measured(asking: Asking, one: Indicator) -> Found:
        found = satisfaction(
            asking.session, desk=asking.desk.slug, start_at=asking.start_at, end_at=asking.end_at,
            channel=one.where.get(Filter.CHANNEL), category=one.where.get(Filter.CATEGORY),
        )  # fmt: skip
        return read(found)

    return measured


def _public_index(asking: Asking, _: Indicator) -> Found:
    """Read the index of the period in which the span ends, as it stands now."""
    terms = asking.desk.survey.public_service if asking.desk.survey else None
    if terms is None:
        return None, 0
    last = min(asking.end_at, asking.now) - _INSTANT
    period = period_at(terms.period, last, asking.desk.calendar.tz)
    index = public_service(asking.session, desk=asking.desk.slug, period=period.key).index
    return (None if index.index is None else float(index.index)), index.answers


def _precision(asking: Asking, _: Indicator) -> Found:
    judged, right = judged_between(asking.session, asking.desk.slug, asking.start_at, asking.end_at)
    return _share(right, judged)


def _in_standard(asking: Asking, one: Indicator) -> Found:
    """Return the share of the turns with a standard that kept it, over the cases that began in the span."""
    wanted = one.where.get(Filter.PROCEDURE)
    promised = late = 0
    for procedure in asking.procedures:
        if wanted not in {None, procedure.id}:
            continue
        figures = procedure_figures(
            asking.session, procedure, desk=asking.desk.slug, days=asking.days, now=asking.now
        )
        for step in figures.steps:
            promised += step.promised
            late += step.late if step.promised else 0
    return _share(promised - late, promised)


def _recaps(asking: Asking, _: Indicator) -> Found:
    """Return the share of the span's months, from that of the desk's first ticket to the last that is over, of which a report lies in the archive."""
    began_at = asking.session.execute(_BEGAN, {"desk": asking.desk.slug}).scalar_one()
    if began_at is None:
        return None, 0
    days = asking.days
    first, running = (f"{at.astimezone(days.tz):%Y-%m}" for at in (began_at, asking.now))
    months = {month for day in days.each(days.last_on) if first <= (month := f"{day:%Y-%m}") < running}
    filed = asking.session.execute(_FILED_OF, {"desk": asking.desk.slug, "months": sorted(months)})
    return _share(len({row.month for row in filed if row.part is None}), len(months))


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
}


def _part(one: Indicator) -> Part:
    return Part(
        channel=one.where.get(Filter.CHANNEL), category=one.where.get(Filter.CATEGORY), team=one.where.get(Filter.TEAM)
    )  # fmt: skip


def _share(part: int, whole: int) -> Found:
    return (part / whole if whole else None), whole
