"""A rule as a form has it, line by line, and back to the entry of `rules.yaml`.

What is typed is written as it is; whether it is right is asked of the file's readers alone. A line that says what the
file says already keeps the value as it was written.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ruamel.yaml.comments import CommentedSeq

from tickets.actions.revising import Mistake
from tickets.rules import Happens, Lasts, What

IF, UNLESS, THEN = PARTS = ("if", "unless", "then")
ONE_TEXT = frozenset({"matches", What.NOTE})  # commas are part of it
ONE = ONE_TEXT | {"older_than", "verified", "open_tickets", "hours", "from", "to"}
CONDITIONS = (
    "any_words", "all_words", "alike", "matches", "category", "channel", "status", "priority", "tags", "team", "holder",
    "language", "clock", "older_than", "open_tickets", "verified", "unit", "address", "hours", "days", "from", "to",
)  # fmt: skip
KEYS: Mapping[str, tuple[str, ...]] = {IF: CONDITIONS, UNLESS: CONDITIONS, THEN: tuple(What)}
MOST_LINES = 40  # of one part
BLANK_LINES = 2
_PLACE = re.compile(r"\[(\d+)\](?:\.([a-z]+)(?:\.([a-z_]+))?)?[^:]*: (.+)", re.DOTALL)
_MISSING = re.compile(r"expected (id|when|then)\b")


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    key: str  # empty: nothing is asked yet
    text: str


@dataclass(frozen=True, kw_only=True)
class FilledRule:
    id: str = ""
    name: str = ""
    off: bool = False
    happens: tuple[str, ...] = ()
    lasts: str = ""
    length: str = ""
    counts: str = ""
    lines: Mapping[str, tuple[RuleLine, ...]]  # by part


def as_kept(entry: Mapping[str, Any]) -> FilledRule:
    """Return how the file fills the form."""
    when = entry.get("when")
    lasting = when if isinstance(when, Mapping) else {}
    lasts = next((each.value for each in Lasts if each in lasting), "")
    return FilledRule(
        id=_text(entry.get("id")), name=_text(entry.get("name")), off=entry.get("off") is True,
        happens=() if lasting else _values(when), lasts=lasts, length=_text(lasting.get(lasts)),
        counts=_text(lasting.get("counts")), lines={part: tuple(_lines(entry.get(part))) for part in PARTS},
    )  # fmt: skip


def as_typed(given: Callable[[str], str], chosen: Callable[[str], Iterable[str]]) -> FilledRule:
    """Return how somebody filled the form; lines without a key are gone."""
    return FilledRule(
        id=given("id"), name=given("name"), off=given("off") == "1",
        happens=tuple(each.value for each in Happens if each in set(chosen("happens"))), lasts=given("lasts"),
        length=given("length"), counts=given("counts"),
        lines={
            part: tuple(
                RuleLine(key=given(f"{part}[{number}].key"), text=given(f"{part}[{number}].text").strip())
                for number in range(1, MOST_LINES + 1)
                if given(f"{part}[{number}].key")
            )
            for part in PARTS
        },
    )  # fmt: skip


def fields_of(rule: FilledRule, before: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields of the entry; None takes one out, and below `if` and the like a condition."""
    kept = as_kept(before)
    is_same = (rule.happens, rule.lasts, rule.length, rule.counts) == (
        kept.happens, kept.lasts, kept.length, kept.counts,
    )  # fmt: skip
    return {
        "name": rule.name or None,
        "when": before.get("when") if is_same else _when(rule, before.get("when")),
        **{part: _part(rule.lines[part], before.get(part)) for part in PARTS},
        "off": True if rule.off else None,
    }


def placed(
    rule: FilledRule, number: int, mistakes: Sequence[Mistake], *, file: str
) -> tuple[dict[str, str], list[str]]:
    """Sort mistakes by the fields they are about; `number` counts the rule in the file from 1. The rest are sentences."""
    at, others = dict[str, str](), []
    for mistake in mistakes:
        found = _PLACE.fullmatch(mistake.message) if mistake.file == file else None
        name = _field(rule, found) if found and int(found[1]) == number else None
        if found is None or name is None:
            others.append(str(mistake))
        else:
            at.setdefault(name, found[4])
    return at, others


def _field(rule: FilledRule, place: re.Match[str]) -> str | None:
    missing = _MISSING.match(place[4])
    part, key = place[2] or (missing[1] if missing else None), place[3]
    if part in PARTS:
        line = next((index for index, each in enumerate(rule.lines[part], start=1) if each.key == key), None)
        return part if line is None else f"{part}[{line}]"
    return part if part in {"id", "name", "when"} else None


# -- from the file ----------------------------------------------------------------------------------------------------


def _lines(part: Any) -> Iterator[RuleLine]:
    for key, value in part.items() if isinstance(part, Mapping) else ():
        yield RuleLine(key=str(key), text=_text(value) if key in ONE_TEXT else ", ".join(_values(value)))


def _values(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(_text(each) for each in listed if each is not None)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


# -- back to it -------------------------------------------------------------------------------------------------------


def _when(rule: FilledRule, before: Any) -> Any:
    if rule.lasts:
        kept = dict.fromkeys(before) if isinstance(before, Mapping) else {}
        return {**kept, rule.lasts: rule.length or None, "counts": rule.counts or None}
    return _one_or_list(rule.happens)


def _part(lines: Sequence[RuleLine], before: Any) -> Mapping[str, Any] | None:
    """Return conditions or acts; None where there are none any more. What is named twice is one list."""
    kept = before if isinstance(before, Mapping) else {}
    said: dict[str, list[str]] = {}
    for line in lines:
        said.setdefault(line.key, []).append(line.text)
    as_before = {line.key: line.text for line in _lines(before)}
    found = {
        key: kept[key] if [as_before.get(key)] == texts else _value(key, texts) for key, texts in said.items()
    }
    return {**dict.fromkeys(kept), **found} if found else None


def _value(key: str, texts: Sequence[str]) -> Any:
    if key in ONE_TEXT:
        values: list[Any] = list(texts)
    else:
        values = [each.strip() for text in texts for each in text.split(",") if each.strip()]
    return _one_or_list(
        [_typed(key, each) for each in values or [""]]
    )  # an empty one is refused, and not forgotten


def _one_or_list(values: Sequence[Any]) -> Any:
    if len(values) < 2:
        return values[0] if values else None
    listed = CommentedSeq(values)
    listed.fa.set_flow_style()
    return listed


def _typed(key: str, text: str) -> Any:
    if key == "verified" and text in {"true", "false"}:
        return text == "true"
    if key == "open_tickets" and re.fullmatch(r"[1-9][0-9]{0,3}", text, re.ASCII):
        return int(text)
    if key in {"from", "to"}:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
