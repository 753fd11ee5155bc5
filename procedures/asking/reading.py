"""What an answer means, whoever gives it: a person who types, or a program. Pure: `today` is an argument."""

import re
from datetime import date
from typing import Any

from procedures.asking.lists import read_given_rows, read_list
from procedures.asking.plain_answers import read_plain
from procedures.asking.questions import AnswerError, Fault, Kind, Question


def read_answer(question: Question, typed: str, *, today: date) -> Any:
    """Return the value of an answer as somebody typed it: Items for a list. Raises AnswerError."""
    read = read_list if question.kind is Kind.ITEMS else read_plain
    return read(question, typed, today=today)


def read_value(question: Question, given: object, *, today: date) -> Any:
    """Return the value of an answer out of JSON: as people type it, or a number, true or false, or a list of choices.

    A file is named by its SHA-256 in hexadecimal, a row of a list by its columns. Raises AnswerError.
    """
    if question.kind is Kind.FILE:
        if not isinstance(given, str) or not re.fullmatch(r"[0-9a-f]{64}", given):
            raise AnswerError(Fault.NO_FILE)
        return given
    if isinstance(given, bool):
        return read_answer(question, "ya" if given else "tidak", today=today)
    if isinstance(given, list):
        if question.kind is Kind.ITEMS:
            return read_given_rows(question, given, today=today)
        return read_answer(question, ",".join(str(each) for each in given), today=today)
    return read_answer(question, str(given), today=today)
