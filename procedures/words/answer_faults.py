"""Why an answer cannot be taken, in words for whoever gave it."""

from datetime import date, timedelta
from decimal import Decimal

from procedures.asking.items import MOST_ROWS
from procedures.asking.questions import Fault, Question
from procedures.words.answer_words import answer_words, spoken
from procedures.words.item_words import how_to_write
from templates_replies import answer_faults
from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words


def fault_words(question: Question, fault: Fault, language: Language, *, today: date) -> str:
    """Say why an answer cannot be taken, with an example of one that can."""
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
