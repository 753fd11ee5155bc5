"""The catalogue as an XLSX workbook: one sheet a list, the columns of the tables, every cell a text.

Whoever sends a workbook may mean ill: it is measured before it is opened, and read only as far as a catalogue goes.
No cell that is written is a formula, and of a formula that comes in the value is read which it had last.
"""

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from later import Later
from templates_replies import tables
from templates_replies.tables import MOST_ROWS, Column, Entry, TableError, entries_in, rows_of

if TYPE_CHECKING:
    import openpyxl
    import xlsxwriter
    from openpyxl.utils import exceptions
else:
    openpyxl, xlsxwriter = Later("openpyxl"), Later("xlsxwriter")
    exceptions = Later("openpyxl.utils.exceptions")

SHEETS: Mapping[str, Sequence[Column]] = {
    "categories": tables.CATEGORIES,
    "replies": tables.REPLIES,
    "tags": tables.TAGS,
}
LARGEST = 5_000_000  # bytes as it comes
LARGEST_UNPACKED = 40_000_000
MOST_PARTS = 200
_MOST_COLUMNS = 40
_WIDE = 60
_CARRIAGE_RETURN = "_x000D_"  # how spreadsheets keep one before the end of a line
_TEXTS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
_NO_WORKBOOK = (  # what openpyxl raises for files that are something else, or made to hurt
    BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError, OverflowError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip


def written(lists: Mapping[str, Sequence[Entry]]) -> bytes:
    """Return a workbook with a sheet for each list."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _TEXTS)
    head = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for name, columns in SHEETS.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 1, _WIDE // 2)
        sheet.set_column(2, len(columns) - 1, _WIDE)
        for at, row in enumerate(rows_of(columns, lists.get(name, ()))):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(at, column, cell, head if at == 0 else plain)
    book.close()
    return out.getvalue()


def read(content: bytes) -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries of each sheet that is there. Raises TableError."""
    try:
        _measure(content)
        found = {name: list(rows) for name, rows in _sheets(content)}
    except (*_NO_WORKBOOK, exceptions.InvalidFileException) as error:
        if isinstance(error, TableError):
            raise
        raise TableError("this is not an XLSX workbook that can be read") from error
    filled = {name: rows for name, rows in found.items() if rows}
    unknown = next((name for name in filled if name not in SHEETS), None)
    if unknown is not None or not filled:
        said = f"there is a sheet {unknown}" if unknown is not None else "all are empty"
        raise TableError(f"expected sheets among {', '.join(SHEETS)}; {said}")
    return {name: _entries(name, rows) for name, rows in filled.items()}


def _entries(name: str, rows: Sequence[Sequence[str]]) -> tuple[Entry, ...]:
    try:
        return entries_in(SHEETS[name], rows)
    except TableError as error:
        raise TableError(f"sheet {name}, {error}") from error


def _measure(content: bytes) -> None:
    """Refuse what would fill the memory when it is unpacked, and declarations that make texts grow."""
    if len(content) > LARGEST:
        raise TableError("the workbook is too large for a catalogue")
    with ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise TableError("the workbook is too large for a catalogue")
        for part in parts:
            text = archive.read(part)
            if b"<!DOCTYPE" in text.replace(b"\x00", b"").upper():
                raise TableError("the workbook holds declarations that no spreadsheet writes")


def _sheets(content: bytes) -> Iterator[tuple[str, Iterator[list[str]]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets[: len(SHEETS) + 2]:
            sheet.reset_dimensions()  # what a sheet says of its own size is not believed
            rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=_MOST_COLUMNS, values_only=True)
            yield str(sheet.title).strip().casefold(), _filled(rows)
    finally:
        book.close()


def _filled(rows: Any) -> Iterator[list[str]]:
    """Yield rows as texts, without the empty cells at their ends and the empty rows at the end."""
    empty = 0
    for row in rows:
        cells = [_text(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            empty += 1
            continue
        yield from ([] for _ in range(empty))
        empty = 0
        yield cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value).replace(_CARRIAGE_RETURN, "")
