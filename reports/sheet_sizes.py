"""How wide columns and how high rows must be for what is in them, for no spreadsheet reckons that when a file is opened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

Cell = str | int | float | date | datetime | timedelta | None


@dataclass(frozen=True, kw_only=True)
class Heading:
    """One column of a sheet."""

    label: str
    kind: str  # text, number, share, instant, date, length
    dashed: bool = False  # an empty cell says that there is nothing to tell


class Kinded(NamedTuple):
    """A cell of another kind than its column."""

    value: Cell
    kind: str


LINE = 13.5  # height of one line of text, in points
_TEXT_WIDTHS = (9, 40)
_MOST_LINES = 30  # no spreadsheet has higher rows
_SPACE_FOR_BUTTON = 3  # the filter's, in a header


def heights_of(rows: Sequence[Sequence[Cell]], widths: Mapping[int, float]) -> Mapping[int, float]:
    """Return which of these rows must be higher than one line, and how high; `widths` are those of columns with texts."""
    lines: dict[int, int] = {}
    for column, width in widths.items():
        for place, cell in enumerate(map(itemgetter(column), rows)):
            if isinstance(cell, str) and (len(cell) > width - 2 or "\n" in cell):
                lines[place] = max(lines.get(place, 1), lines_of(cell, width))
    return {place: _height(many) for place, many in lines.items() if many > 1}


def height_of(cells: Iterable[tuple[object, float]]) -> float | None:
    """Return how high a row must be for texts in columns so wide, in points; None: one line does."""
    lines = 1
    for value, width in cells:
        if isinstance(value, str) and (len(value) > width - 2 or "\n" in value):
            lines = max(lines, lines_of(value, width))
    return _height(lines) if lines > 1 else None


def _height(lines: int) -> float:
    return min(lines, _MOST_LINES) * LINE + 2


def lines_of(text: str, width: float) -> int:
    """Return over how many lines a text goes in a column of so many letters, for words do not break."""
    room = max(width * 1.1 - 2, 1)  # in the width of a digit; letters are narrower
    return sum(_lines_of_one(line, room) for line in text.split("\n"))


def _lines_of_one(text: str, room: float) -> int:
    lines, filled = 1, 0.0
    for word in text.split():
        if filled and filled + 1 + len(word) > room:
            lines, filled = lines + 1, 0.0
        lines += int(len(word) // room) if len(word) > room else 0
        filled += len(word) + bool(filled)
    return lines


def widths_of(headings: Sequence[Heading], sample: Sequence[Sequence[object]]) -> Sequence[float]:
    """Return how wide columns must be for their headings and for what stands in some rows."""
    return [
        width_of(one.label, one.kind, [row[column] for row in sample]) for column, one in enumerate(headings)
    ]


def width_of(label: str, kind: str, values: Iterable[object]) -> float:
    """Return how wide a column must be for its heading and its texts, in letters."""
    longest_word = max(len(word) for word in label.split())
    least = {"number": 9.0, "share": 10.0, "length": 11.0, "instant": 17.0, "date": 13.0}.get(kind)
    if least is None:
        low, high = _TEXT_WIDTHS
        lengths = [len(value) for value in values if isinstance(value, str)]
        least = min(max([low, *(length * 1.1 + 3 for length in lengths)]), high)
    return max(least, longest_word * 1.2 + _SPACE_FOR_BUTTON)
