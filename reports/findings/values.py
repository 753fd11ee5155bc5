"""One finding as values; `words` says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# A float is a share from 0 to 1; how others are said, their type says.
Value = int | float | str | date


@dataclass(frozen=True, kw_only=True)
class Said:
    """One sentence, by its key, and what stands in it."""

    key: str
    values: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class Finding:
    topic: str
    weight: float  # from 0 to 1: what weighs most is said first
    says: tuple[Said, ...]
    few: int | None = None  # of how few the shares in it are, where these are few


def said(key: str, **values: Value) -> Said:
    return Said(key=key, values=values)
