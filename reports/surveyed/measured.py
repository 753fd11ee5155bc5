"""What a report on surveys is made of: months, channels, categories and people, low scores, comments, and the public survey."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from reports.counted import COUNTED
from reports.errors import BadPeriodError
from reports.periods import Days
from reports.rows import Names
from reports.satisfaction import (
    PublicService,
    Satisfaction,
    SurveyRow,
    public_measured,
    public_service,
    satisfaction,
    summed,
)
from reports.surveyed.samples import sample_of
from templates_replies.public_survey import EDUCATIONS, OCCUPATIONS, SEXES
from tickets.desk import Desk
from tickets.survey import Period, a_year_before, period_of
from tickets.tables import SurveyInvitation, Ticket

FEW = 5  # answers; of a person with fewer nothing is told but that they are few
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_INVITATIONS = SurveyInvitation.__table__  # type: ignore[attr-defined]
_AGES = {
    "<20": 20,
    "20–29": 30,
    "30–39": 40,
    "40–49": 50,
    "50–59": 60,
    "60+": 1_000,
}  # band → the first age beyond it
# What is known of who answered, with its values in the order of the questionnaire.
_VALUES: Mapping[str, Sequence[str]] = {
    "sex": tuple(SEXES), "age": tuple(_AGES), "education": tuple(EDUCATIONS), "occupation": tuple(OCCUPATIONS)
}  # fmt: skip
_SERVED = select(func.count(func.distinct(_TICKETS.c.contact))).where(
    _TICKETS.c.desk == bindparam("desk"), _TICKETS.c.created_at >= bindparam("start_at"),
    _TICKETS.c.created_at < bindparam("end_at"), COUNTED,
)  # fmt: skip
_ANSWERED = (
    select(
        _INVITATIONS.c.marks, _INVITATIONS.c.answered_at, _INVITATIONS.c.remark, _INVITATIONS.c.id,
        *(_INVITATIONS.c[trait] for trait in _VALUES),
    )
    .where(_INVITATIONS.c.desk == bindparam("desk"), _INVITATIONS.c.period == bindparam("period"))
    .order_by(_INVITATIONS.c.id)
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a table: a month, a channel, a category, a person."""

    name: str | None  # None: no category, nobody
    found: Satisfaction
    is_few: bool = False  # too few answers to tell of a person


@dataclass(frozen=True, kw_only=True)
class SurveyReport:
    """The questions after closing of some days, told as they stand now."""

    desk: str
    desk_name: str
    days: Days
    made_at: datetime
    all: Satisfaction
    year_before: Satisfaction  # of the same days a year before
    months: tuple[tuple[date, Satisfaction], ...]  # by the first day of each, oldest first
    channels: tuple[Line, ...]  # those with most answers first
    categories: tuple[Line, ...]
    agents: tuple[Line, ...]
    names: Names

    @property
    def low(self) -> tuple[SurveyRow, ...]:
        return tuple(row for row in self.all.answers if row.is_low)

    @property
    def comments(self) -> tuple[SurveyRow, ...]:
        """Return the answers with words that are not low, the newest first."""
        return tuple(row for row in self.all.answers if row.remark and not row.is_low)


@dataclass(frozen=True, kw_only=True)
class PublicReport:
    """The survey of public services of a period."""

    desk: str
    desk_name: str
    period: Period
    zone: str
    made_at: datetime
    public: PublicService
    year_before: PublicService  # of the same period
    served: int  # contacts whose tickets came in within the period: the population
    respondents: Mapping[str, Mapping[str | None, int]]  # trait → value → complete answers; None: not said

    @property
    def needed(self) -> int:
        """Return how many answers the table of samples asks for."""
        return sample_of(self.served)

    def in_order(self, trait: str) -> Sequence[tuple[str | None, int]]:
        """Return the values of a trait as tables have them, with how many said each; who said nothing last."""
        values = self.respondents[trait]
        return [(value, values[value]) for value in (*_VALUES[trait], None) if values.get(value)]

    @property
    def running(self) -> bool:
        return self.made_at < self.period.end_at

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def last_at(self) -> datetime:
        """Return the last instant of the period, or of what has passed of it."""
        return min(self.period.end_at - timedelta(microseconds=1), self.made_at)


