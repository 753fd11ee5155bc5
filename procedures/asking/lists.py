"""What a typed list means: rows of cells, each cell an answer of its own. Pure: `today` is an argument."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import prod
from typing import Any

from procedures.asking.items import MOST_ROWS, Items, written_rows
from procedures.asking.plain_answers import read_plain
from procedures.asking.questions import AnswerError, Fault, Question, WrongRow


def read_list(question: Question, typed: str, *, today: date) -> Items:
    """Return the rows that somebody typed, one a line. Raises AnswerError."""
    if not typed.strip():
        raise AnswerError(Fault.EMPTY)
    return _rows(question, list(written_rows(typed, len(question.filled))), today)


def read_given_rows(question: Question, rows: Sequence[object], *, today: date) -> Items:
    """Return the rows of a list out of JSON, each named by its columns. Raises AnswerError."""
    return _rows(question, [_cells(question, each) for each in rows], today)


def _cells(question: Question, row: object) -> list[str]:
    """Return the cells of a row out of JSON. Raises AnswerError for one that names what is no column."""
    filled = [column.id for column in question.filled]
    if not isinstance(row, dict) or not row.keys() <= set(filled):
        raise AnswerError(Fault.NO_ITEMS)
    return ["" if row.get(name) is None else str(row[name]) for name in filled]


def _rows(question: Question, written: Sequence[Sequence[str]], today: date) -> Items:
    if not written:
        raise AnswerError(Fault.NO_ITEMS)
    if len(written) > MOST_ROWS:
        raise AnswerError(Fault.TOO_MANY)
    return Items(tuple(_row(question, cells, today) for cells in written))


def _row(question: Question, cells: Sequence[str], today: date) -> Mapping[str, Any]:
    columns = question.filled
    line = "; ".join(cells)
    if len(cells) > len(columns):
        raise AnswerError(Fault.NO_ITEMS, WrongRow(line=line, fault=Fault.NO_ITEMS))
    row: dict[str, Any] = {}
    for column, cell in zip(columns, [*cells, *[""] * len(columns)], strict=False):
        try:
            row |= {column.id: read_plain(column, cell, today=today)} if cell or column.required else {}
        except AnswerError as error:
            wrong = WrongRow(line=line, column=column, fault=error.fault)
            raise AnswerError(Fault.NO_ITEMS, wrong) from error
    for column in question.columns:
        factors = [row[name] for name in column.product if name in row]
        if column.product and len(factors) == len(column.product):
            row[column.id] = prod(factors)
    return row
