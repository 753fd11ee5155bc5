"""Numbers of rows as addresses and forms have them. What is larger fits no column."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import Path

Id = Annotated[int, Path(ge=1, lt=10**15)]
_DIGITS = 15


def number_in(text: str) -> int | None:
    """Return the number that a text is; None for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def numbers_in(fields: Iterable[object]) -> list[int]:
    """Return the numbers among what stands in fields of a form, in their order."""
    found = (number_in(each) for each in fields if isinstance(each, str))
    return [each for each in found if each is not None]
