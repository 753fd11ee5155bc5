"""Every kind of service over a year: requests by category and cases by procedure, month by month, and how procedures were rated."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from reports.figures import FINISHED
from reports.indicators import IN_TIME, LATE, many
from reports.months import Kept
from reports.periods import Month
from reports.satisfaction import Satisfaction
from reports.statistics import ASKED, OF_CLOCKS
from reports.turns import BEGUN, CASES
from tickets.clocks import RESOLUTION
from tickets.tables import AskedSurvey, Clock, Ticket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_SURVEYS = AskedSurvey.__table__  # type: ignore[attr-defined]
_IS_FINISHED = _TICKETS.c.status.in_([str(status) for status in FINISHED])
_REQUESTS = (
    select(_TICKETS.c.category, func.count().label("tickets"), many(_IS_FINISHED).label("finished"))
    .where(ASKED)
    .group_by(_TICKETS.c.category)
)
_KEPT = (
    select(_TICKETS.c.category, many(IN_TIME).label("in_time"), many(LATE).label("late"))
    .select_from(OF_CLOCKS)
    .where(ASKED, _CLOCKS.c.kind == RESOLUTION)
    .group_by(_TICKETS.c.category)
)
_CASES = select(CASES.c.procedure, func.count().label("cases")).where(BEGUN).group_by(CASES.c.procedure)
_RATED = select(CASES.c.ticket, CASES.c.procedure).where(
    CASES.c.desk == bindparam("desk"),
    CASES.c.ticket.in_(
        select(_SURVEYS.c.ticket).where(
            _SURVEYS.c.desk == bindparam("desk"), _SURVEYS.c.score.is_not(None),
            _SURVEYS.c.asked_at >= bindparam("start_at"), _SURVEYS.c.asked_at < bindparam("end_at"),
        )
    ),
)  # fmt: skip
_BEGAN = select(func.min(_TICKETS.c.created_at)).where(_TICKETS.c.desk == bindparam("desk"))
_CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Served:
    """The requests of one kind in one month."""

    tickets: int
    finished: int
    solved: Kept  # promises of a solution


@dataclass(frozen=True, kw_only=True)
class ServiceMonth:
    """A month of every kind of service that was asked for in it."""

    month: Month
    categories: Mapping[str | None, Served]  # None: without a category
    cases: Mapping[str, int]  # that began, by procedure

    @property
    def tickets(self) -> int:
        return self.all().tickets

    @property
    def finished(self) -> int:
        return self.all().finished

    def all(self) -> Served:
        every = self.categories.values()
        return Served(
            tickets=sum(each.tickets for each in every), finished=sum(each.finished for each in every),
            solved=Kept(in_time=sum(each.solved.in_time for each in every), late=sum(each.solved.late for each in every)),
        )  # fmt: skip

    def tickets_of(self, category: str | None) -> int:
        found = self.categories.get(category)
        return found.tickets if found else 0


def service_months(
    session: Session, *, desk: str, months: Sequence[Month], now: datetime
) -> Sequence[ServiceMonth]:
    """Count each month by itself, as it stands now."""
    return [
        _counted(
            session, month, {"desk": desk, "start_at": month.start_at, "end_at": month.end_at, "now": now}
        )
        for month in months
    ]


def _counted(session: Session, month: Month, asked: Mapping[str, Any]) -> ServiceMonth:
    kept = {
        row.category: Kept(in_time=row.in_time, late=row.late) for row in session.execute(_KEPT, asked)
    }  # fmt: skip
    categories = {
        row.category: Served(
            tickets=row.tickets, finished=row.finished, solved=kept.get(row.category, Kept(in_time=0, late=0))
        )
        for row in session.execute(_REQUESTS, asked)
    }
    cases = {row.procedure: row.cases for row in session.execute(_CASES, asked)}
    return ServiceMonth(month=month, categories=categories, cases=cases)


def scores_by_service(
    session: Session, found: Satisfaction, *, desk: str, start_at: datetime, end_at: datetime
) -> Mapping[str, Decimal]:
    """Return the mean of the scores by kind of service, as the register of findings calls it."""
    given: defaultdict[str, list[int]] = defaultdict(list)
    of_tickets: defaultdict[int, set[str]] = defaultdict(set)
    for row in session.execute(_RATED, {"desk": desk, "start_at": start_at, "end_at": end_at}):
        of_tickets[row.ticket].add(f"procedure:{row.procedure}")
    for answer in found.rows:
        if answer.score is not None:
            for service in {f"category:{answer.category}", *of_tickets[answer.ticket]}:
                given[service].append(answer.score)
    return {
        service: (Decimal(sum(scores)) / len(scores)).quantize(_CENT) for service, scores in given.items()
    }


def began_at(session: Session, desk: str) -> datetime | None:
    """Return when the first request of a desk came in; None where none has."""
    found: datetime | None = session.execute(_BEGAN, {"desk": desk}).scalar_one()
    return found
