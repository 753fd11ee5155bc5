"""A sheet of very many rows: they are written out as they come, and put below the header when the workbook is packed.

XlsxWriter keeps an object for every cell, or with `constant_memory` gives up tables and writes each cell through a
dozen calls. A month of a hundred thousand tickets is four million cells: so their lines are put together here.
"""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, NamedTuple
from zoneinfo import ZoneInfo

from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from reports.sheet_sizes import Cell

LONGEST_TEXT = 32_767  # letters that a cell holds

_FIRST = datetime(1899, 12, 30, tzinfo=UTC)  # day 0 of spreadsheets
_UNIX_DAY = 25_569.0  # the same day of 1970
_DAY = timedelta(days=1)
_DAY_SECONDS = 86_400
_COPIED = 1 << 16  # letters at a time
_SHORT = 60  # letters of a text that is worth remembering
_QUARTER = 900  # seconds; no zone changes its offset between
_NEEDS_CARE = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$")


class LongSheet(Worksheet):  # type: ignore[misc]
    """What `Workbook.add_worksheet` makes when it is given this class; `rows_in` must be called before it is packed."""

    def rows_in(self, file: IO[str], *, count: int) -> None:
        """Take rows out of a file, `count` of them below the header."""
        self._poured = file
        self.dim_rowmax = count

    def add_table(self, first_row: int, first_col: int, last_row: int, last_col: int, options: Any) -> None:
        """Add the sheet's only table; that none of its cells is another's already need not be asked of millions."""
        super().add_table(first_row, first_col, first_row + 1, last_col, options)
        whole = xl_range(first_row, first_col, last_row, last_col)
        self.tables[-1].update(range=whole, a_range=whole, autofilter=whole)

    def _write_rows(self) -> None:
        whole, self.dim_rowmax = self.dim_rowmax, 0
        super()._write_rows()
        self.dim_rowmax = whole
        self._poured.seek(0)
        shutil.copyfileobj(self._poured, self.fh, _COPIED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How the cells of a column look: numbers of formats, which the workbook gives."""

    cell: int
    nothing: int | None = None  # of the dash that stands for an empty cell; None: it stays empty


class _Column(NamedTuple):
    """What stands around the number of a row, and around a value, in each cell of a column."""

    place: str
    text: str
    number: str
    nothing: str | None


class Lines:
    """Writes the lines of a `LongSheet` into a file beside the workbook, before there is such a sheet."""

    def __init__(self, path: Path, styles: Sequence[Style], *, tz: ZoneInfo, dash: str) -> None:
        self.count = 0
        self._file = path.open("w+", encoding="utf-8")
        self._columns = [
            _Column(
                place=f'<c r="{xl_col_to_name(at)}',
                text=f'" s="{style.cell}" t="inlineStr"><is>',
                number=f'" s="{style.cell}"><v>',
                nothing=None if style.nothing is None else f'" s="{style.nothing}" t="inlineStr"><is><t>{dash}</t></is></c>',
            )
            for at, style in enumerate(styles)
        ]  # fmt: skip
        self._tz = tz
        self._ahead: dict[
            int, float
        ] = {}  # quarter of an hour since 1970 → how far local time is ahead, in seconds

    def write(self, row: Sequence[Cell], *, height: float | None) -> None:
        """Write one row, in points of height or as high as one line."""
        self.count += 1
        number = self.count + 1
        high = f' ht="{height}" customHeight="1"' if height else ""
        line = [f'<row r="{number}"{high}>']
        for column, value in zip(self._columns, row, strict=True):
            if value is None:
                if column.nothing is not None:
                    line.append(f"{column.place}{number}{column.nothing}")
            elif isinstance(value, str):
                line.append(f"{column.place}{number}{column.text}{_inline(value)}</is></c>")
            elif isinstance(value, datetime):
                line.append(f"{column.place}{number}{column.number}{self._days(value)}</v></c>")
            else:
                line.append(f"{column.place}{number}{column.number}{_number(value)}</v></c>")
        line.append("</row>")
        self._file.write("".join(line))

    def end(self, sheet: LongSheet) -> None:
        """Hand what was written to the sheet."""
        sheet.rows_in(self._file, count=self.count)

    def close(self) -> None:
        self._file.close()

    def _days(self, at: datetime) -> float:
        """Return an instant as days of local time, which is all that sheets know."""
        seconds = at.timestamp()
        quarter = int(seconds // _QUARTER)
        ahead = self._ahead.get(quarter)
        if ahead is None:
            ahead = (at.astimezone(self._tz).utcoffset() or timedelta()).total_seconds()
            self._ahead[quarter] = ahead
        return (seconds + ahead) / _DAY_SECONDS + _UNIX_DAY


def _inline(text: str) -> str:
    """Return a text as a cell has it."""
    return _short(text) if len(text) <= _SHORT else _written(text[:LONGEST_TEXT])


def _written(text: str) -> str:
    if not _NEEDS_CARE.search(text):
        return f"<t>{text}</t>"
    escaped = XMLwriter._escape_control_characters(text)  # noqa: SLF001  Excel's own way, which it has no other door to
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<t xml:space="preserve">{escaped}</t>'


_short = lru_cache(maxsize=4096)(_written)  # most are one of a few words, or a name that comes again


def _number(value: float | date | timedelta) -> float:
    """Return a length as parts of a day, and a date as its days."""
    if isinstance(value, timedelta):
        return value / _DAY
    return (value - _FIRST.date()) / _DAY if isinstance(value, date) else value
