"""The self-evaluation as a file: what the command line and the console ask for."""

from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import Session

from later import Later
from reports.errors import BadFormatError
from reports.files import replacing
from reports.handed import Known
from reports.led.chapters import chapters
from reports.led.speaking import Speaking
from reports.led.year import Year, read_year, year_of
from reports.paper.logos import logo_of
from reports.paper.press import Logo, Sheets, pdf
from reports.progress import Progress, Stage, Tell, unheard
from templates_replies.catalogue import Language
from tickets.desk import Desk

if TYPE_CHECKING:
    from reports.paper.word import file as word_file
else:
    word_file = Later("reports.paper.word.file")

FORMATS = ("docx", "pdf")


def write_year(
    session: Session, year: str, path: Path, *, format: str, language: Language, desk: Desk, now: datetime, known: Known,  # noqa: A002
    tell: Tell = unheard,
) -> Year:  # fmt: skip
    """Write a desk's year to a file, whole or not at all, and return what it says.

    Raises ReportError: no year, one to come, no such format, a path that cannot be written.
    """
    if format not in FORMATS:
        raise BadFormatError(format, FORMATS)
    number = read_year(year)
    with replacing(path) as part:
        found = year_of(session, desk=desk, year=number, now=now, known=known)
        tell(Progress(what=Stage.WRITING))
        sheets = year_sheets(found, language, logo_of(session, desk))
        words = Speaking(language=language, tz=desk.calendar.tz)
        part.write_bytes(pdf(sheets) if format == "pdf" else word_file.word(sheets, _said(words)))
    return found


def _said(words: Speaking) -> "word_file.Words":
    """Return what a Word file says by itself."""
    return word_file.Words(**{each.name: words(each.name) for each in fields(word_file.Words)})


def year_sheets(year: Year, language: Language, logo: Logo | None = None) -> Sheets:
    """Lay the year out."""
    words = Speaking(language=language, tz=year.desk.calendar.tz)
    return Sheets(
        title=words("title"), subtitle=words("year", year=year.year), unit=year.desk.name, language=language,
        letterhead=year.desk.letterhead, logo=logo,
        made=words("made", at=words.at(year.made_at), zone=year.desk.calendar.zone), reading=words("reading"), at=year.made_at,
        blocks=tuple(chapters(year, words)), contents=words("contents"),
    )  # fmt: skip
