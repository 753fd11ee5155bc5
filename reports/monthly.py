"""The monthly report as a file: what the command line and the console ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from sqlmodel import Session

from reports.errors import BadFormatError, UnknownPartError
from reports.explained import explained
from reports.files import replacing
from reports.handed import Handed, Known, handed
from reports.labels import Language
from reports.month_paper.sheets import write_pdf
from reports.part import WHOLE, Part
from reports.periods import Month
from reports.progress import Progress, Stage, Tell, unheard
from reports.scorecard.card import card_of
from reports.table import write_csv, write_json_lines
from reports.workbook import write_workbook
from tickets.desk import Desk


def _xlsx(session: Session, month: Handed, path: Path) -> None:
    write_workbook(month, path, why=explained(session, month), card=card_of(session, month))


def _csv(_session: Session, month: Handed, path: Path) -> None:
    with _text(path) as file:
        write_csv(month.report.rows, file, tz=month.report.month.tz)


def _json_lines(_session: Session, month: Handed, path: Path) -> None:
    with _text(path) as file:
        write_json_lines(month.report.rows, file, tz=month.report.month.tz)


def _text(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


# How each form is written, to a path that is moved into its place once it is whole.
_WRITERS: Mapping[str, Callable[[Session, Handed, Path], None]] = {
    "xlsx": _xlsx,
    "pdf": write_pdf,
    "csv": _csv,
    "jsonl": _json_lines,
}
FORMATS = tuple(_WRITERS)
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which report of which month is asked for."""

    month: str  # 2026-10
    format: str = "xlsx"
    language: Language | None = None  # None: the desk's own
    part: Part = WHOLE
    identities: bool = False  # written out, which are masked otherwise


def write_month(
    session: Session, asked: Asked, path: Path, *, desk: Desk, now: datetime, known: Known, tell: Tell = unheard
) -> Handed:  # fmt: skip
    """Write a desk's month to a file, whole or not at all, and return what it says; `tell` hears how far it has come.

    Raises ReportError: no month, one to come, no such format, no such team or category, a path that cannot be written.
    """
    if asked.format not in FORMATS:
        raise BadFormatError(asked.format, FORMATS)
    with replacing(path) as part:  # a path that cannot be written is told before anything is measured
        found = handed_month(session, asked, desk=desk, now=now, known=known, tell=tell)
        tell(Progress(what=Stage.WRITING))
        session.rollback()  # a large file takes longer to write than the database lets a question stay open
        _WRITERS[asked.format](session, found, part)
    return found


def handed_month(
    session: Session, asked: Asked, *, desk: Desk, now: datetime, known: Known, tell: Tell = unheard
) -> Handed:
    """Measure what is asked for. Raises ReportError: no month, one to come, no such team or category."""
    month = Month.parse(asked.month, zone=desk.calendar.zone, now=now)
    _check(asked.part, desk, known)
    return handed(
        session, desk=desk, month=month, now=now, known=known, part=asked.part, language=asked.language,
        identities=asked.identities, tell=tell,
    )  # fmt: skip


def check(asked: Asked, *, desk: Desk, now: datetime, known: Known) -> None:
    """Raise ReportError: no such format, no month, one to come, no such team or category."""
    if asked.format not in FORMATS:
        raise BadFormatError(asked.format, FORMATS)
    Month.parse(asked.month, zone=desk.calendar.zone, now=now)
    _check(asked.part, desk, known)


def _check(part: Part, desk: Desk, known: Known) -> None:
    teams = [team.id for team in desk.teams]
    for what, given, there in (("team", part.team, teams), ("category", part.category, known.category_names)):
        if given is not None and given not in there:
            raise UnknownPartError(what, given, there)
