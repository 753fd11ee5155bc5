"""What somebody asks to have made: a report, the closing of a month with its report, or an export."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from later import Later
from reports.errors import ReportError
from reports.exports.asked import FINDINGS, Asked
from reports.exports.filtered import Only, only_of_each
from reports.exports.lines import Whose
from reports.handed import Known
from reports.measures import names_of
from reports.part import Part
from reports.rows import Names
from tickets.desk import Desk
from tickets.search import SearchIndex

if TYPE_CHECKING:
    from reports import monthly
else:
    monthly = Later("reports.monthly")

REPORT, CLOSING = OF_MONTHS = ("report", "closing")  # which go into the archive
ANNUAL, SCORECARD, SURVEY, PUBLIC_SURVEY = MEASURED = ("annual", "scorecard", "survey", "public_survey")
LONGEST_FILTER = 1_000  # letters


@dataclass(frozen=True, kw_only=True)
class Order:
    """One file that is asked for. The report of a month has that month, others their period or days, an export its days."""

    what: str  # one of OF_MONTHS or MEASURED, or of the exports
    format: str
    language: str | None = None  # None: the desk's own
    identities: bool = False  # written out, which are masked otherwise
    month: str = ""  # 2026-10
    period: str = ""  # 2026, 2026-10, 2026-S1: of a self-evaluation, a scorecard, a survey of public services
    team: str | None = None
    category: str | None = None
    first_on: date | None = None
    last_on: date | None = None  # included
    filter: str = ""  # which tickets, as in a search
    beside: tuple[str, ...] = ()  # desks, of an export over several

    def to_data(self) -> Mapping[str, Any]:
        """Return it as a row keeps it."""
        return {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in asdict(self).items()
            if value
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Order":
        days = {key: date.fromisoformat(data[key]) for key in ("first_on", "last_on") if key in data}
        beside = {"beside": tuple(data["beside"])} if "beside" in data else {}
        return cls(**{**data, **days, **beside})

    @property
    def of_month(self) -> "monthly.Asked":
        return monthly.Asked(
            month=self.month, format=self.format, language=self.language,
            part=Part(team=self.team, category=self.category), identities=self.identities,
        )  # fmt: skip

    def of_days(self, meant: Only) -> Asked:
        """Return the export of the tickets that are meant at its own desk. Raises ReportError."""
        if self.first_on is None or self.last_on is None:
            raise ReportError("an export is of some days; say from which to which")
        return Asked(
            what=self.what, first_on=self.first_on, last_on=self.last_on, format=self.format, language=self.language,
            only=meant, identities=self.identities,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """Whose file it is, and what is known there."""

    desk: Desk
    known: Known
    now: datetime
    beside: Sequence[Whose] = ()  # of an export over several desks


def whose(session: Session, order: Order, index: SearchIndex | None, around: Surroundings) -> Sequence[Whose]:
    """Return the desks of which an export is, with the tickets that are meant of each. Raises BadFilterError."""
    every = [Whose(desk=around.desk, known=around.known), *around.beside]
    if not order.filter.strip() or order.what == FINDINGS:
        return every
    names = {each.desk.slug: _names(each.desk, each.known) for each in every}
    today = around.desk.calendar.day_of(around.now)
    text = order.filter[:LONGEST_FILTER]
    meant = only_of_each(text, session=session, whose=names, today=today, index=index)
    return [Whose(desk=each.desk, known=each.known, only=meant[each.desk.slug]) for each in every]


def _names(desk: Desk, known: Known) -> Names:
    return names_of(desk, category_names=known.category_names, staff_names=known.staff_names)
