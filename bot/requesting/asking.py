"""A request in words: what is offered, what is asked next, the summary."""

from collections.abc import Sequence

from bot.requesting.presses import of_change, of_offer, of_question, of_review
from procedures.asking.items import Items
from procedures.asking.questions import Kind, Question
from procedures.definition.procedure import Procedure
from procedures.requests.form import asked
from procedures.requests.rows import RequestNow, SentFile
from procedures.words.answer_words import answer_words, label_of, spoken
from procedures.words.item_words import how_to_write, lines_of
from templates_replies import item_phrases
from templates_replies import request_phrases as phrases
from templates_replies.catalogue import Language
from tickets.actions.answering import Words


def offering(request: int, procedures: Sequence[Procedure], language: Language, *, link: str | None) -> Words:
    text = phrases.offer(language, procedures=[each.name for each in procedures], link=link)
    return Words(text=text, buttons=of_offer(request, procedures, language))


def asking(
    request: RequestNow, procedure: Procedure, question: Question, language: Language, *, may_press: bool,
    beside: str | None = None,
) -> Words:  # fmt: skip
    """Ask one question, with what is said `beside` it; `may_press` where buttons are more than a numbered list."""
    lines = [spoken(question.ask, language, question.id)]
    if beside is not None:
        lines.append(beside)
    if question.kind in {Kind.CHOICES, Kind.RESOURCES}:
        labels = [spoken(one.label, language, one.id) for one in question.choices]
        lines += [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
        lines.append(phrases.several(language))
    if question.kind is Kind.FILE:
        lines.append(phrases.send_file(language))
    rows = request.answers.get(question.id)
    if isinstance(rows, Items):
        lines = [lines_of(question, rows, language), item_phrases.more(language)]
    elif question.kind is Kind.ITEMS:
        lines.append(how_to_write(question, language))
    buttons = of_question(
        request.id, procedure, question, language, may_press=may_press, listed=isinstance(rows, Items)
    )
    if not question.required and not buttons and rows is None:
        lines.append(phrases.may_skip(language))
    return Words(text="\n".join(lines), buttons=buttons)


def reviewing(
    request: RequestNow,
    procedure: Procedure,
    language: Language,
    *,
    files: Sequence[SentFile],
    may_press: bool,
) -> Words:
    text = phrases.review(
        language, procedure=procedure.name, answers=in_words(request, procedure, language, files=files)
    )
    return Words(text=text, buttons=of_review(request.id, language) if may_press else ())


def about_file(request: RequestNow, procedure: Procedure, language: Language) -> str:
    """Say what becomes of a file that no question has asked for now: one to come has it, else it goes along with the request."""
    numbered = list(enumerate(asked(procedure.form, request.answers), start=1))
    wanting = [(number, each) for number, each in numbered if each.kind is Kind.FILE]
    open_ = [each for _, each in wanting if each.id not in request.answers and each.id not in request.passed]
    if open_ or not wanting:
        return phrases.file_kept(language)
    return phrases.file_along(language, number=wanting[-1][0])


def changing(request: RequestNow, procedure: Procedure, language: Language) -> Words:
    """Ask which answer shall be changed."""
    questions = tuple(asked(procedure.form, request.answers))
    buttons = of_change(request.id, procedure, questions, language)
    return Words(text=phrases.which_change(language), buttons=buttons)


def in_words(
    request: RequestNow, procedure: Procedure, language: Language, *, files: Sequence[SentFile]
) -> list[tuple[str, str | None]]:
    """Return the short name of each question that is asked, and its answer in words; None without one."""
    names = {each.attachment: each.name for each in files}
    return [
        (label_of(each, language), _said(each, request.answers.get(each.id), language, names))
        for each in asked(procedure.form, request.answers)
    ]


def _said(question: Question, value: object, language: Language, names: dict[int, str]) -> str | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return f"📎 {names.get(value, '')}".strip()
    return answer_words(question, value, language)
