"""The reports on surveys as files: what the command line and the console ask for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from reports.errors import BadFormatError
from reports.files import replacing
from reports.paper.blocks import Block
from reports.paper.press import Logo, Sheets, pdf
from reports.sheets import Book
from reports.surveyed import paper, public_paper, words
from reports.surveyed.measured import PublicReport, SurveyReport
from reports.surveyed.poster import poster_pdf
from reports.surveyed.sheet import write_public, write_survey
from templates_replies.catalogue import Language
from templates_replies.moments import on_paper
from tickets.letterhead import Letterhead

FORMATS = ("xlsx", "pdf")
POSTER = "poster"
PUBLIC_FORMATS = (*FORMATS, POSTER)


@dataclass(frozen=True, kw_only=True)
class _Written:
    """What a report's pages and its workbook have in common."""

    title: str
    subtitle: str
    unit: str
    language: Language
    reading: str
    made_at: datetime
    tz: ZoneInfo


def write_survey_file(
    report: SurveyReport, path: Path, *, format: str, language: Language, letterhead: Letterhead | None = None,  # noqa: A002  the word of the command line
    logo: Logo | None = None,
) -> None:  # fmt: skip
    """Write satisfaction over some days, whole or not at all. Raises ReportError: no such format, a path that cannot be written."""
    if format not in FORMATS:
        raise BadFormatError(format, FORMATS)
    written = _Written(
        title=words.TITLE.say(language), subtitle=words.days(report.days, language), unit=report.desk_name,
        language=language, reading=words.READING.say(language), made_at=report.made_at, tz=report.days.tz,
    )  # fmt: skip
    with replacing(path) as part:
        if format == "pdf":
            part.write_bytes(_pages(written, paper.blocks(report, language), letterhead, logo))
        else:
            with _workbook(written, part) as book:
                write_survey(book, report, language)


def write_public_file(
    report: PublicReport, path: Path, *, format: str, language: Language, letterhead: Letterhead | None = None,  # noqa: A002  the word of the command line
    logo: Logo | None = None,
) -> None:  # fmt: skip
    """Write a period of the survey of public services, or its poster, whole or not at all. Raises ReportError."""
    if format not in PUBLIC_FORMATS:
        raise BadFormatError(format, PUBLIC_FORMATS)
    written = _Written(
        title=words.PUBLIC_TITLE.say(language), subtitle=words.period(report, language), unit=report.desk_name,
        language=language, reading=words.PUBLIC_READING.say(language), made_at=report.made_at, tz=report.tz,
    )  # fmt: skip
    with replacing(path) as part:
        if format == POSTER:
            part.write_bytes(poster_pdf(report, language, letterhead=letterhead, logo=logo))
        elif format == "pdf":
            part.write_bytes(_pages(written, public_paper.blocks(report, language), letterhead, logo))
        else:
            with _workbook(written, part) as book:
                write_public(book, report, language)


def _pages(
    written: _Written, blocks: Iterator[Block], letterhead: Letterhead | None, logo: Logo | None
) -> bytes:
    made = on_paper(written.made_at.astimezone(written.tz), written.language)
    return pdf(
        Sheets(
            title=written.title, subtitle=written.subtitle, unit=written.unit, language=written.language,
            letterhead=letterhead, logo=logo, made=words.MADE.say(written.language, at=made), reading=written.reading,
            at=written.made_at, blocks=tuple(blocks),
        )
    )  # fmt: skip


@contextmanager
def _workbook(written: _Written, path: Path) -> Iterator[Book]:
    with path.open("wb") as file, Book(
        file, language=written.language, tz=written.tz, author=written.unit, at=written.made_at,
        title=f"{written.title}: {written.subtitle}",
    ) as book:  # fmt: skip
        yield book
