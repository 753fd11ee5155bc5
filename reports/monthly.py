"""The monthly report as a file: what the command line and the console ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlmodel import Session

from reports.errors import BadFormatError, UnknownPartError
from reports.explained import explained
from reports.files import replacing
from reports.handed import Handed, Known, handed
from reports.labels import Language
from reports.measures import Use, unused
from reports.month_paper.sheets import write_pdf
from reports.part import WHOLE, Part
from reports.periods import Month
from reports.progress import Progress, Stage, Tell, unheard
from reports.scorecard.card import card_of
from reports.table import write_csv, write_json_lines
from reports.workbook import month_book
from tickets.desk import Desk


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which report of which month is asked for."""

    month: str  # 2026-10
    format: str = "xlsx"
    language: Language | None = None  # None: the desk's own
    part: Part = WHOLE
    identities: bool = False  # written out, which are masked otherwise


@dataclass(frozen=True, kw_only=True)
class _Making:
    """A report that is being made."""

    session: Session
    asked: Asked
    month: Month
    desk: Desk
    now: datetime
    known: Known
    tell: Tell

    @property
    def language(self) -> Language:
        return self.asked.language or self.desk.language

    def measured(self, use: Use = unused) -> Handed:
        """Measure the month, whose rows `use` writes as they come."""
        asked = self.asked
        found = handed(
            self.session, desk=self.desk, month=self.month, now=self.now, known=self.known, part=asked.part,
            language=asked.language, identities=asked.identities, use=use, tell=self.tell,
        )  # fmt: skip
        self.tell(Progress(what=Stage.WRITING))
        return found


def _xlsx(making: _Making, path: Path) -> Handed:
    language = making.language
    with month_book(path, desk=making.desk, month=making.month, language=language, at=making.now) as book:
        found = making.measured(book.take)
        why, card = explained(making.session, found), card_of(making.session, found)
        making.session.rollback()  # a large file takes longer to write than the database lets a question stay open
        book.write(found, why=why, card=card)
    return found


def _pdf(making: _Making, path: Path) -> Handed:
    found = making.measured()
    write_pdf(making.session, found, path)
    return found


def _lines(write: Callable[..., int], making: _Making, path: Path) -> Handed:
    with path.open("w", encoding="utf-8", newline="") as file:
        return making.measured(partial(write, file=file, tz=making.month.tz))


# How each form is written, to a path that is moved into its place once it is whole.
_WRITERS: Mapping[str, Callable[[_Making, Path], Handed]] = {
    "xlsx": _xlsx,
    "pdf": _pdf,
    "csv": partial(_lines, write_csv),
    "jsonl": partial(_lines, write_json_lines),
}
FORMATS = tuple(_WRITERS)
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
}


def write_month(
    session: Session, asked: Asked, path: Path, *, desk: Desk, now: datetime, known: Known, tell: Tell = unheard
) -> Handed:  # fmt: skip
    """Write a desk's month to a file, whole or not at all, and return what it says; `tell` hears how far it has come.

    Raises ReportError: no month, one to come, no such format, no such team or category, a path that cannot be written.
    """
    if asked.format not in FORMATS:
        raise BadFormatError(asked.format, FORMATS)
    with replacing(path) as part:  # a path that cannot be written is told before anything is measured
        making = _making(session, asked, desk=desk, now=now, known=known, tell=tell)
        return _WRITERS[asked.format](making, part)


def handed_month(session: Session, asked: Asked, *, desk: Desk, now: datetime, known: Known) -> Handed:
    """Measure what is asked for. Raises ReportError: no month, one to come, no such team or category."""
    return _making(session, asked, desk=desk, now=now, known=known, tell=unheard).measured()


def _making(
    session: Session, asked: Asked, *, desk: Desk, now: datetime, known: Known, tell: Tell
) -> _Making:
    month = Month.parse(asked.month, zone=desk.calendar.zone, now=now)
    _check(asked.part, desk, known)
    return _Making(session=session, asked=asked, month=month, desk=desk, now=now, known=known, tell=tell)


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
