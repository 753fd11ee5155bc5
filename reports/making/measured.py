"""The reports that are handed out and kept in no archive: the self-evaluation of a year, the scorecard, and those on surveys."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from reports.errors import BadFormatError, ReportError
from reports.led import files as year_files
from reports.led.files import write_year
from reports.led.year import read_year
from reports.making.order import ANNUAL, PUBLIC_SURVEY, SCORECARD, SURVEY, Order, Surroundings
from reports.measures import names_of
from reports.paper.logos import logo_of
from reports.periods import Days, Month
from reports.progress import Progress, Stage, Tell
from reports.scorecard import files as scorecard_files
from reports.scorecard.card import Card, month_card, year_card
from reports.scorecard.files import write_card
from reports.surveyed import files as survey_files
from reports.surveyed.files import write_public_file, write_survey_file
from reports.surveyed.measured import public_report, read_period, survey_report
from templates_replies.catalogue import Language, supported_language


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A report, and what it is made of."""

    order: Order
    around: Surroundings
    tell: Tell

    @property
    def language(self) -> Language:
        return supported_language(self.order.language or self.around.desk.language)

    @property
    def days(self) -> Days:
        """The days that are told of. Raises ReportError."""
        order = self.order
        if order.first_on is None or order.last_on is None:
            raise ReportError("a report on surveys is of some days; say from which to which")
        return Days.of(order.first_on, order.last_on, zone=self.around.desk.calendar.zone)

    @property
    def month(self) -> Month:
        """The month that is told of. Raises BadMonthError."""
        return Month.parse(self.order.period, zone=self.around.desk.calendar.zone, now=self.around.now)

    @property
    def is_of_year(self) -> bool:
        return "-" not in self.order.period


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of these reports."""

    formats: Sequence[str]
    look: Callable[[Asked], object]  # raises ReportError for days or a period that can be seen to be none
    write: Callable[[Session, Asked, Path], None]
    name: Callable[[Order, str], str]  # of the file, without its ending, by the desk's slug


def check(order: Order, around: Surroundings) -> None:
    """Raise ReportError for what can be seen to be wrong before anything is measured."""
    kind = KINDS[order.what]
    if order.format not in kind.formats:
        raise BadFormatError(order.format, tuple(kind.formats))
    kind.look(Asked(order=order, around=around, tell=lambda _: None))


def write(session: Session, order: Order, path: Path, around: Surroundings, *, tell: Tell) -> None:
    """Measure it and write it, whole or not at all; `tell` hears which of the two is being done. Raises ReportError."""
    check(order, around)
    tell(Progress(what=Stage.READING))
    KINDS[order.what].write(session, Asked(order=order, around=around, tell=tell), path)


def name_of(order: Order, desk: str) -> str:
    """Return what the file is called."""
    ending = "pdf" if order.format == survey_files.POSTER else order.format
    return f"{KINDS[order.what].name(order, desk)}.{ending}"


def trail_name(order: Order) -> str:
    """Return what the trail calls it, where both kinds of surveys are one."""
    return SURVEY if order.what == PUBLIC_SURVEY else order.what


def _write_year(session: Session, asked: Asked, path: Path) -> None:
    around = asked.around
    write_year(
        session, asked.order.period, path, format=asked.order.format, language=asked.language, desk=around.desk,
        now=around.now, known=around.known, tell=asked.tell,
    )  # fmt: skip


def _write_card(session: Session, asked: Asked, path: Path) -> None:
    desk = asked.around.desk
    card = _card(session, asked)
    asked.tell(Progress(what=Stage.WRITING))
    write_card(
        card, path, format=asked.order.format, language=asked.language, letterhead=desk.letterhead, logo=logo_of(session, desk)
    )  # fmt: skip


def _card(session: Session, asked: Asked) -> Card:
    around = asked.around
    procedures, now = around.known.procedures, around.now
    if asked.is_of_year:
        year = read_year(asked.order.period)
        return year_card(session, desk=around.desk, procedures=procedures, year=year, now=now)
    return month_card(session, desk=around.desk, procedures=procedures, month=asked.month, now=now)


def _write_survey(session: Session, asked: Asked, path: Path) -> None:
    desk, known = asked.around.desk, asked.around.known
    names = names_of(desk, category_names=known.category_names, staff_names=known.staff_names)
    found = survey_report(session, desk=desk, days=asked.days, now=asked.around.now, names=names)
    asked.tell(Progress(what=Stage.WRITING))
    write_survey_file(
        found, path, format=asked.order.format, language=asked.language, letterhead=desk.letterhead, logo=logo_of(session, desk)
    )  # fmt: skip


def _write_public(session: Session, asked: Asked, path: Path) -> None:
    desk = asked.around.desk
    found = public_report(session, desk=desk, period=asked.order.period, now=asked.around.now)
    asked.tell(Progress(what=Stage.WRITING))
    write_public_file(
        found, path, format=asked.order.format, language=asked.language, letterhead=desk.letterhead, logo=logo_of(session, desk)
    )  # fmt: skip


def _public_name(order: Order, desk: str) -> str:
    return f"{'index' if order.format == survey_files.POSTER else 'public-survey'}-{desk}-{order.period}"


KINDS: Mapping[str, Kind] = {
    ANNUAL: Kind(
        formats=year_files.FORMATS, look=lambda asked: read_year(asked.order.period), write=_write_year,
        name=lambda order, desk: f"{desk}-{order.period}",
    ),
    SCORECARD: Kind(
        formats=scorecard_files.FORMATS,
        look=lambda asked: read_year(asked.order.period) if asked.is_of_year else asked.month, write=_write_card,
        name=lambda order, desk: f"scorecard-{desk}-{order.period}",
    ),
    SURVEY: Kind(
        formats=survey_files.FORMATS, look=lambda asked: asked.days, write=_write_survey,
        name=lambda order, desk: f"survey-{desk}-{order.first_on}-{order.last_on}",
    ),
    PUBLIC_SURVEY: Kind(
        formats=survey_files.PUBLIC_FORMATS,
        look=lambda asked: read_period(asked.order.period, asked.around.desk, asked.around.now), write=_write_public,
        name=_public_name,
    ),
}  # fmt: skip
