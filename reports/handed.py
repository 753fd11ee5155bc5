"""A month as it is handed on: its report, and what stands beside it (earlier months, the procedures), in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlmodel import Session

from procedures.definition.procedure import Procedure
from reports.broken_steps import Steps, steps_of
from reports.filed.closing import Corrections, corrections
from reports.helper import Answers
from reports.labels import Language
from reports.measures import MonthReport, month_report, names_of
from reports.part import WHOLE, Part
from reports.periods import Days, Month
from reports.procedures import ProcedureFigures, procedure_figures
from reports.progress import Progress, Stage, Tell, unheard
from reports.rows import Names
from reports.satisfaction import Satisfaction, answered
from reports.statistics import Statistics, statistics
from reports.taking import UNUSED, Use
from tickets.desk import Desk

_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known beside the ledger's rows: what the ids in them are called, and the desk's procedures."""

    category_names: Mapping[str, str]
    staff_names: Mapping[str, str]
    procedures: Sequence[Procedure] = ()


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What every form of the monthly report is made of."""

    report: MonthReport
    desk: Desk
    language: Language
    before: Statistics  # of the month before, the same part of its tickets
    year_before: Statistics  # of the same month a year before
    surveys: tuple[Satisfaction, Satisfaction] | None  # of the month before and a year before; None of a part
    known: Known
    procedures: tuple[ProcedureFigures, ...]  # of which a case began in the month; none of a part of it
    steps: Steps = field(default_factory=dict)  # of procedures, whose time ran out
    corrections: Corrections | None = None  # since the month was closed; None where it is not, or of a part

    @property
    def gone(self) -> tuple[str, ...]:
        """Months among those that are told of or compared of which rows went whole."""
        return (*self.report.gone, *self.before.gone, *self.year_before.gone)


def handed(
    session: Session, answers: Answers, *, desk: Desk, month: Month, now: datetime, known: Known, part: Part = WHOLE,
    language: Language | None = None, identities: bool = False, use: Use = UNUSED, tell: Tell = unheard,
) -> Handed:  # fmt: skip
    """Measure a month with all that is told of it; in the desk's own language where none is asked for.

    A running month is compared with as many days of the earlier ones. `use` gets the rows of its tickets as they are measured;
    what needs none of them is asked of whoever answers meanwhile.
    """
    names = names_of(desk, category_names=known.category_names, staff_names=known.staff_names)
    before, year_before = (
        answers.ask(partial(_earlier, desk=desk, month=month, names=names, months=months, part=part, now=now))
        for months in (1, _YEAR)
    )
    beside = (
        answers.ask(partial(_beside, desk=desk, month=month, procedures=known.procedures, now=now))
        if part.is_whole
        else None
    )
    report = month_report(
        session, desk=desk, month=month, now=now, category_names=known.category_names, staff_names=known.staff_names,
        part=part, identities=identities, use=use, tell=tell, answers=answers,
    )  # fmt: skip
    tell(Progress(what=Stage.LOOKING_UP))
    surveys, procedures = (None, ()) if beside is None else beside.result()
    return Handed(
        report=report, desk=desk, language=language or desk.language, before=before.result(),
        year_before=year_before.result(), surveys=surveys, known=known, procedures=procedures,
        steps=steps_of(session, (each.promise for each in report.breaches), known.procedures),
        corrections=corrections(session, report),
    )  # fmt: skip


def _earlier(
    session: Session, *, desk: Desk, month: Month, names: Names, months: int, part: Part, now: datetime
) -> Statistics:
    days = month.earlier(months, now=now)
    return statistics(session, desk=desk.slug, days=days, now=now, names=names, part=part)


def _beside(
    session: Session, *, desk: Desk, month: Month, procedures: Sequence[Procedure], now: datetime
) -> tuple[tuple[Satisfaction, Satisfaction], tuple[ProcedureFigures, ...]]:
    """Look up what is told of the whole desk alone: earlier answers to the survey, and its procedures."""
    before, year_before = (_asked(session, desk, month.earlier(months, now=now)) for months in (1, _YEAR))
    days = Days.of(month.first_on, month.last_on, zone=month.zone)
    found = (procedure_figures(session, each, desk=desk.slug, days=days, now=now) for each in procedures)
    return (before, year_before), tuple(each for each in found if each.cases)


def _asked(session: Session, desk: Desk, days: Days) -> Satisfaction:
    return answered(session, desk=desk.slug, start_at=days.start_at, end_at=days.end_at)
