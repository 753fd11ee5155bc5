"""Conditions over a case's answers: whether a question is asked, whether a step is due. Pure."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from procedures.asking.items import value_of

Answers = Mapping[str, Any]  # id of a question → its value; what was not answered is not there


class Comparison(StrEnum):
    """How an answer may stand to a value."""

    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


_COMPARED: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.LESS: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.MORE: operator.gt,
    Comparison.AT_LEAST: operator.ge,
}


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What the answer to one question, or the sum of a list (`barang.harga`), must be: one of some values, or in some relation to a number or date."""

    question: str
    among: frozenset[str | bool] = frozenset()
    than: tuple[Comparison, Decimal | date] | None = None
    answered: bool | None = None  # whether there is any answer

    def holds(self, answers: Answers) -> bool:
        value = value_of(answers, self.question)
        if self.answered is not None:
            return (value is not None) == self.answered
        if value is None:
            return False
        if self.than is not None:
            comparison, bound = self.than
            return _COMPARED[comparison](value, bound)
        return any(each in self.among for each in (value if isinstance(value, tuple) else (value,)))


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """All of `every` must hold, and of `unless` not all together."""

    every: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()

    def hold(self, answers: Answers) -> bool:
        held_back = self.unless and all(one.holds(answers) for one in self.unless)
        return all(one.holds(answers) for one in self.every) and not held_back