def survey_report(session: Session, *, desk: Desk, days: Days, now: datetime, names: Names) -> SurveyReport:
    """Measure the questions asked in some days."""
    found, year_before = (
        satisfaction(session, desk=desk.slug, start_at=each.start_at, end_at=each.end_at)
        for each in (days, days.year_before)
    )
    return SurveyReport(
        desk=desk.slug,
        desk_name=desk.name,
        days=days,
        made_at=now,
        all=found,
        year_before=year_before,
        months=tuple(_months(found, days)),
        channels=_lines(found, lambda row: row.channel, lambda key: key),
        categories=_lines(found, lambda row: row.category, names.category),
        agents=_lines(found, lambda row: row.assignee, names.person, few=FEW),
        names=names,
    )


def public_report(session: Session, *, desk: Desk, period: str, now: datetime) -> PublicReport:
    """Measure a period of the survey of public services: `2026`, `2026-S1`, `2026-Q3`. Raises BadPeriodError."""
    asked = read_period(period, desk, now)
    return _public_report(session, desk, asked, now)


def read_period(key: str, desk: Desk, now: datetime) -> Period:
    """Read a period of the survey of public services. Raises BadPeriodError for one that is none, or has not begun."""
    try:
        period = period_of(key, desk.calendar.tz)
    except ValueError as error:
        raise BadPeriodError(f'"{key[:40]}": {error}') from error
    if period.start_at > now:
        raise BadPeriodError(f"{key} has not begun yet; there is nothing to report")
    return period


def _public_report(session: Session, desk: Desk, period: Period, now: datetime) -> PublicReport:
    rows = session.execute(_ANSWERED, {"desk": desk.slug, "period": period.key}).all()
    span = {"desk": desk.slug, "start_at": period.start_at, "end_at": period.end_at}
    return PublicReport(
        desk=desk.slug,
        desk_name=desk.name,
        period=period,
        zone=desk.calendar.zone,
        made_at=now,
        public=public_measured(rows, period=period.key),
        year_before=public_service(session, desk=desk.slug, period=a_year_before(period.key)),
        served=session.execute(_SERVED, span).scalar_one(),
        respondents=_respondents([row for row in rows if row.answered_at is not None]),
    )


def age_band(age: int) -> str:
    """Return the band of an age, as tables have it: `20–29`, `60+`."""
    return next(band for band, beyond in _AGES.items() if age < beyond)


def _months(found: Satisfaction, days: Days) -> Iterable[tuple[date, Satisfaction]]:
    of_month: dict[date, list[SurveyRow]] = {}
    day = days.first_on.replace(day=1)
    while day <= days.last_on:
        of_month[day] = []
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    for row in found.rows:
        of_month[row.asked_at.astimezone(days.tz).date().replace(day=1)].append(row)
    return ((month, summed(rows, scale=found.scale)) for month, rows in of_month.items())


def _lines(
    found: Satisfaction, key: Callable[[SurveyRow], str | None], name: Callable[[str | None], str | None], *, few: int = 0
) -> tuple[Line, ...]:  # fmt: skip
    parts: dict[str | None, list[SurveyRow]] = {}
    for row in found.rows:
        parts.setdefault(key(row), []).append(row)
    lines = [
        Line(name=name(one), found=part, is_few=part.answered < few)
        for one, rows in parts.items()
        for part in (summed(rows, scale=found.scale),)
    ]
    return tuple(sorted(lines, key=lambda line: (-line.found.answered, line.name is None, line.name or "")))


def _respondents(rows: Sequence[Any]) -> Mapping[str, Mapping[str | None, int]]:
    said: dict[str, Mapping[str | None, int]] = {}
    for trait in _VALUES:
        values = [getattr(row, trait) for row in rows]
        if trait == "age":
            values = [None if value is None else age_band(value) for value in values]
        said[trait] = Counter(values)
    return said
