"""The questions of a request form, and what a typed answer means. Pure: `today` is an argument.

People answer in chat as they speak: "12 okt 2026", "Rp1,5 juta", "jam 9", "ya". A value is a text, a Decimal, a date, a
time, a Period, a bool, a tuple of chosen ids, or Items; files are named by whoever keeps them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from math import prod
from typing import Any, NoReturn

from procedures.asking.conditions import Conditions
from procedures.asking.days import day_of, time_of
from procedures.asking.items import COUNT, MOST_ROWS, Items, written_rows
from procedures.asking.numbers import amount_of, number_of
from procedures.asking.periods import Period, period_of

LONGEST_LINE, LONGEST_TEXT = 300, 5_000  # characters


class Kind(StrEnum):
    """What is asked for."""

    TEXT = "text"  # one line
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    AMOUNT = "amount"  # rupiah
    DATE = "date"
    TIME = "time"
    PERIOD = "period"  # from when to when
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    RESOURCE = "resource"  # something that can be booked; its choices are the desk's
    RESOURCES = "resources"  # several
    FILE = "file"
    EMAIL = "email"
    PHONE = "phone"
    ITEMS = "items"  # rows of some columns


@dataclass(frozen=True, kw_only=True)
class Choice:
    id: str
    label: Mapping[str, str]  # language → text


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question, in the words of the office."""

    id: str
    ask: Mapping[str, str]  # language → text
    kind: Kind
    label: Mapping[str, str] = field(
        default_factory=dict
    )  # its short name, language → text; left out: its id
    required: bool = True
    choices: tuple[Choice, ...] = ()
    only_if: Conditions | None = None  # asked only where this holds
    least: Decimal | None = None
    most: Decimal | None = None
    ahead: timedelta | None = None  # a date must lie at least so many days after today
    columns: tuple["Question", ...] = ()  # of a list
    product: tuple[str, ...] = ()  # of a column that nobody fills in: the columns that are multiplied

    @property
    def filled(self) -> tuple["Question", ...]:
        """Return the columns that people fill in."""
        return tuple(column for column in self.columns if not column.product)

    @property
    def sums(self) -> Iterator["Question"]:
        """Yield what a list adds up to, under the names by which it is asked for: `barang.harga`, `barang.count`."""
        for column in self.columns:
            if column.kind in COUNTED:
                yield replace(column, id=f"{self.id}.{column.id}")
        if self.columns:
            yield Question(id=f"{self.id}.{COUNT}", ask=self.ask, kind=Kind.NUMBER, label=self.label)


COUNTED = frozenset({Kind.NUMBER, Kind.AMOUNT})
CELLS = frozenset({Kind.TEXT, Kind.CHOICE, *COUNTED})  # what a column may hold


