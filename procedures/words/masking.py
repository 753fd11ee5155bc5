"""Identity numbers in what a case says, for those who are not to read them whole. Pure."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from procedures.asking.items import Items
from procedures.asking.questions import Kind, Question
from procedures.definition.procedure import Procedure
from tickets.verification import masked

Mask = Callable[..., str]  # a text, and the numbers that are known to be somebody's

_LONG = re.compile(
    r"\d{8,}"
)  # of students, employees, citizens, telephones; years and amounts are shorter or parted
_TELEPHONE = re.compile(r"(?:62|0)8\d{7,11}")
_TYPED = frozenset(
    {Kind.TEXT, Kind.PARAGRAPH, Kind.NUMBER, Kind.EMAIL, Kind.PHONE}
)  # others hold no such number


def hidden(text: str, *known: str | None) -> str:
    """Return a text with the known numbers and all other long ones masked."""
    return _LONG.sub(lambda found: masked(found[0]), _known_hidden(text, known))


def hidden_at_desk(text: str, *known: str | None) -> str:
    """Return a text as the desk works with it: masked as well, but for mobile telephones, at which people are called."""
    return _LONG.sub(
        lambda found: found[0] if _TELEPHONE.fullmatch(found[0]) else masked(found[0]),
        _known_hidden(text, known),
    )


def whole(text: str, *_known: str | None) -> str:
    """Return a text as it is, for those who may read it."""
    return text


def answers_masked(
    answers: Mapping[str, Any], procedure: Procedure, mask: Callable[[str], str]
) -> dict[str, Any]:
    """Return answers, as values or as JSON has them, with what was typed masked; a number of which something is hidden as text."""
    return _masked({question.id: question for question in procedure.questions}, answers, mask)


def _masked(
    questions: Mapping[str, Question], answers: Mapping[str, Any], mask: Callable[[str], str]
) -> dict[str, Any]:
    masked_: dict[str, Any] = {}
    for name, value in answers.items():
        question = questions.get(name)
        if question is not None and question.kind is Kind.ITEMS:
            masked_[name] = _in_rows({column.id: column for column in question.columns}, value, mask)
        else:
            is_typed = question is None or question.kind in _TYPED
            masked_[name] = _masked_in(value, mask) if is_typed else value
    return masked_


def _in_rows(columns: Mapping[str, Question], value: Any, mask: Callable[[str], str]) -> Any:
    """Return a list, as a value or as JSON has it, with what was typed into its cells masked."""
    if isinstance(value, Items):
        return Items(tuple(_masked(columns, row, mask) for row in value.rows))
    return {kind: [_masked(columns, row, mask) for row in rows] for kind, rows in value.items()}


def _masked_in(value: Any, mask: Callable[[str], str]) -> Any:
    match value:
        case str():
            return mask(value)
        case Mapping():
            return {name: _masked_in(each, mask) for name, each in value.items()}
        case Decimal():
            said = mask(str(value))
            return value if said == str(value) else said
    return value


def _known_hidden(text: str, known: tuple[str | None, ...]) -> str:
    for number in known:
        if number:
            text = text.replace(number, masked(number))
    return text
