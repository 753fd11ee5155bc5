"""The buttons of a request, and what a press of one says. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from procedures.asking.questions import Kind, Question
from procedures.definition.procedure import Procedure
from procedures.words.answer_words import label_of, spoken
from templates_replies import item_phrases
from templates_replies import request_phrases as phrases
from templates_replies.catalogue import Language
from tickets.message import Button

Rows = tuple[tuple[Button, ...], ...]
_PRESS = "req"  # a button's data: req:<request>:<what>[:<place>[:<place>]]
YES, NO = "1", "0"  # the places of a yes and a no


class What(StrEnum):
    """What a button of a request does."""

    PICK = "pick"  # a procedure of those that were offered, by its place
    NONE = "none"
    SAY = "say"  # an answer: the places of question and choice
    SKIP = "skip"
    DONE = "done"  # the list that they write is complete
    SEND = "send"
    CHANGE = "change"
    FIX = "fix"  # a question that shall be asked again
    CANCEL = "cancel"


@dataclass(frozen=True, kw_only=True)
class Press:
    """A button of a request was pressed."""

    request: int
    what: What
    places: tuple[int, ...] = ()


def pressed(data: str | None) -> Press | None:
    """Read a button's data back; None for one that is none of ours."""
    head, *parts = (data or "")[:64].split(":")
    if head != _PRESS or len(parts) < 2 or parts[1] not in set(What):
        return None
    numbers = [parts[0], *parts[2:]]
    if not all(each.isascii() and each.isdecimal() and len(each) <= 15 for each in numbers):
        return None
    return Press(request=int(parts[0]), what=What(parts[1]), places=tuple(int(each) for each in parts[2:]))


def of_offer(request: int, procedures: Sequence[Procedure], language: Language) -> Rows:
    none = (_button(request, phrases.no_label(language), What.NONE),)
    if len(procedures) == 1:
        return ((_button(request, phrases.yes_label(language), What.PICK, 0),), none)
    picks = ((_button(request, each.name, What.PICK, at),) for at, each in enumerate(procedures))
    return (*picks, none)


def of_question(
    request: int, procedure: Procedure, question: Question, language: Language, *, may_press: bool, listed: bool = False
) -> Rows:  # fmt: skip
    """Return what can be pressed instead of typed. Where buttons are a numbered list, only what is chosen by number.

    `listed` is whether a list has rows already.
    """
    place = procedure.form.index(question)
    if listed:
        return ((_button(request, item_phrases.done(language), What.DONE, place),),) if may_press else ()
    rows = [
        (_button(request, label, What.SAY, place, at),) for at, label in _answers_by_place(question, language)
    ]
    if not question.required and (may_press or rows):
        rows.append((_button(request, phrases.skip_label(language), What.SKIP, place),))
    return tuple(rows)


def choices_of(question: Question, language: Language) -> list[str]:
    """Return what may be chosen as an answer, in the order of the buttons."""
    return [label for _, label in _answers_by_place(question, language)]


def of_review(request: int, language: Language) -> Rows:
    send, change, cancel = phrases.review_labels(language)
    return (
        (_button(request, send, What.SEND),),
        (_button(request, change, What.CHANGE), _button(request, cancel, What.CANCEL)),
    )


def of_change(request: int, procedure: Procedure, questions: Sequence[Question], language: Language) -> Rows:
    return tuple(
        (_button(request, label_of(each, language), What.FIX, procedure.form.index(each)),)
        for each in questions
    )


def _answers_by_place(question: Question, language: Language) -> list[tuple[int, str]]:
    if question.kind is Kind.YES_NO:
        return [(int(YES), phrases.yes(language)), (int(NO), phrases.no(language))]
    if question.kind in {Kind.CHOICE, Kind.RESOURCE}:
        return [(at, spoken(one.label, language, one.id)) for at, one in enumerate(question.choices)]
    return []


def _button(request: int, label: str, what: What, *places: int) -> Button:
    return Button(label=label, data=":".join([_PRESS, str(request), what, *map(str, places)]))
