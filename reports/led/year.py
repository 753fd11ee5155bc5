"""A year of a desk as its self-evaluation tells of it: measured once, by the queries of every other report."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session

from reports.errors import BadMonthError
from reports.handed import Known
from reports.led.incidents import Availability, availability
from reports.led.media import InTime, answered_in_time
from reports.led.services import ServiceMonth, began_at, scores_by_service, service_months
from reports.measures import names_of
from reports.periods import Days, Month
from reports.procedures import ProcedureFigures, procedure_figures
from reports.satisfaction import PublicService, Satisfaction, periods, public_service, satisfaction
from reports.statistics import Statistics, statistics
from tickets import views
from tickets.desk import Desk
from tickets.evaluation import Evidence, Section
from tickets.views import FindingView, WantedFindings
from tickets.views.evaluation import WrittenText, evaluation_texts


@dataclass(frozen=True, kw_only=True)
class Year:
    """What is told of a year; of a running one, what has passed of it."""

    desk: Desk
    year: int
    days: Days  # up to today where it runs
    running: bool
    made_at: datetime
    now: Statistics
    before: Statistics  # of the year before; as many days of it where this one runs
    began_at: datetime | None  # when the desk's first request came in, in whichever year
    services_by_month: Sequence[ServiceMonth]  # of the months that have begun
    answered: Mapping[timedelta, Sequence[InTime]]  # first answers within each time that a criterion names
    available: Availability  # from the beginning of the year, or of the desk's service
    satisfaction: Satisfaction
    public: PublicService | None
    scores: Mapping[str, Decimal]  # mean by kind of service, as the register calls it
    procedures: Sequence[ProcedureFigures]
    procedures_before: Mapping[str, int]  # cases of the year before, by procedure
    findings: Sequence[FindingView]  # found in the year, or still open in it
    texts: Mapping[Section, tuple[WrittenText, ...]]
    names: Mapping[str, str]  # of people, by id
    services: Mapping[str, str]  # names of categories and procedures, as the register calls them

    def categories(self) -> Iterator[tuple[str, str]]:
        """Yield the categories that the desk has now: as the register calls each, and its name."""
        yield from ((key, name) for key, name in self.services.items() if key.startswith("category:"))


def read_year(text: str) -> int:
    """Read `2026`. Raises BadMonthError."""
    if not re.fullmatch(r"[1-9]\d{3}", text.strip(), re.ASCII) or not 1970 <= int(text) <= 9998:
        raise BadMonthError(f'"{text[:40]}" is not a year that can be reported; expected YYYY, such as 2026')
    return int(text)


def year_of(session: Session, *, desk: Desk, year: int, now: datetime, known: Known) -> Year:
    """Measure a year. Raises BadMonthError for one that has not begun."""
    zone, slug = desk.calendar.zone, desk.slug
    today = desk.calendar.day_of(now)
    if date(year, 1, 1) > today:
        raise BadMonthError(f"{year} has not begun yet; there is nothing to report")
    running = today <= date(year, 12, 31)
    last = today if running else date(year, 12, 31)
    days = Days.of(date(year, 1, 1), last, zone=zone)
    earlier = Days.of(date(year - 1, 1, 1), _a_year_before(last), zone=zone)
    names = names_of(desk, category_names=known.category_names, staff_names=known.staff_names)
    months = [Month.of(year, number, zone=zone, now=now) for number in range(1, last.month + 1)]
    began = began_at(session, slug)
    surveys = satisfaction(session, desk=slug, start_at=days.start_at, end_at=days.end_at)
    of_procedures = [
        procedure_figures(session, each, desk=slug, days=days, now=now) for each in known.procedures
    ]
    before = [procedure_figures(session, each, desk=slug, days=earlier, now=now) for each in known.procedures]
    concerned = WantedFindings(desks={slug: today}, concerns=(days.start_at, days.end_at))
    return Year(
        desk=desk, year=year, days=days, running=running, made_at=now,
        now=statistics(session, desk=slug, days=days, now=now, names=names),
        before=statistics(session, desk=slug, days=earlier, now=now, names=names),
        began_at=began, services_by_month=service_months(session, desk=slug, months=months, now=now),
        answered={
            within: answered_in_time(session, desk=slug, months=months, within=within, now=now)
            for within in _asked_for(desk)
        },
        available=availability(
            session, desk=slug, start_at=max(days.start_at, began or days.start_at), end_at=days.end_at, now=now
        ),
        satisfaction=surveys, public=_public(session, desk, year),
        scores=scores_by_service(session, surveys, desk=slug, start_at=days.start_at, end_at=days.end_at),
        procedures=of_procedures, procedures_before={each.procedure.id: each.cases for each in before},
        findings=views.findings(session, concerned, most=None), texts=evaluation_texts(session, slug, year),
        names=known.staff_names,
        services={f"category:{key}": name for key, name in known.category_names.items()}
        | {f"procedure:{each.id}": each.name for each in known.procedures},
    )  # fmt: skip


def _asked_for(desk: Desk) -> frozenset[timedelta]:
    """Return the times within which first answers are counted."""
    return frozenset(each.within for each in desk.evaluation if Evidence.ANSWERED_WITHIN in each.evidence)


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _public(session: Session, desk: Desk, year: int) -> PublicService | None:
    """Return the index of the newest period of a year."""
    found = [key for key in periods(session, desk=desk.slug) if key.startswith(str(year))]
    return public_service(session, desk=desk.slug, period=max(found)) if found else None
