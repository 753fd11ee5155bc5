"""An export as a workbook: one sheet, and as many more as there are rows for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from typing import BinaryIO

from reports.columns import Kind
from reports.exports.lines import Cells, Column, Reading
from reports.exports.words import all_desks, heading, title, word
from reports.labels import Labels
from reports.progress import Progress, Stage, Tell
from reports.sheets import Book, Cell, Heading

SHEET_ROWS = 1_048_575  # what a sheet holds below its header
_AS_TEXT = frozenset({Kind.WORD, Kind.YES})
_WIDE = 20  # columns, from which on it is printed on several pages beside each other


@dataclass(frozen=True, kw_only=True)
class Described:
    """What a workbook is of: which records with which columns, of which desks."""

    what: str
    columns: Sequence[Column]
    readings: Sequence[Reading]  # the first one's instants and words are those of the workbook


def write_workbook(
    lines: Iterable[Cells], of: Described, file: BinaryIO, *, tell: Tell, sheet_rows: int = SHEET_ROWS
) -> int:
    """Write lines as people read them; how many. Raises OSError, UnwritableError."""
    first, what = of.readings[0], of.what
    labels = Labels(first.language)
    headings = [
        Heading(
            label=heading(what, each.key, labels), kind="text" if each.kind in _AS_TEXT else str(each.kind)
        )
        for each in of.columns
        if each.for_people
    ]
    name = title(what, labels)
    desks = first.desk.name if len(of.readings) == 1 else all_desks(labels)
    rows = _for_people(lines, of.columns, labels)
    with Book(
        file,
        language=labels.language,
        tz=first.desk.calendar.tz,
        author=first.desk.name,
        title=f"{name}: {desks}",
        at=first.now,
    ) as book:
        written = _sheets(book, name, what, headings, rows, empty=labels("empty.export"), most=sheet_rows)
        tell(Progress(what=Stage.WRITING))
        return written


def _sheets(
    book: Book, name: str, what: str, headings: Sequence[Heading], rows: Iterator[Sequence[Cell]], *, empty: str,
    most: int,
) -> int:  # fmt: skip
    """Fill one sheet after the other; how many rows they have. Where there are none the first says so."""
    written = 0
    pages = 3 if len(headings) > _WIDE else 1
    for number in count(1):
        first = list(islice(rows, 1))
        if not first and number > 1:
            break
        written += book.long_table(
            name if number == 1 else f"{name} ({number})", code=f"tbl_{what}" if number == 1 else f"tbl_{what}_{number}", headings=headings,
            rows=chain(first, islice(rows, most - 1)), empty=empty, pages_wide=pages,
        )  # fmt: skip
        if not first:
            break
    return written


def _for_people(
    lines: Iterable[Cells], columns: Sequence[Column], labels: Labels
) -> Iterator[Sequence[Cell]]:
    shown = [(place, each) for place, each in enumerate(columns) if each.for_people]
    for line in lines:
        yield [
            word(each.key, line[place], labels) if each.kind in _AS_TEXT else line[place]
            for place, each in shown
        ]