class Fault(StrEnum):
    """Why an answer cannot be taken. Whoever asks has the words for it."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_NUMBER = "no_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NO_DATE = "no_date"
    TOO_SOON = "too_soon"
    NO_TIME = "no_time"
    NO_PERIOD = "no_period"
    NOT_YES_OR_NO = "not_yes_or_no"
    NO_CHOICE = "no_choice"
    NO_EMAIL = "no_email"
    NO_PHONE = "no_phone"
    NO_FILE = "no_file"
    NO_ITEMS = "no_items"
    TOO_MANY = "too_many"


@dataclass(frozen=True, kw_only=True)
class WrongRow:
    """The row of a list that cannot be taken."""

    line: str  # as it was written
    column: Question | None = None  # whose cell is wrong; None: it has more cells than there are columns
    fault: Fault  # of the cell


class AnswerError(ValueError):
    """The answer cannot be taken as it is."""

    def __init__(self, fault: Fault, row: WrongRow | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.row = row  # of a list


def read_answer(question: Question, typed: str, *, today: date) -> Any:
    """Return the value of an answer as somebody typed it. Raises AnswerError."""
    text = typed.strip()
    if not text:
        raise AnswerError(Fault.EMPTY)
    return _READERS[question.kind](question, typed if question.columns else text, today)


def read_value(question: Question, given: object, *, today: date) -> Any:
    """Return the value of an answer out of JSON: as people type it, or a number, true or false, or a list of choices.

    A file is named by its SHA-256 in hexadecimal, a row of a list by its columns. Raises AnswerError.
    """
    if question.kind is Kind.FILE:
        is_sum = isinstance(given, str) and re.fullmatch(r"[0-9a-f]{64}", given)
        return given if is_sum else _fail(Fault.NO_FILE)
    if isinstance(given, bool):
        return read_answer(question, "ya" if given else "tidak", today=today)
    if question.kind is Kind.ITEMS and isinstance(given, list):
        return _rows(question, [_cells(question, each) for each in given], today)
    if isinstance(given, list):
        return read_answer(question, ",".join(str(each) for each in given), today=today)
    return read_answer(question, str(given), today=today)


def _text(longest: int) -> "Reader":
    def read(_question: Question, text: str, _today: date) -> str:
        if len(text) > longest:
            raise AnswerError(Fault.TOO_LONG)
        return text

    return read


def _number(question: Question, text: str, _today: date) -> Decimal:
    return _within_bounds(question, number_of(text))


def _amount(question: Question, text: str, _today: date) -> Decimal:
    return _within_bounds(question, amount_of(text))


def _within_bounds(question: Question, value: Decimal | None) -> Decimal:
    if value is None:
        raise AnswerError(Fault.NO_NUMBER)
    if question.least is not None and value < question.least:
        raise AnswerError(Fault.TOO_SMALL)
    if question.most is not None and value > question.most:
        raise AnswerError(Fault.TOO_LARGE)
    return value


def _date(question: Question, text: str, today: date) -> date:
    found = day_of(text.lower(), today)
    if found is None:
        raise AnswerError(Fault.NO_DATE)
    if question.ahead is not None and found < today + question.ahead:
        raise AnswerError(Fault.TOO_SOON)
    return found


def _time(_question: Question, text: str, _today: date) -> time:
    found = time_of(text.lower())
    return found if found is not None else _fail(Fault.NO_TIME)


def _period(question: Question, text: str, today: date) -> Period:
    found = period_of(text, today)
    if found is None:
        raise AnswerError(Fault.NO_PERIOD)
    if question.ahead is not None and found.start.date() < today + question.ahead:
        raise AnswerError(Fault.TOO_SOON)
    return found


_YES = frozenset({"ya", "y", "iya", "yes", "benar", "betul", "setuju"})
_NO = frozenset({"tidak", "t", "tdk", "no", "n", "bukan", "belum"})


def _yes_no(_question: Question, text: str, _today: date) -> bool:
    said = text.lower().rstrip(".!")
    if said in _YES:
        return True
    return False if said in _NO else _fail(Fault.NOT_YES_OR_NO)


def _choice(question: Question, text: str, _today: date) -> str:
    found = _chosen(question.choices, text)
    return found if found is not None else _fail(Fault.NO_CHOICE)


def _choices(question: Question, text: str, _today: date) -> tuple[str, ...]:
    named = [part.strip() for part in re.split(r"[,;\n]|\bdan\b|\band\b", text) if part.strip()]
    found = tuple(dict.fromkeys(_chosen(question.choices, part) for part in named))
    if not found or None in found:
        raise AnswerError(Fault.NO_CHOICE)
    return tuple(each for each in found if each is not None)


def _chosen(choices: Sequence[Choice], said: str) -> str | None:
    """Return the choice that was named: by its id, its label in any language (which may be a number), or its place."""
    wanted = said.casefold()
    for one in choices:
        if wanted in {one.id, *(label.casefold() for label in one.label.values())}:
            return one.id
    return choices[int(said) - 1].id if said.isdecimal() and 1 <= int(said) <= len(choices) else None


def _email(_question: Question, text: str, _today: date) -> str:
    if not re.fullmatch(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"()]+", text) or len(text) > 254:
        raise AnswerError(Fault.NO_EMAIL)
    return text.lower()


def _phone(_question: Question, text: str, _today: date) -> str:
    """Return a number in E.164; one that begins with 0 is Indonesian."""
    digits = re.sub(r"[\s().-]", "", text)
    digits = f"+62{digits[1:]}" if digits.startswith("0") else digits
    if not re.fullmatch(r"\+[1-9]\d{6,14}", digits, re.ASCII):
        raise AnswerError(Fault.NO_PHONE)
    return digits


def _file(_question: Question, _text: str, _today: date) -> str:
    """Words are no file: whoever takes attachments in says which one answers the question."""
    return _fail(Fault.NO_FILE)


def _items(question: Question, text: str, today: date) -> Items:
    return _rows(question, list(written_rows(text, len(question.filled))), today)


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
            row |= {column.id: read_answer(column, cell, today=today)} if cell or column.required else {}
        except AnswerError as error:
            wrong = WrongRow(line=line, column=column, fault=error.fault)
            raise AnswerError(Fault.NO_ITEMS, wrong) from error
    for column in question.columns:
        factors = [row[name] for name in column.product if name in row]
        if column.product and len(factors) == len(column.product):
            row[column.id] = prod(factors)
    return row


def _fail(fault: Fault) -> NoReturn:
    raise AnswerError(fault)


Reader = Callable[[Question, str, date], Any]
_READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: _text(LONGEST_LINE),
    Kind.PARAGRAPH: _text(LONGEST_TEXT),
    Kind.NUMBER: _number,
    Kind.AMOUNT: _amount,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.PERIOD: _period,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.RESOURCE: _choice,
    Kind.RESOURCES: _choices,
    Kind.FILE: _file,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.ITEMS: _items,
}
