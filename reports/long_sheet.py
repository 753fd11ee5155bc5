"""A sheet of very many rows: they are written out as they come, and put below the header when the workbook is `packed`.

XlsxWriter keeps an object for every cell, or with `constant_memory` gives up tables and writes each cell through a
dozen calls. A month of a hundred thousand tickets is four million cells: so their lines are put together here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from reports.local_time import LocalTime
from reports.sheet_sizes import Cell

LONGEST_TEXT = 32_767  # letters that a cell holds

_FIRST = datetime(1899, 12, 30, tzinfo=UTC)  # day 0 of spreadsheets
_DAY = timedelta(days=1)
_SHORT = 60  # letters of a text that is worth remembering
_NUMBER = "\0"  # stands for the number of a row
_MOST_PATTERNS = 1_000  # that are remembered
_NEEDS_CARE = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$")


class LongSheet(Worksheet):  # type: ignore[misc]
    """What `Workbook.add_worksheet` makes when it is given this class."""

    @property
    def part(self) -> str:
        """What the sheet is called in the packed workbook."""
        return f"xl/worksheets/sheet{self.index + 1}.xml"

    def make_room(self, count: int) -> None:
        """Be the sheet of so many rows below the header, which are put in when the workbook is packed."""
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How the cells of a column look: numbers of formats, which the workbook gives."""

    cell: int
    nothing: int | None = None  # of the dash that stands for an empty cell; None: it stays empty


class _Pattern(NamedTuple):
    """The lines whose cells hold the same kinds of values: everything in them but the values and the row's number."""

    pieces: Sequence[str]  # between which the number stands; `%s` where a value does
    filled: Sequence[int]  # which cells hold a value


class Lines:
    """Writes the lines of a `LongSheet`, before there is such a sheet.

    Values are made what a cell says by columns, for what is the same of a column need be asked but once.
    """

    def __init__(self, styles: Sequence[Style], *, tz: ZoneInfo, dash: str) -> None:
        self._styles, self._dash = styles, dash
        self._patterns: dict[tuple[type, ...], _Pattern] = {}
        self._local = LocalTime(tz)

    def of(self, rows: Sequence[Sequence[Cell]], *, before: int, heights: Mapping[int, float]) -> bytes:
        """Write some rows, before which there are so many; `heights` says in points how high those are that take more than one line."""
        columns = map(self._written, zip(*rows, strict=True))
        lines = []
        for place, row in enumerate(zip(*columns, strict=True)):
            kinds = tuple(map(type, row))
            pattern = self._patterns.get(kinds) or self._patterned(kinds)
            number = str(before + place + 2)
            high = f' ht="{heights[place]}" customHeight="1"' if place in heights else ""
            values = tuple(map(row.__getitem__, pattern.filled))
            lines.append(f'<row r="{number}"{high}>{number.join(pattern.pieces) % values}</row>')
        return "".join(lines).encode()

    def _patterned(self, kinds: tuple[type, ...]) -> _Pattern:
        """Put together, once, what lines of such cells have in common."""
        line, filled = "", list[int]()
        for at, (style, kind) in enumerate(zip(self._styles, kinds, strict=True)):
            place = f'<c r="{xl_col_to_name(at)}{_NUMBER}" s='
            if kind is type(None):
                if style.nothing is not None:
                    line += f'{place}"{style.nothing}" t="inlineStr"><is><t>{self._dash}</t></is></c>'
                continue
            filled.append(at)
            line += f'{place}"{style.cell}"' + (
                ' t="inlineStr"><is>%s</is></c>' if kind is str else "><v>%s</v></c>"
            )
        if len(self._patterns) == _MOST_PATTERNS:
            self._patterns.clear()
        found = self._patterns[kinds] = _Pattern(line.split(_NUMBER), filled)
        return found

    def _written(self, column: Sequence[Cell]) -> Sequence[str | float | None]:
        """Return what the cells of a column say: texts as they are in a cell, everything else as a number."""
        kinds = set(map(type, column)) - {type(None)}
        if len(kinds) > 1:
            return [self._written((cell,))[0] for cell in column]
        kind = kinds.pop() if kinds else int
        if issubclass(kind, str):
            return [None if text is None else _inline(text) for text in column]  # type: ignore[arg-type]
        if issubclass(kind, datetime):
            return self._local.days(column)  # type: ignore[arg-type]
        if issubclass(kind, date | timedelta):
            return [None if each is None else _number(each) for each in column]  # type: ignore[arg-type]
        return column  # type: ignore[return-value]


def _inline(text: str) -> str:
    """Return a text as a cell has it."""
    return _short(text) if len(text) <= _SHORT else _in_xml(text[:LONGEST_TEXT])


def _in_xml(text: str) -> str:
    if not _NEEDS_CARE.search(text):
        return f"<t>{text}</t>"
    escaped = XMLwriter._escape_control_characters(text)  # noqa: SLF001  Excel's own way, which it has no other door to
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<t xml:space="preserve">{escaped}</t>'


_short = lru_cache(maxsize=4096)(_in_xml)  # most are one of a few words, or a name that comes again


def _number(value: date | timedelta) -> float:
    """Return a length as parts of a day, and a date as its days."""
    return (value if isinstance(value, timedelta) else value - _FIRST.date()) / _DAY
