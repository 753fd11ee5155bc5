"""The fields of a form that a contact fills in on its page, with what they have typed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from procedures.asking.items import MOST_ROWS, Items, cells_of
from procedures.asking.questions import Kind, Question
from procedures.requests.page import Typed
from procedures.words.answer_words import label_of, spoken
from procedures.words.condition_words import when_asked
from procedures.words.item_words import column_name
from templates_replies import request_phrases
from templates_replies.catalogue import Language

_ALIKE = {Kind.RESOURCE: Kind.CHOICE, Kind.RESOURCES: Kind.CHOICES}  # asked in the same way


SPARE_ROWS = 5  # of a list, beyond those that are filled in


@dataclass(frozen=True, kw_only=True)
class Column:
    id: str
    name: str
    kind: str
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question as the page shows it."""

    id: str
    ask: str
    kind: str
    required: bool
    when: str | None  # asked only then, in words
    choices: Sequence[tuple[str, str]]  # what is sent, and what is read
    given: str  # as it was typed; of a period, its beginning
    until: str  # of a period, its end
    beside: str | None  # what is taken and free of what it books
    chosen: Sequence[str]  # of several choices
    file: str | None  # the name of one that is there already
    problem: str | None
    columns: Sequence["Column"] = ()  # of a list
    rows: Sequence[Sequence[str]] = ()  # its cells, with some rows that are empty


def fields_of(
    form: Sequence[Question], language: Language, *, answers: Mapping[str, Any], typed: Typed, files: Mapping[int, str],
    problems: Mapping[str, str], beside: Mapping[str, str],
) -> list[Field]:  # fmt: skip
    """Return the fields. What was `typed` now stands before what is kept; a file is named by its attachment."""
    return [
        Field(
            id=each.id,
            ask=spoken(each.ask, language, label_of(each, language)),
            kind=_ALIKE.get(each.kind, each.kind),
            required=each.required,
            when=when_asked(each.only_if, form, language),
            choices=_choices(each, language),
            given=_ends(each, answers, typed)[0],
            until=_ends(each, answers, typed)[1],
            beside=beside.get(each.id),
            chosen=_chosen(each, answers, typed),
            file=files.get(answers.get(each.id, 0)) if each.kind is Kind.FILE else None,
            problem=problems.get(each.id),
            columns=columns_of(each, language),
            rows=_rows(each, answers, typed) if each.columns else (),
        )
        for each in form
    ]


def columns_of(question: Question, language: Language) -> list[Column]:
    """Return the columns of a list that are filled in; of another question none."""
    return [
        Column(id=one.id, name=column_name(one, language), kind=one.kind, choices=_choices(one, language))
        for one in question.filled
    ]


def _choices(question: Question, language: Language) -> list[tuple[str, str]]:
    if question.kind is Kind.YES_NO:
        return [("ya", request_phrases.yes(language)), ("tidak", request_phrases.no(language))]
    return [(one.id, spoken(one.label, language, one.id)) for one in question.choices]


def _ends(question: Question, answers: Mapping[str, Any], typed: Typed) -> tuple[str, str]:
    """Return what was typed; of a period, its beginning and its end."""
    given = _given(question, answers, typed)
    begins, _, ends = given.partition("/")
    return (begins, ends) if question.kind is Kind.PERIOD else (given, "")


def _given(question: Question, answers: Mapping[str, Any], typed: Typed) -> str:
    said = typed.get(question.id)
    if isinstance(said, str):
        return said
    value = answers.get(question.id)
    match value:
        case bool():
            return "ya" if value else "tidak"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case None | tuple():
            return ""
    return str(value)


def _rows(question: Question, answers: Mapping[str, Any], typed: Typed) -> list[list[str]]:
    """Return the cells of a list as they were typed, else as they are kept, and empty rows below them."""
    said, kept, columns = typed.get(question.id), answers.get(question.id), question.filled
    rows = [cells_of(line, len(columns)) for line in said.splitlines()] if isinstance(said, str) else []
    if said is None and isinstance(kept, Items):
        rows = [[str(row.get(column.id, "")) for column in columns] for row in kept.rows]
    spare = min(SPARE_ROWS, MOST_ROWS - len(rows))
    return [*rows, *([""] * len(columns) for _ in range(spare))]


def _chosen(question: Question, answers: Mapping[str, Any], typed: Typed) -> Sequence[str]:
    if question.kind not in {Kind.CHOICES, Kind.RESOURCES}:
        return ()
    said = typed.get(question.id)
    if said is not None:
        return [said] if isinstance(said, str) else said
    return tuple(answers.get(question.id, ()))
