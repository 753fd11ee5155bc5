"""The rows of a CSV file, one at a time, each with the line on which it begins."""

import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from bot.importing.mapping import Plan

LARGEST_FIELD = 1_000_000  # characters
_LOOKED_AT = 1_000_000  # bytes
_LONGEST_SEPARATOR = 8  # characters


class Row(NamedTuple):
    line: int  # on which it begins
    cells: Mapping[str, str]  # field of the mapping → cell without spaces around it
    wrong: str = ""  # why it is no row of this table


class UnreadableFileError(Exception):
    """The file is no table as the mapping describes it; the sentence says why and where."""


@contextmanager
def opened_rows(path: Path, plan: Plan) -> Iterator[Iterator[Row]]:
    """Open a file and read its heading. Raises UnreadableFileError, also while its rows are read."""
    before = csv.field_size_limit(LARGEST_FIELD)
    try:
        with path.open("rb") as raw:
            _refuse_utf_8_read_as_another(path, raw.read(_LOOKED_AT), plan)
        with path.open(encoding=plan.encoding, newline="") as file:
            yield _rows(path, file, plan)
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}") from error
    finally:
        csv.field_size_limit(before)


def _refuse_utf_8_read_as_another(path: Path, start: bytes, plan: Plan) -> None:
    """Every byte is some letter to an encoding of one byte a letter: `ü` would be taken over as `Ã¼`, and nobody told."""
    if plan.encoding.startswith("utf") or start.isascii():
        return
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return
    raise UnreadableFileError(
        f"{path} is written in UTF-8, not in {plan.encoding}: say `encoding: utf-8` in the mapping"
    )


def _rows(path: Path, file: TextIO, plan: Plan) -> Iterator[Row]:
    line = 1
    try:
        skipped = _skip_excels_separator(file)
        reader = csv.reader(file, delimiter=plan.delimiter, strict=True)
        heading = [cell.strip() for cell in next(reader, [])]
        places = _places(path, heading, plan)
        line = skipped + reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(line, cells, places, len(heading))
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(f"{path}, line {line}: {error}") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{path}, after line {line}: this is not {error.encoding}; say its encoding in the mapping"
        ) from error


def _skip_excels_separator(file: TextIO) -> int:
    """Pass the line `sep=;` by which files tell Excel what stands between cells; return how many lines that were."""
    if re.fullmatch(r"sep=.\s*", file.readline(_LONGEST_SEPARATOR)):
        return 1
    file.seek(0)
    return 0


def _row(line: int, cells: list[str], places: Mapping[str, int], width: int) -> Row:
    """Spreadsheets leave out blank cells at the end of a row, or write more of them than there are columns."""
    there = cells + [""] * (width - len(cells))
    wrong = f"expected {width} columns as in the heading, not {len(cells)}" if any(there[width:]) else ""
    return Row(line, {name: there[at].strip() for name, at in places.items()}, wrong)


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
