"""The questions of a request form, and what a typed answer means. Pure: `today` is an argument.

People answer in chat as they speak: "12 okt 2026", "Rp1,5 juta", "jam 9", "ya". A value is a text, a Decimal, a date, a
time, a Period, a bool, or a tuple of chosen ids; files are named by whoever keeps them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NoReturn

from procedures.asking.conditions import Conditions
from procedures.asking.days import day_of, time_of
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


class AnswerError(ValueError):
    """The answer cannot be taken as it is."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_answer(question: Question, typed: str, *, today: date) -> Any:
    """Return the value of an answer as somebody typed it. Raises AnswerError."""
    text = typed.strip()
    if not text:
        raise AnswerError(Fault.EMPTY)
    return _READERS[question.kind](question, text, today)


def read_value(question: Question, given: object, *, today: date) -> Any:
    """Return the value of an answer out of JSON: as people type it, or a number, true or false, or a list of choices.

    A file is named by its SHA-256 in hexadecimal. Raises AnswerError.
    """
    if question.kind is Kind.FILE:
        is_sum = isinstance(given, str) and re.fullmatch(r"[0-9a-f]{64}", given)
        return given if is_sum else _fail(Fault.NO_FILE)
    if isinstance(given, bool):
        return read_answer(question, "ya" if given else "tidak", today=today)
    if isinstance(given, list):
        return read_answer(question, ",".join(str(each) for each in given), today=today)
    return read_answer(question, str(given), today=today)


def _text(longest: int) -> "Reader":
    def read(_question: Question, text: str, _today: date) -> str:
        if len(text) > longest:
            raise AnswerError(Fault.TOO_LONG)
        return text

    return read


_SCALES = {"ribu": 1_000, "rb": 1_000, "k": 1_000, "juta": 1_000_000, "jt": 1_000_000, "miliar": 10**9}
_ABOUT = r"(?:(?:kira-kira|kira kira|sekitar|kurang lebih|lebih kurang|±|about|around|approx\.?)\s*)?"
_NUMBER = re.compile(
    rf"{_ABOUT}(?:rp\.?\s*)?(-?[\d][\d.,]*)\s*(ribu|rb|k|juta|jt|miliar)?(?:-?an)?\b", re.IGNORECASE
)


def _number(question: Question, text: str, _today: date) -> Decimal:
    found = _NUMBER.match(text)
    if found is None:
        raise AnswerError(Fault.NO_NUMBER)
    try:
        value = Decimal(_plain(found[1])) * _SCALES.get((found[2] or "").lower(), 1)
    except InvalidOperation:
        raise AnswerError(Fault.NO_NUMBER) from None
    if question.least is not None and value < question.least:
        raise AnswerError(Fault.TOO_SMALL)
    if question.most is not None and value > question.most:
        raise AnswerError(Fault.TOO_LARGE)
    return value


_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,])")


def _amount(question: Question, text: str, today: date) -> Decimal:
    """Read rupiah: nobody writes thousandths of one, so that `500,000` is half a million in either language."""
    return _number(question, _GROUPED.sub(lambda found: found[0].replace(",", ""), text), today)


def _plain(written: str) -> str:
    """Return a number as Python reads it: points part thousands and a comma the rest, as Indonesian writes it."""
    written = written.rstrip(".,")
    if "," in written:
        whole, _, rest = written.rpartition(",")
        return f"{whole.replace('.', '').replace(',', '')}.{rest}"
    groups = written.split(".")
    is_grouped = len(groups) > 1 and all(len(each) == 3 for each in groups[1:])
    return written.replace(".", "") if is_grouped else written


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
}
