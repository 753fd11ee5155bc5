"""The monthly report as a file: what the command line and the console ask for."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlmodel import Session

from reports.aside import Aside, aside
from reports.errors import BadFormatError, UnknownPartError
from reports.explained import explained
from reports.files import replacing
from reports.findings.facts import Facts, facts_of
from reports.handed import Handed, Known, handed
from reports.helper import Helper
from reports.labels import Language
from reports.measures import Use, unused
from reports.month_paper.sheets import write_pdf
from reports.months import months_until
from reports.part import WHOLE, Part
from reports.periods import Month
from reports.progress import Progress, Stage, Tell, unheard
from reports.scorecard.card import Card, recap_card
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
    apart: Aside
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
            self.session, self.apart, desk=self.desk, month=self.month, now=self.now, known=self.known, part=asked.part,
            language=asked.language, identities=asked.identities, use=use, tell=self.tell,
        )  # fmt: skip
        self.tell(Progress(what=Stage.WRITING))
        return found

    def card(self) -> Future[Card | None]:
        """Have the month's scorecard looked up."""
        return self.apart.ask(
            partial(
                recap_card, desk=self.desk, procedures=self.known.procedures, month=self.month, part=self.asked.part,
                now=self.now,
            )
        )  # fmt: skip

    def facts(self) -> Facts:
        """Measure the month, and look up what its figures do not say."""
        months = self.apart.ask(
            partial(months_until, desk=self.desk.slug, month=self.month, now=self.now, part=self.asked.part)
        )
        return facts_of(self.session, self.measured(), months=months.result())


def _xlsx(making: _Making, path: Path) -> Handed:
    language, card = making.language, making.card()
    with month_book(path, desk=making.desk, month=making.month, language=language, at=making.now) as book:
        found = making.measured(book.take)
        why = explained(making.session, found)
        making.session.rollback()  # a large file takes longer to write than the database lets a question stay open
        book.write(found, why=why, card=card.result())
    return found


def _pdf(making: _Making, path: Path) -> Handed:
    card, facts = making.card(), making.facts()
    write_pdf(making.session, facts, card.result(), path)
    return facts.month


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


def write_month(
    session: Session, asked: Asked, path: Path, *, desk: Desk, now: datetime, known: Known, tell: Tell = unheard,
    helper: Helper | None = None,
) -> Handed:  # fmt: skip
    """Write a desk's month to a file, whole or not at all, and return what it says; `tell` hears how far it has come.

    A `helper` looks up what can be looked up beside the rows.

    Raises ReportError: no month, one to come, no such format, no such team or category, a path that cannot be written.
    """
    if asked.format not in FORMATS:
        raise BadFormatError(asked.format, FORMATS)
    with (
        replacing(path) as part,  # a path that cannot be written is told before anything is measured
        _making(session, asked, desk=desk, now=now, known=known, tell=tell, helper=helper) as making,
    ):
        return _WRITERS[asked.format](making, part)


def facts_of_month(session: Session, asked: Asked, *, desk: Desk, now: datetime, known: Known) -> Facts:
    """Measure what is asked for. Raises ReportError: no month, one to come, no such team or category."""
    with _making(session, asked, desk=desk, now=now, known=known, tell=unheard) as making:
        return making.facts()


@contextmanager
def _making(
    session: Session, asked: Asked, *, desk: Desk, now: datetime, known: Known, tell: Tell, helper: Helper | None = None
) -> Iterator[_Making]:  # fmt: skip
    month = Month.parse(asked.month, zone=desk.calendar.zone, now=now)
    _check(asked.part, desk, known)
    with aside(session, helper) as apart:
        yield _Making(
            session=session, apart=apart, asked=asked, month=month, desk=desk, now=now, known=known, tell=tell
        )


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
