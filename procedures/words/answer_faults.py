"""Why an answer cannot be taken, in words for whoever gave it."""

from datetime import date, timedelta
from decimal import Decimal
from textwrap import shorten

from procedures.asking.items import MOST_ROWS
from procedures.asking.questions import AnswerError, Fault, Question, WrongRow
from procedures.words.answer_words import answer_words, spoken
from procedures.words.item_words import column_name, how_to_write
from templates_replies import answer_faults
from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words

_LONGEST_QUOTE = 80  # characters of a row


def fault_words(question: Question, error: AnswerError, language: Language, *, today: date) -> str:
    """Say why an answer cannot be taken, with an example of one that can; of a list, which row it is."""
    if error.row is not None:
        return _row_words(question, error.row, language, today=today)
    return _told(question, error.fault, language, today=today)


def _row_words(question: Question, row: WrongRow, language: Language, *, today: date) -> str:
    line = shorten(row.line, _LONGEST_QUOTE, placeholder="…")
    if row.column is None:
        columns = [column_name(each, language) for each in question.filled]
        return answer_faults.too_many_cells(language, line=line, columns=columns)
    column = column_name(row.column, language)
    if row.fault is Fault.EMPTY:
        return answer_faults.cell_missing(language, line=line, column=column)
    why = _told(row.column, row.fault, language, today=today)
    return answer_faults.cell_wrong(language, line=line, column=column, why=why)


def _told(question: Question, fault: Fault, language: Language, *, today: date) -> str:
    return answer_faults.told(
        language,
        str(fault),
        how=how_to_write(question, language) if question.columns else "",
        rows=str(MOST_ROWS),
        least=_number(question, question.least, language),
        most=_number(question, question.most, language),
        earliest=date_in_words(today + (question.ahead or timedelta()), language),
        choices=", ".join(spoken(one.label, language, one.id) for one in question.choices),
    )  # fmt: skip


def _number(question: Question, bound: Decimal | None, language: Language) -> str:
    return answer_words(question, bound, language) if bound is not None else ""
