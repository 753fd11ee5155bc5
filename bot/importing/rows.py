"""The rows of a CSV file, one at a time, each with the line on which it begins."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.importing.mapping import Plan

LARGEST_FIELD = 1_000_000  # characters

Row = tuple[int, Mapping[str, str]]  # line, field of the mapping → cell without spaces around it


class UnreadableFileError(Exception):
    """The file is no table as the mapping describes it; the sentence says why and where."""


@contextmanager
def opened_rows(path: Path, plan: Plan) -> Iterator[Iterator[Row]]:
    """Open a file and read its heading. Raises UnreadableFileError, also while its rows are read."""
    before = csv.field_size_limit(LARGEST_FIELD)
    try:
        with path.open(encoding=plan.encoding, newline="") as file:
            yield _rows(path, file, plan)
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}") from error
    finally:
        csv.field_size_limit(before)


def _rows(path: Path, file: TextIO, plan: Plan) -> Iterator[Row]:
    reader = csv.reader(file, delimiter=plan.delimiter, strict=True)
    line = 1
    try:
        heading = [cell.strip() for cell in next(reader, [])]
        places = _places(path, heading, plan)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(heading):
                    raise UnreadableFileError(
                        f"{path}, line {line}: expected {len(heading)} columns as in the heading, not {len(cells)}"
                    )
                yield line, {name: cells[at].strip() for name, at in places.items()}
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(f"{path}, line {line}: {error}") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{path}, after line {line}: this is not {error.encoding}; say its encoding in the mapping"
        ) from error


def _places(path: Path, heading: list[str], plan: Plan) -> dict[str, int]:
    """Return where each field of the mapping stands."""
    missing = sorted({column for column in plan.columns.values() if column not in heading})
    if missing:
        there = ", ".join(heading[:20]) or "nothing"
        raise UnreadableFileError(f"{path} has no column {', '.join(missing)}; its first line has {there}")
    twice = sorted({column for column in plan.columns.values() if heading.count(column) > 1})
    if twice:
        raise UnreadableFileError(f"{path} has the column {twice[0]} twice")
    return {name: heading.index(column) for name, column in plan.columns.items()}
