"""What a typed answer means that is one value. Pure: `today` is an argument.

People answer in chat as they speak: "12 okt 2026", "Rp1,5 juta", "jam 9", "ya". A value is a text, a Decimal, a date, a
time, a Period, a bool, or a tuple of chosen ids; files are named by whoever keeps them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, NoReturn

from procedures.asking.days import day_of, time_of
from procedures.asking.numbers import amount_of, number_of
from procedures.asking.periods import Period, period_of
from procedures.asking.questions import AnswerError, Choice, Fault, Kind, Question

LONGEST_LINE, LONGEST_TEXT = 300, 5_000  # characters


def read_plain(question: Question, typed: str, *, today: date) -> Any:
    """Return the value of an answer to a question of any kind but a list. Raises AnswerError."""
    text = typed.strip()
    if not text:
        raise AnswerError(Fault.EMPTY)
    return _READERS[question.kind](question, text, today)


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
