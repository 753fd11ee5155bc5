"""A list of rows as the answer to one question: goods with number and price, travellers with name and rank. Pure.

A row is written in one line, its cells between semicolons (tabs or strokes do as well; commas where none stands within a number).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

MOST_ROWS, MOST_COLUMNS = 50, 8
COUNT = "count"  # what the number of rows is called where the sum of a column could stand
_SEPARATORS = ("\t", ";", "|")
_COMMA = re.compile(r",(?!\d)|(?<!\d),")
_BULLET = re.compile(r"^\s*(?:\d{1,2}[.)]\s+|[-•*]\s+)")


@dataclass(frozen=True)
class Items:
    """Rows in their order: column → value; a cell that was left empty is not there."""

    rows: tuple[Mapping[str, Any], ...]

    def __hash__(self) -> int:
        return hash(tuple(tuple(row.items()) for row in self.rows))

    def total(self, column: str) -> Decimal:
        """Return the sum of a column, or how many rows there are."""
        if column == COUNT:
            return Decimal(len(self.rows))
        cells = (row.get(column) for row in self.rows)
        return sum((cell for cell in cells if isinstance(cell, Decimal)), Decimal(0))

    def replaced(self, place: int, by: "Items") -> "Items":
        """Return them with others instead of the row at a place; the first is 0."""
        return Items(self.rows[:place] + by.rows + self.rows[place + 1 :])

    def __add__(self, more: "Items") -> "Items":
        return Items(self.rows + more.rows)


def written_rows(text: str, columns: int) -> Iterator[list[str]]:
    """Yield the cells of each line that says anything."""
    for line in text.splitlines():
        cells = cells_of(line, columns)
        if any(cells):
            yield cells


def cells_of(line: str, columns: int) -> list[str]:
    """Return the cells of a line; a list of one column takes it whole."""
    bare = _BULLET.sub("", line) if "\t" not in line else line
    if columns == 1:
        return [bare.strip()]
    found = next((each for each in _SEPARATORS if each in bare), None)
    parts = bare.split(found) if found else _COMMA.split(bare)
    return [part.strip() for part in parts]


def value_of(answers: Mapping[str, Any], name: str) -> Any:
    """Return the answer to a question, or the sum of a column of a list: `barang.harga`; None where there is none."""
    list_, dot, column = name.partition(".")
    value = answers.get(list_)
    if not dot:
        return value
    return value.total(column) if isinstance(value, Items) else None
