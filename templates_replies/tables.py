"""The catalogue as tables, for those who keep it in a spreadsheet: CSV in and out, one row an entry.

A list stands in one cell: keywords behind semicolons, examples on lines of their own. One that is too long for a cell
goes on in a row below with the same id. A cell that a spreadsheet would take for a formula gets an apostrophe in
front, which is taken away again on the way in.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_ROWS = 2_000
FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")  # of a cell, wide ones too, or what some programs skip over
_YES = {"true", "yes", "ya", "1", "benar"}
_NO = {"false", "no", "tidak", "0", "salah"}
_FULL = 30_000  # characters of a list in one cell; a spreadsheet's cell ends at 32,767

Entry = Mapping[str, Any]


class TableError(ValueError):
    """The table cannot be read; the sentence names the row."""


@dataclass(frozen=True)
class Column:
    """One column and the key of an entry that it holds; `body.id` is the key `id` within `body`."""

    name: str
    key: str
    list_with: str | None = None  # what separates the values of a list


CATEGORIES = (
    Column("id", "id"),
    Column("name", "name"),
    Column("description", "description"),
    Column("keywords", "keywords", list_with=";"),
    Column("examples", "examples", list_with="\n"),
    Column("reply", "reply"),
    Column("auto", "auto"),
    Column("unsure", "unsure"),
    Column("retired", "retired"),
    Column("merged_into", "merged_into"),
)
REPLIES = (
    Column("id", "id"),
    Column("title", "title"),
    Column("body_id", "body.id"),
    Column("body_en", "body.en"),
    Column("content_sid", "whatsapp.content_sid"),
    Column("retired", "retired"),
)
TAGS = (Column("id", "id"), Column("name", "name"))


def written(columns: Iterable[Column], entries: Iterable[Entry]) -> str:
    """Return entries as CSV, header first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows_of(tuple(columns), entries):
        writer.writerow(_guarded(cell) for cell in row)
    return out.getvalue()


def read(columns: Iterable[Column], text: str) -> tuple[Entry, ...]:
    """Return the entries of a CSV; columns that are not there say nothing. Raises TableError.

    A spreadsheet of a country with decimal commas separates with semicolons: both are read.
    """
    text = text.removeprefix("\ufeff")
    header = text.partition("\n")[0]
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ","
    )
    try:
        return entries_in(tuple(columns), ([_unguarded(cell) for cell in row] for row in rows))
    except csv.Error as error:
        raise TableError(f"row {rows.line_num}: this is not CSV: {error}") from error


def rows_of(columns: Sequence[Column], entries: Iterable[Entry]) -> Iterator[list[str]]:
    """Yield the rows of a table, header first."""
    yield [column.name for column in columns]
    for entry in entries:
        cells = [_cells(column, entry) for column in columns]
        id_ = str(entry.get("id", ""))
        for at in range(max(len(each) for each in cells)):
            row = [each[at] if at < len(each) else "" for each in cells]
            yield [id_ if column.key == "id" else cell for column, cell in zip(columns, row, strict=True)]


def entries_in(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> tuple[Entry, ...]:
    """Return the entries of a table's rows, header first. Raises TableError."""
    of_name = {column.name: column for column in columns}
    rows = iter(rows)
    names = [name.strip().lower() for name in next(rows, [])]
    unknown = next((name for name in names if name not in of_name), None)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None and unknown is None:
        raise TableError(f"row 1: there are two columns {twice}")
    if "id" not in names or unknown is not None:
        said = f"there is a column {unknown}" if unknown is not None else "there is no column id"
        raise TableError(f"row 1: expected columns among {', '.join(of_name)}; {said}")
    return tuple(_entries(rows, [of_name[name] for name in names]))


def _entries(rows: Iterable[Sequence[str]], columns: Sequence[Column]) -> Iterator[Entry]:
    current: dict[str, Any] = {}
    first_rows: dict[str, int] = {}
    for count, row in enumerate(rows, start=2):
        if count > MOST_ROWS:
            raise TableError(f"expected at most {MOST_ROWS} rows")
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[len(columns) :]):
            raise TableError(f"row {count}: expected {len(columns)} cells, not {len(row)}")
        entry: dict[str, Any] = {}
        for column, cell in zip(columns, row, strict=False):
            _put(entry, column, cell)
        if not entry.get("id"):
            raise TableError(f"row {count}: expected an id")
        if current and entry["id"] == current["id"]:
            _go_on(current, entry, row=count)
            continue
        if entry["id"] in first_rows:
            raise TableError(
                f"row {count}: there is a row {entry['id']} already, row {first_rows[entry['id']]}"
            )
        first_rows[entry["id"]] = count
        if current:
            yield current
        current = entry
    if current:
        yield current


def _go_on(entry: dict[str, Any], more: Entry, *, row: int) -> None:
    """Add what a list in the row below has more; what is no list is said once, or the same again."""
    for key, value in more.items():
        if isinstance(value, list):
            entry[key] = [*entry.get(key, ()), *value]
        elif entry.setdefault(key, value) != value:
            raise TableError(f"row {row}: the row above has another {key} for {entry['id']}")


def _put(entry: dict[str, Any], column: Column, cell: str) -> None:
    text = cell.replace("\r\n", "\n").strip()
    outer, _, inner = column.key.partition(".")
    value: Any = text
    if column.list_with is not None:
        by_line = "\n" in cell.lstrip() or column.list_with == "\n"
        value = [each.strip() for each in text.split("\n" if by_line else column.list_with) if each.strip()]
    elif column.key == "retired":
        if text.casefold() in _NO:
            entry["retired"] = None
        value = text.casefold() in _YES
    if not value:
        return
    if inner:
        entry.setdefault(outer, {})[inner] = value
    else:
        entry[outer] = value


def _cells(column: Column, entry: Entry) -> list[str]:
    """Return what stands in the column: one cell, of a long list as many as it fills."""
    value: Any = entry
    for key in column.key.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    if (
        value is None or value is False or isinstance(value, Mapping)
    ):  # names for each language stay in the file
        return [""]
    if column.list_with is None or isinstance(value, str):
        return ["true" if value is True else str(value)]
    listed = [str(each) for each in value]
    by_line = column.list_with == "\n" or any(";" in each for each in listed)
    cells: list[str] = []
    for each in listed:
        joint = "\n" if by_line else "; "
        if cells and len(cells[-1]) + len(each) < _FULL:
            cells[-1] += joint + each
        else:
            cells.append(each)
    return [f"{cell}\n" if by_line and column.list_with == ";" else cell for cell in cells] or [""]


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS) else cell
