"""A list that is written row by row in a chat: what a message makes of it. Pure."""

import re
from datetime import date

from procedures.asking.items import MOST_ROWS, Items
from procedures.asking.questions import AnswerError, Fault, Question
from procedures.asking.reading import read_answer
from templates_replies.request_cues import wants_no_more

_ROW = re.compile(r"(?:baris|nomor|no\.?|row|line)\s*(\d{1,2})\s*[:=]\s*(.+)", re.IGNORECASE | re.DOTALL)
_GONE = re.compile(
    r"(?:hapus|buang|delete|remove)\s+(?:(?:baris|nomor|no\.?|row|line)\s*)?(\d{1,2})\W*", re.IGNORECASE
)


def is_complete(text: str, rows: object, *, said_no: bool) -> bool:
    """Whether somebody says of the rows that they have written that these are all."""
    return isinstance(rows, Items) and (said_no or wants_no_more(text))


def rows_with(question: Question, rows: object, text: str, *, today: date) -> Items:
    """Return a list with what a message adds to it, corrects in it or takes out of it. Raises AnswerError."""
    before = rows if isinstance(rows, Items) else Items(())
    for pattern in (_GONE, _ROW):
        found = pattern.fullmatch(text.strip())
        place = int(found[1]) - 1 if found else len(before.rows)
        if found and 0 <= place < len(before.rows):
            better = Items(()) if pattern is _GONE else _read(question, found[2], today)
            return before.replaced(place, better)
    after = before + _read(question, text, today)
    if len(after.rows) > MOST_ROWS:
        raise AnswerError(Fault.TOO_MANY)
    return after


def _read(question: Question, text: str, today: date) -> Items:
    found = read_answer(question, text, today=today)
    assert isinstance(found, Items)
    return found
