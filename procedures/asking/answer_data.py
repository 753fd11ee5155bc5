"""Answers as JSON keeps them: dates, times, periods, amounts and lists beside what tells them apart, most of them as text."""

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from procedures.asking.conditions import Answers
from procedures.asking.items import Items
from procedures.asking.periods import Period


def to_data(answers: Answers) -> dict[str, Any]:
    return {name: _to_data(value) for name, value in answers.items()}


def from_data(data: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: _from_data(value) for name, value in (data or {}).items()}


def _to_data(value: Any) -> Any:
    if isinstance(value, Items):
        return {"Items": [to_data(row) for row in value.rows]}
    for kind in (date, time, Decimal, Period):
        if isinstance(value, kind):
            return {kind.__name__: str(value)}
    return list(value) if isinstance(value, tuple) else value


def _from_data(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return _READ[kind](text)
    return value


_READ: Mapping[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "Decimal": Decimal,
    "Period": Period.fromisoformat,
    "Items": lambda rows: Items(tuple(from_data(row) for row in rows)),
}
