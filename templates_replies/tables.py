"""The catalogue as tables, for those who keep it in a spreadsheet: CSV in and out, one row an entry.

A list stands in one cell: keywords behind semicolons, examples on lines of their own. A cell that a spreadsheet would
take for a formula gets an apostrophe in front, which is taken away again on the way in.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MOST_ROWS = 2_000
_FORMULA = ("=", "+", "-", "@")
_YES = {"true", "yes", "ya", "1", "benar"}

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
)
REPLIES = (
    Column("id", "id"),
    Column("title", "title"),
    Column("body_id", "body.id"),
    Column("body_en", "body.en"),
    Column("content_sid", "whatsapp.content_sid"),
)
TAGS = (Column("id", "id"), Column("name", "name"))


def written(columns: Iterable[Column], entries: Iterable[Entry]) -> str:
    """Return entries as CSV, header first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    columns = tuple(columns)
    writer.writerow(column.name for column in columns)
    for entry in entries:
        writer.writerow(_guarded(_cell(column, entry)) for column in columns)
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
    of_name = {column.name: column for column in columns}
    try:
        names = [name.strip().lower() for name in next(rows, [])]
        unknown = next((name for name in names if name not in of_name), None)
        if "id" not in names or unknown is not None:
            said = f"there is a column {unknown}" if unknown is not None else "there is no column id"
            raise TableError(f"row 1: expected columns among {', '.join(of_name)}; {said}")
        return tuple(_entries(rows, [of_name[name] for name in names]))
    except csv.Error as error:
        raise TableError(f"row {rows.line_num}: this is not CSV: {error}") from error


def _entries(rows: Any, columns: list[Column]) -> Iterable[Entry]:
    for count, row in enumerate(rows, start=2):
        if count > MOST_ROWS:
            raise TableError(f"expected at most {MOST_ROWS} rows")
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(columns):
            raise TableError(f"row {count}: expected {len(columns)} cells, not {len(row)}")
        entry: dict[str, Any] = {}
        for column, cell in zip(columns, row, strict=False):
            _put(entry, column, _unguarded(cell))
        if not entry.get("id"):
            raise TableError(f"row {count}: expected an id")
        yield entry


def _put(entry: dict[str, Any], column: Column, cell: str) -> None:
    text = cell.replace("\r\n", "\n").strip()
    outer, _, inner = column.key.partition(".")
    value: Any = text
    if column.list_with is not None:
        value = [each.strip() for each in text.split(column.list_with) if each.strip()]
    elif column.key == "retired":
        value = text.casefold() in _YES
    if not value:
        return
    if inner:
        entry.setdefault(outer, {})[inner] = value
    else:
        entry[outer] = value


def _cell(column: Column, entry: Entry) -> str:
    value: Any = entry
    for key in column.key.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    if value is None or value is False:
        return ""
    if column.list_with is not None and not isinstance(value, str):
        joint = "; " if column.list_with == ";" else column.list_with
        return joint.join(str(each) for each in value)
    return "true" if value is True else str(value)


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
