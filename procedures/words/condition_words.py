"""When a question is asked, in words: for a page or a mail that shows them all at once."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from procedures.asking.conditions import Comparison, Condition, Conditions
from procedures.asking.questions import Kind, Question
from procedures.words.answer_words import answer_words, label_of
from templates_replies import condition_phrases as phrases
from templates_replies.catalogue import Language
from templates_replies.money_words import rupiah


def when_asked(
    conditions: Conditions | None, questions: Sequence[Question], language: Language
) -> str | None:
    """Say under which answers something is asked: `bila Jenis: Luring`; None where it always is."""
    if conditions is None:
        return None
    known = {one.id: one for question in questions for one in (question, *question.sums)}
    every = [
        _words(each, known[each.question], language) for each in conditions.every if each.question in known
    ]
    unless = [
        _words(each, known[each.question], language) for each in conditions.unless if each.question in known
    ]
    return phrases.only_where(language, every=every, unless=unless)


def _words(condition: Condition, question: Question, language: Language) -> str:
    label = label_of(question, language)
    if condition.answered is not None:
        return phrases.answered(language, label=label, answered=condition.answered)
    if condition.than is not None:
        return f"{label} {_compared(question, *condition.than, language)}"
    values = sorted(answer_words(question, each, language) for each in condition.among)
    return f"{label}: {phrases.any_of(language, values)}"


def _compared(question: Question, comparison: Comparison, bound: Decimal | date, language: Language) -> str:
    if isinstance(bound, Decimal) and question.kind is Kind.AMOUNT:
        said = rupiah(int(bound), language)
    else:
        said = answer_words(question, bound, language)
    return phrases.compared(language, str(comparison), said, of_dates=isinstance(bound, date))
