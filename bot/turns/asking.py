"""The questions of a step as they are put to whoever's turn it is."""

from collections.abc import Sequence

from procedures.asking.conditions import Answers
from procedures.asking.questions import Kind, Question
from procedures.words.answer_words import answer_words, spoken
from procedures.words.item_words import how_to_write
from templates_replies import procedure_phrases, turn_phrases
from templates_replies.catalogue import Language

LEFT_OUT = "-"  # what is written, or said by a press, for a question that is left out
Choices = Sequence[tuple[str, str]]  # what a press says, and what its button reads


def question_words(question: Question, language: Language, *, known: Answers) -> str:
    lines = [listed(spoken(question.ask, language, question.id), _options(question, language))]
    if question.columns:
        lines.append(how_to_write(question, language))
    if question.kind is Kind.FILE:
        lines.append(turn_phrases.send_file(language))
    if not question.required or question.id in known:
        lines.append(turn_phrases.may_be_left_out(language))
    return "\n".join(lines)


def choices_of(question: Question, language: Language, *, known: Answers) -> Choices:
    """Return what may be pressed instead of written; nothing where several may be chosen."""
    options = () if question.kind is Kind.CHOICES else _options(question, language)
    if question.kind is Kind.YES_NO:
        options = [
            (word, answer_words(question, value, language))
            for word, value in (("ya", True), ("tidak", False))
        ]
    may_leave_out = not question.required or question.id in known
    return [*options, (LEFT_OUT, procedure_phrases.skip(language))] if may_leave_out else options


def numbered(names: Sequence[str]) -> Choices:
    return [(str(number), name) for number, name in enumerate(names, start=1)]


def listed(text: str, choices: Choices) -> str:
    """Return a text with its choices below it, each by the number that stands for it."""
    return "\n".join([text, *(f"{number}. {label}" for number, label in choices)])


def in_words(choices: Choices) -> str:
    """Return what may be written instead of pressed, beyond the numbers and the dash that stand in the text already."""
    return " / ".join(label for said, label in choices if not said.isdecimal() and said != LEFT_OUT)


def _options(question: Question, language: Language) -> Choices:
    return numbered([spoken(one.label, language, one.id) for one in question.choices])
