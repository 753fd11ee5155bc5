"""The monthly report as a file: what the command line and the console ask for."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlmodel import Session

from reports.errors import BadFormatError, UnknownPartError
from reports.explained import MOST, explained
from reports.files import replacing
from reports.findings.facts import Facts, facts_of
from reports.handed import Handed, Known, handed
from reports.helper import Answer, Answers, Here
from reports.labels import Language
from reports.month_paper.sheets import write_pdf
from reports.months import months_until
from reports.part import WHOLE, Part
from reports.periods import Month
from reports.progress import Progress, Stage, Tell, unheard
from reports.scorecard.card import Card, recap_card
from reports.taking import UNUSED, Use
from reports.ticket_lines import TicketLines
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
    answers: Answers
    asked: Asked
    month: Month
    desk: Desk
    now: datetime
    known: Known
    tell: Tell

    @property
    def language(self) -> Language:
        return self.asked.language or self.desk.language

    def measured(self, use: Use = UNUSED) -> Handed:
        """Measure the month, whose rows `use` writes as they come."""
        asked = self.asked
        found = handed(
            self.session, self.answers, desk=self.desk, month=self.month, now=self.now, known=self.known, part=asked.part,
            language=asked.language, identities=asked.identities, use=use, tell=self.tell,
        )  # fmt: skip
        self.tell(Progress(what=Stage.WRITING))
        return found

    def card(self) -> Answer[Card | None]:
        """Have the month's scorecard looked up."""
        return self.answers.ask(
            partial(
                recap_card, desk=self.desk, procedures=self.known.procedures, month=self.month, part=self.asked.part,
                now=self.now,
            )
        )  # fmt: skip

    def facts(self) -> Facts:
        """Measure the month, and look up what its figures do not say."""
        months = self.answers.ask(
            partial(months_until, desk=self.desk.slug, month=self.month, now=self.now, part=self.asked.part)
        )
        return facts_of(self.session, self.measured(), months=months.result())


def _xlsx(making: _Making, path: Path) -> Handed:
    language, card = making.language, making.card()
    with month_book(path, desk=making.desk, month=making.month, language=language, at=making.now) as book:
        found = making.measured(book.tickets)
        why = making.answers.ask(
            partial(
                explained,
                breaches=found.report.breaches[:MOST],
                names=found.report.names,
                language=language,
                now=making.now,
            )
        )
        book.write(found, why=why.result(), card=card.result())
    return found


def _pdf(making: _Making, path: Path) -> Handed:
    card, facts = making.card(), making.facts()
    write_pdf(making.session, facts, card.result(), path)
    return facts.month


def _lines(form: str, making: _Making, path: Path) -> Handed:
    with tempfile.TemporaryDirectory(prefix="tanggap-report-") as folder, path.open("wb") as file:
        lines = TicketLines(form, Path(folder), tz=making.month.tz)
        found = making.measured(lines)
        lines.pour(file)
    return found


# How each form is written, to a path that is moved into its place once it is whole.
_WRITERS: Mapping[str, Callable[[_Making, Path], Handed]] = {
    "xlsx": _xlsx,
    "pdf": _pdf,
    "csv": partial(_lines, "csv"),
    "jsonl": partial(_lines, "jsonl"),
}
FORMATS = tuple(_WRITERS)


def write_month(
    session: Session, asked: Asked, path: Path, *, desk: Desk, now: datetime, known: Known, tell: Tell = unheard,
    helper: Answers | None = None,
) -> Handed:  # fmt: skip
    """Write a desk's month to a file, whole or not at all, and return what it says; `tell` hears how far it has come.

    A `helper` looks up what can be looked up beside the rows, and takes its share of them.

    Raises ReportError: no month, one to come, no such format, no such team or category, a path that cannot be written.
    """
    if asked.format not in FORMATS:
        raise BadFormatError(asked.format, FORMATS)
    with replacing(path) as part:  # a path that cannot be written is told before anything is measured
        making = _making(session, asked, desk=desk, now=now, known=known, tell=tell, helper=helper)
        return _WRITERS[asked.format](making, part)


def facts_of_month(
    session: Session, asked: Asked, *, desk: Desk, now: datetime, known: Known, helper: Answers | None = None
) -> Facts:  # fmt: skip
    """Measure what is asked for. Raises ReportError: no month, one to come, no such team or category."""
    return _making(session, asked, desk=desk, now=now, known=known, tell=unheard, helper=helper).facts()


def _making(
    session: Session, asked: Asked, *, desk: Desk, now: datetime, known: Known, tell: Tell, helper: Answers | None = None
) -> _Making:  # fmt: skip
    month = month_of(asked, desk=desk, now=now, known=known)
    return _Making(
        session=session, answers=helper or Here(session), asked=asked, month=month, desk=desk, now=now, known=known, tell=tell
    )  # fmt: skip


def check(asked: Asked, *, desk: Desk, now: datetime, known: Known) -> None:
    """Raise ReportError: no such format, no month, one to come, no such team or category."""
    if asked.format not in FORMATS:
        raise BadFormatError(asked.format, FORMATS)
    month_of(asked, desk=desk, now=now, known=known)


def month_of(asked: Asked, *, desk: Desk, now: datetime, known: Known) -> Month:
    """Return the month that is asked for. Raises ReportError: no month, one to come, no such team or category."""
    month = Month.parse(asked.month, zone=desk.calendar.zone, now=now)
    _check(asked.part, desk, known)
    return month


def _check(part: Part, desk: Desk, known: Known) -> None:
    teams = [team.id for team in desk.teams]
    for what, given, there in (("team", part.team, teams), ("category", part.category, known.category_names)):
        if given is not None and given not in there:
            raise UnknownPartError(what, given, there)
