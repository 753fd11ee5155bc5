"""Fields of settings: what is typed into each, how a value of the file is shown in it, and how it is written back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from console.changing.veiled import VARIABLE, gives_away
from console.settings.desk_text import GONE

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NONE = "-"  # typed for null: not the usual, but nothing


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    FLAG = "flag"
    LIST = "list"  # with commas between
    LINES = "lines"  # one a line
    DAYS = "days"  # a line for days that are alike; in the file they are keys of the row itself
    SWITCH = "switch"  # of a whole section: null switches it off
    ALWAYS = "always"  # the section is this word, or a mapping
    VARIABLE = (
        "variable"  # names a variable of the environment; what the file itself gives away is never shown
    )
    PAIRS = "pairs"  # names and values, a line each


@dataclass(frozen=True, kw_only=True)
class Field:
    path: tuple[str, ...]  # within the file, or within a row
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    sample: str = ""  # how it is written
    usual: str = ""  # what counts where nothing is typed
    nullable: bool = False  # may be NONE
    only: tuple[str, ...] = ()  # the variants of a row that have it; none: all
    is_loose: bool = False  # of a list: one is written without brackets

    @property
    def name(self) -> str:
        return ".".join(self.path)

    @property
    def label(self) -> str:
        """The key of what people call it: a promise is called the same wherever it stands."""
        return f"set.{self.name.removeprefix('sla.')}"


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A list of the file: a row each, and an empty one for what is added."""

    path: tuple[str, ...]
    fields: tuple[Field, ...]
    is_single: bool = False  # one alone stands without a list
    is_bare: bool = False  # one may say nothing but that it is there
    most: int = 200
    by: str = ""  # the field that says of which variant a row is

    @property
    def name(self) -> str:
        return ".".join(self.path)

    @property
    def variants(self) -> tuple[str, ...]:
        return next((field.choices for field in self.fields if field.name == self.by), ("",))

    def fields_of(self, texts: Mapping[str, str]) -> tuple[Field, ...]:
        """Return the fields that a row with these texts has."""
        variant = texts.get(self.by) or self.variants[0]
        return tuple(field for field in self.fields if not field.only or variant in field.only)


def at(values: Any, path: Sequence[str]) -> Any:
    for key in path:
        values = values.get(key) if isinstance(values, Mapping) else None
    return values


def text_of(field: Field, values: Mapping[str, Any]) -> str:
    """Return what stands in a field, out of values as they were typed into the file."""
    if field.kind is Kind.DAYS:
        return _days_text(values)
    above, key = at(values, field.path[:-1]), field.path[-1]
    value = at(above, (key,))
    is_null = isinstance(above, Mapping) and key in above and value is None
    if field.kind is Kind.SWITCH:
        return "off" if is_null else "on"
    if field.kind is Kind.ALWAYS:
        return "always" if value == "always" else "week"
    if field.kind is Kind.PAIRS and isinstance(value, Mapping):
        if is_odd(field, values):
            return ""
        return "\n".join(f"{name}: {each}" for name, each in value.items() if isinstance(each, str))
    if field.kind is Kind.VARIABLE and (isinstance(value, list) or gives_away(value)):
        return ""
    if is_null:
        return NONE if field.nullable else ""
    if isinstance(value, list):
        between = "\n" if field.kind is Kind.LINES else ", "
        return between.join(each for each in value if isinstance(each, str))
    if field.kind is Kind.FLAG and isinstance(value, str):
        return value.lower()
    return value if isinstance(value, str) else ""


def is_hidden(field: Field, values: Mapping[str, Any]) -> bool:
    """Whether the file holds a secret here that stays as it is unless something is typed."""
    return field.kind is Kind.VARIABLE and gives_away(at(values, field.path))


