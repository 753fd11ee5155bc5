"""A requester's turn by mail: shown as lines to fill in or as words to choose from, and answered by an answer to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.own_turns.answering import Answering
from bot.own_turns.reading import Meant, Move, mailed
from bot.requesting.going_on import Occasion
from bot.requesting.mailing import in_a_line
from bot.turns.called import Called
from procedures.asking.questions import AnswerError, Kind, Question
from procedures.requests.mailed import Filled, read_lines
from procedures.words.answer_faults import fault_words
from procedures.words.answer_words import label_of
from templates_replies import request_mail_phrases as mail
from templates_replies.catalogue import Language
from templates_replies.request_mail_phrases import Line
from tickets.actions.answering import Words
from tickets.message import Said


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a mail says to a turn."""

    meant: Meant
    filled: Filled = field(default_factory=Filled)


def read(called: Called, said: Said, *, files: bool, today: date) -> Letter | None:
    """Return what a mail says to a turn; None for one that says nothing to it."""
    own = read_lines(called.step.asks, said.text, today=today)
    if not (own.answers or own.faults) and said.full_text and called.step.asks:
        own = replace(read_lines(called.step.asks, said.full_text, today=today), asks=own.asks)
    takes_files = files and any(each.kind is Kind.FILE for each in called.step.asks)
    answered = [*own.answers, *own.faults, *(["file"] if takes_files else [])]
    meant = mailed(called.step, said.text, answered=answered, files=files)
    return Letter(meant=meant, filled=own) if meant is not None else None


def answer(answering: Answering, letter: Letter, called: Called, on: Occasion) -> Words:
    """Carry out what a mail says: what is missing is asked for at once, by lines."""
    if letter.meant.move is not Move.WAY:
        return answering.go(letter.meant)
    lacking = answering.lay_over(letter.meant, letter.filled.answers)
    again = [each for each in called.step.asks if each in lacking or each.id in letter.filled.faults]
    if again:
        answering.filling = None
        lines = lines_of(again, on.language, faults=letter.filled.faults, today=on.today)
        text = mail.lacking(on.language, procedure=called.step.does, lines=lines, read="", link="")
        return Words(text=text)
    return answering.end()


_NO_FAULTS: Mapping[str, AnswerError] = {}


def lines_of(
    questions: Sequence[Question],
    language: Language,
    *,
    faults: Mapping[str, AnswerError] = _NO_FAULTS,
    today: date,
) -> list[Line]:
    """Return the lines that ask these questions."""
    return [
        Line(
            label=label_of(each, language),
            ask=in_a_line(each, language),
            required=each.required,
            file=each.kind is Kind.FILE,
            why=fault_words(each, faults[each.id], language, today=today) if each.id in faults else None,
        )
        for each in questions
    ]
