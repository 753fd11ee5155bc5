"""Answers and outcomes as people read them: dates and amounts in the words of their language, choices by their labels."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from procedures.asking.conditions import Answers
from procedures.asking.items import Items, value_of
from procedures.asking.periods import Period
from procedures.asking.questions import Question
from procedures.definition.procedure import DONE, SKIPPED, Procedure, Step
from procedures.words.item_words import lines_of
from templates_replies import procedure_phrases as phrases
from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words, period_in_words
from templates_replies.money_words import number

_YES_NO: Mapping[Language, tuple[str, str]] = {"id": ("ya", "tidak"), "en": ("yes", "no")}
NO_FILES: Mapping[str, str] = {}


def answer_words(
    question: Question, value: Any, language: Language, *, files: Mapping[str, str] = NO_FILES
) -> str:
    """Say an answer. `files` are the names of files by their SHA-256; one that is not there is said to be attached."""
    labels = {one.id: spoken(one.label, language, one.id) for one in question.choices}
    match value:
        case bool():
            return _YES_NO[language][0 if value else 1]
        case date():
            return date_in_words(value, language)
        case time():
            return f"{value:%H.%M}" if language == "id" else f"{value:%H:%M}"
        case Period():
            return period_in_words(value.start, value.end, language)
        case Items():
            return lines_of(question, value, language)
        case tuple():
            return ", ".join(labels.get(each, str(each)) for each in value)
        case Decimal():
            return number(value, language)
    return {**labels, **files}.get(value, str(value))


def all_in_words(procedure: Procedure, answers: Answers, language: Language) -> dict[str, str]:
    """Return every answer of a case in words, by question, and what its lists add up to."""
    return {
        one.id: answer_words(one, value, language)
        for question in procedure.questions
        for one in (question, *question.sums)
        if (value := value_of(answers, one.id)) is not None
    }


def label_of(question: Question, language: str) -> str:
    """Return the short name of a question, as summaries and mails have it."""
    return spoken(question.label, language) or question.id.replace("_", " ").replace("-", " ").capitalize()


def spoken(texts: Mapping[str, str], language: str, fallback: str = "") -> str:
    """Return a text in a language, or in the one that there is."""
    return texts.get(language) or next(iter(texts.values()), fallback)


def ways_of(step: Step, language: Language) -> list[tuple[str, str]]:
    """Return the outcomes that whoever acts may choose, and what each is called."""
    ways = [
        (one.id, phrases.done(language) if one.id == DONE else spoken(one.label, language, one.id))
        for one in step.outcomes
    ]
    return [*ways, (SKIPPED, phrases.skip(language))] if step.optional else ways