def is_given_away(field: Field, text: str) -> bool:
    """Whether a secret was typed into a field, that belongs into the environment."""
    if field.kind is Kind.PAIRS:
        return not all(VARIABLE.search(line.partition(":")[2]) for line in text.splitlines())
    return field.kind is Kind.VARIABLE and text != NONE and gives_away(text)


def is_odd(field: Field, values: Mapping[str, Any]) -> bool:
    """Whether the file has something here that no field can hold; it is changed as a text."""
    value = at(values, field.path)
    if field.kind in {Kind.DAYS, Kind.SWITCH, Kind.ALWAYS}:
        return False
    if field.kind is Kind.PAIRS and isinstance(value, Mapping):
        return not all(isinstance(each, str) and "${" in each for each in value.values())
    return isinstance(value, Mapping) or (
        isinstance(value, list)
        and (field.kind not in {Kind.LIST, Kind.LINES} or not all(isinstance(each, str) for each in value))
    )


def value_of(field: Field, text: str, before: Any = None) -> Any:
    """Return what is written for a text; GONE where nothing is. What makes no sense is written as it is, and refused."""
    typed = text.strip()
    if field.nullable and typed == NONE:
        return None
    if field.kind is Kind.SWITCH:
        return None if typed == "off" else GONE
    if field.kind is Kind.ALWAYS:
        return "always" if typed == "always" else GONE
    if field.kind in {Kind.LIST, Kind.LINES}:
        parts = re.split(r"[\n,]" if field.kind is Kind.LIST else r"\n", typed)
        return _list(parts, before, is_loose=field.is_loose)
    if not typed or (field.kind is Kind.VARIABLE and typed == NONE):
        return GONE
    if field.kind is Kind.PAIRS:
        return _pairs(typed)
    if field.kind is Kind.FLAG:
        return {"true": True, "false": False}.get(typed, typed)
    if field.kind is Kind.NUMBER and re.fullmatch(r"-?[1-9][0-9]{0,17}|0", typed, re.ASCII):
        return int(typed)
    if field.kind is Kind.DATE:
        return _date(typed)
    return _quoted(typed)


def _quoted(typed: str) -> str:
    """Write what YAML would take for braces or a number in the quotes that desk files have."""
    is_quoted = re.match(r"[+-][0-9]", typed) or VARIABLE.search(typed)
    quoted: str = DoubleQuotedScalarString(typed) if is_quoted else typed
    return quoted


def _pairs(typed: str) -> CommentedMap:
    pairs = CommentedMap()
    pairs.fa.set_flow_style()
    for name, _, value in (line.partition(":") for line in typed.splitlines() if line.strip()):
        pairs[name.strip()] = _quoted(value.strip())
    return pairs


def _date(typed: str) -> date | str:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return typed


def _list(typed: Sequence[str], before: Any, *, is_loose: bool) -> Any:
    found = [_date(each.strip()) for each in typed if each.strip()]
    found = [_quoted(each) if isinstance(each, str) else each for each in found]
    if not found:
        return GONE
    if len(found) == 1 and (isinstance(before, str) or (is_loose and before is None)):
        return found[0]
    listed = CommentedSeq(found)
    listed.fa.set_flow_style()
    return listed


def _days_text(values: Mapping[str, Any]) -> str:
    return "\n".join(
        f"{key}: {', '.join(windows)}" if windows else f"{key}:"
        for key, windows in values.items()
        if key.partition("-")[0] in DAYS and isinstance(windows, list)
    )


def days_of(text: str) -> dict[str, CommentedSeq]:
    """Read `mon-thu: 08:00-12:00, 13:00-16:00`, a line for days that are alike; nothing behind the colon is closed."""
    found = {}
    for line in (line.strip() for line in text.splitlines() if line.strip()):
        days, _, windows = line.partition(":")
        listed = CommentedSeq(
            [DoubleQuotedScalarString(each.strip()) for each in windows.split(",") if each.strip()]
        )
        listed.fa.set_flow_style()
        found[days.strip()] = listed
    return found
