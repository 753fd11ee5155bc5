"""A sheet of very many rows: they are written out as they come, and put below the header when the workbook is packed.

XlsxWriter keeps an object for every cell, or with `constant_memory` gives up tables and writes each cell through a
dozen calls. A month of a hundred thousand tickets is four million cells: so their lines are put together here.
"""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | date | datetime | timedelta | None

LONGEST_TEXT = 32_767  # letters that a cell holds

_FIRST = datetime(1899, 12, 30, tzinfo=UTC)  # day 0 of spreadsheets
_DAY = timedelta(days=1)
_NEEDS_CARE = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$")


class LongSheet(Worksheet):  # type: ignore[misc]
    """What `Workbook.add_worksheet` makes when it is given this class; `rows_in` must be called before it is packed."""

    def rows_in(self, file: IO[str], *, count: int) -> None:
        """Take rows out of a file, `count` of them below the header."""
        self._poured = file
        self.dim_rowmax = count
        self.table_cells = _Unkept()

    def _write_rows(self) -> None:
        whole, self.dim_rowmax = self.dim_rowmax, 0
        super()._write_rows()
        self.dim_rowmax = whole
        self._poured.seek(0)
        shutil.copyfileobj(self._poured, self.fh)

    def escaped(self, text: str) -> str:
        return str(self._escape_data(self._escape_control_characters(text)))


class _Unkept(dict[tuple[int, int], str]):
    """Which cells are a table's already: a note for each of millions, and a long sheet has no second table."""

    def __setitem__(self, _cell: tuple[int, int], _table: str) -> None:
        pass


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How the cells of a column look: numbers of formats, which the workbook gives."""

    cell: int
    nothing: int | None = None  # of the dash that stands for an empty cell; None: it stays empty


class Lines:
    """Writes the lines of a `LongSheet` into a file beside the workbook."""

    def __init__(self, sheet: LongSheet, path: Path, styles: Sequence[Style], *, tz: ZoneInfo) -> None:
        self.count = 0
        self._sheet = sheet
        self._file = path.open("w+", encoding="utf-8")
        self._columns = [(xl_col_to_name(at), style) for at, style in enumerate(styles)]
        self._tz = tz

    def write(self, row: Sequence[Cell], *, height: float | None, dash: str) -> None:
        """Write one row, in points of height or as high as one line."""
        self.count += 1
        number = self.count + 1
        high = f' ht="{height}" customHeight="1"' if height else ""
        cells = [
            self._cell(f"{name}{number}", value, style, dash)
            for (name, style), value in zip(self._columns, row, strict=True)
            if value is not None or style.nothing is not None
        ]
        self._file.write(f'<row r="{number}"{high}>{"".join(cells)}</row>')

    def end(self) -> None:
        """Hand what was written to the sheet."""
        self._sheet.rows_in(self._file, count=self.count)

    def close(self) -> None:
        self._file.close()

    def _cell(self, place: str, value: Cell, style: Style, dash: str) -> str:
        if value is None:
            return f'<c r="{place}" s="{style.nothing}" t="inlineStr"><is><t>{dash}</t></is></c>'
        if isinstance(value, str):
            return f'<c r="{place}" s="{style.cell}" t="inlineStr"><is>{self._text(value)}</is></c>'
        return f'<c r="{place}" s="{style.cell}"><v>{self._number(value):.16g}</v></c>'

    def _text(self, text: str) -> str:
        text = text[:LONGEST_TEXT]
        if not _NEEDS_CARE.search(text):
            return f"<t>{text}</t>"
        return f'<t xml:space="preserve">{self._sheet.escaped(text)}</t>'

    def _number(self, value: float | date | datetime | timedelta) -> float:
        """Return a length as parts of a day, and an instant as days of local time, which is all that sheets know."""
        if isinstance(value, datetime):
            ahead = value.astimezone(self._tz).utcoffset() or timedelta()
            return (value - _FIRST + ahead) / _DAY
        if isinstance(value, date):
            return (value - _FIRST.date()) / _DAY
        return value / _DAY if isinstance(value, timedelta) else value
