"""An export as a workbook: one sheet, and as many more as there are rows for."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, islice
from typing import BinaryIO

from reports.columns import Kind
from reports.exports.kinds import KINDS
from reports.exports.lines import Cells, Reading
from reports.exports.words import heading, title, word
from reports.labels import Labels
from reports.progress import Progress, Stage, Tell
from reports.sheets import Book, Cell, Heading

SHEET_ROWS = 1_048_575  # what a sheet holds below its header
_AS_TEXT = frozenset({Kind.WORD, Kind.YES})
_WIDE = 20  # columns, from which on it is printed on several pages beside each other


def write_workbook(
    lines: Iterable[Cells],
    what: str,
    file: BinaryIO,
    *,
    reading: Reading,
    tell: Tell,
    sheet_rows: int = SHEET_ROWS,
) -> int:
    """Write lines as people read them; how many. Raises OSError, UnwritableError."""
    labels = Labels(reading.language)
    columns = [column for column in KINDS[what].columns if column.for_people]
    headings = [
        Heading(
            label=heading(what, each.key, labels), kind="text" if each.kind in _AS_TEXT else str(each.kind)
        )
        for each in columns
    ]
    name, desk = title(what, labels), reading.desk
    rows = _for_people(lines, what, labels)
    with Book(
        file,
        language=labels.language,
        tz=desk.calendar.tz,
        author=desk.name,
        title=f"{name}: {desk.name}",
        at=reading.now,
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


def _for_people(lines: Iterable[Cells], what: str, labels: Labels) -> Iterator[Sequence[Cell]]:
    columns = KINDS[what].columns
    shown = [(place, each) for place, each in enumerate(columns) if each.for_people]
    for line in lines:
        yield [
            word(each.key, line[place], labels) if each.kind in _AS_TEXT else line[place]
            for place, each in shown
        ]
