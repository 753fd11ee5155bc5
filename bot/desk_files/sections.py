"""Reading parsed YAML key by key, and noting every mistake on the way instead of stopping at the first.

Each reading names a fallback of the right type, so that the rest can be read as if all were well; what is built from
fallbacks is thrown away with the error in the end.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from bot.desk_files.paper_words import means, meant
from bot.desk_files.problems import Problem
from bot.desk_files.yaml_mistakes import CURLY
from bot.desk_files.yaml_text import Document, Path

T = TypeVar("T")
YES, NO = frozenset({"ya", "yes"}), frozenset({"tidak", "no"})  # beside true and false
KEYED = "keys with their values, as in {name: Budi}"
LONGEST_SHOWN = 40
LONGEST_DATED = timedelta(days=3660)


@dataclass(frozen=True)
class Section:
    """A mapping somewhere in a document."""

    document: Document
    problems: list[Problem]
    path: Path = ()

    @property
    def data(self) -> dict[str, Any]:
        found = self.value()
        return found if isinstance(found, dict) else {}

    def value(self, *below: str | int) -> Any:
        """Return the parsed value at a path below; None where there is none."""
        value = self.document.data
        for part in (*self.path, *below):
            if isinstance(value, dict):
                value = value.get(part)
            else:
                value = value[part] if isinstance(value, list) and isinstance(part, int) else None
        return value

    def problem(self, message: str, *below: str | int) -> None:
        """Note a mistake at this section or at a path below it."""
        path = (*self.path, *below)
        where = spoken(path)
        self.problems.append(
            Problem(
                file=self.document.name,
                line=self.document.line(path),
                message=f"{where}: {message}" if where else message,
            )
        )

    def allow(self, known: Collection[str]) -> None:
        """Refuse every key that is not known, and suggest the nearest one that is."""
        for key, value in self.data.items():
            if key in known:
                continue
            if CURLY & set(key):
                hint = 'quotation marks are straight ones: "…"'
            elif near := meant(key, known):
                hint = f"did you mean {near}?"
            elif " " in key or value is None:  # the rest of what was cut at its comma
                hint = "within { }, a text with a comma stands in quotation marks, a list in [ ]"
            else:
                hint = f"expected one of {', '.join(sorted(known))}"
            self.problem(f"unknown key; {hint}", key)

    def has(self, key: str) -> bool:
        """Say whether the key is there with anything but null."""
        return self.data.get(key) is not None

    def has_otherwise(self, key: str) -> bool:
        """Say whether a word of the paper stands where the key should: that is told as an unknown key."""
        return any(means(each, key) for each in self.data)

    def read(
        self, key: str, parse: Callable[[str], T], fallback: T, *, required: str = "", expected: str = ""
    ) -> T:
        """Read one value as it was written.

        `parse` raises ValueError for what it does not take; `required` says what is expected where nothing is, and
        `expected` replaces the sentence of the ValueError.
        """
        if not self.has(key):
            if required and not self.has_otherwise(key):
                self.problem(f"expected {required}", *([key] if key in self.data else []))
            return fallback
        raw = self.document.raw.get((*self.path, key))
        if raw is None:
            self.problem(f"expected {expected or required or 'one value'}, not a list or a mapping", key)
            return fallback
        try:
            return parse(raw)
        except ValueError as error:
            self.problem(f'expected {expected}, not "{raw[:LONGEST_SHOWN]}"' if expected else str(error), key)
            return fallback

    def text(self, key: str, *, required: str = "", longest: int = 200) -> str:
        """Read a text on one line, without spaces around it; empty where there is none."""
        return self.read(
            key,
            lambda raw: _line(raw, longest),
            "",
            required=required,
            expected=f"a text of 1 to {longest} characters",
        )

    def choice(self, key: str, choices: Collection[str], fallback: str, *, required: str = "") -> str:
        """Read one of some words; where there are none, what should have said them is a mistake already."""
        if not choices:
            return fallback
        return self.read(key, lambda raw: _one_of(raw, choices), fallback, required=required)

    def flag(self, key: str, *, fallback: bool) -> bool:
        value = self.data.get(key, fallback)
        if isinstance(value, bool):
            return value
        if str(value).lower() in YES | NO:
            return str(value).lower() in YES
        self.problem(f'expected true or false, not "{str(value)[:LONGEST_SHOWN]}"', key)
        return fallback

    def section(self, key: str, *, required: str = "") -> "Section | None":
        """Return the mapping under this key; None where there is none."""
        value = self.data.get(key)
        if isinstance(value, dict):
            return self.below(key)
        if value is not None:
            self.problem(f"expected {required or KEYED}", key)
        elif required and not self.has_otherwise(key):
            self.problem(f"expected {required}", *([key] if key in self.data else []))
        return None

    def sections(self, key: str) -> Iterator["Section"]:
        """Yield the mappings of the list under this key."""
        for index, item in self.items(key):
            if isinstance(item, dict):
                yield self.below(key, index)
            else:
                self.problem(f"expected {KEYED}", key, index)

    def items(self, key: str) -> Iterator[tuple[int, Any]]:
        """Yield the entries of the list under this key, with their index."""
        value = self.data.get(key)
        if isinstance(value, list):
            yield from enumerate(value)
        elif value is not None:
            self.problem("expected a list: in [ ], or rows that begin with -", key)

    def dates(self) -> tuple[date, date] | None:
        """Read `from` and `to`, both included; without `to` it is one day. None after a mistake."""
        expected = "a date YYYY-MM-DD"
        first = self.read("from", date.fromisoformat, None, required="from: YYYY-MM-DD", expected=expected)
        last = self.read("to", date.fromisoformat, first, expected=expected)
        if first is None or last is None:
            return None
        if not first <= last <= first + LONGEST_DATED:
            self.problem(f"expected a date from {first} on, within ten years, not {last}", "to")
            return None
        return first, last

    def raw(self, *below: str | int) -> str | None:
        """Return a scalar below as it was written; None if it is null, a list or a mapping."""
        return self.document.raw.get((*self.path, *below)) if self.value(*below) is not None else None

    def below(self, *path: str | int) -> "Section":
        """Return what is at a path below; where that is no mapping, it reads as an empty one."""
        return Section(self.document, self.problems, (*self.path, *path))


def spoken(path: Path) -> str:
    """Return a path as people read it: `staff[2].email`, the first of a list being 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f"{'.' if text else ''}{part}"
    return text


def slug(raw: str) -> str:
    """Read an id: small letters, digits and single hyphens. Raises ValueError."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", raw) or len(raw) > 60:
        raise ValueError
    return raw


def email_address(raw: str) -> str:
    """Read a mailbox, in lower case. Raises ValueError."""
    if not re.fullmatch(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+", raw) or len(raw) > 254:
        raise ValueError
    return raw.lower()


def telephone(raw: str) -> str:
    """Read a number in E.164. Raises ValueError."""
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", raw, re.ASCII):
        raise ValueError
    return raw


def digits(raw: str) -> str:
    """Read a Telegram user id. Raises ValueError."""
    if not re.fullmatch(r"[1-9][0-9]{0,18}", raw, re.ASCII):
        raise ValueError
    return raw


def _line(raw: str, longest: int) -> str:
    text = " ".join(part.strip() for part in raw.strip().splitlines())
    if not 0 < len(text) <= longest or not text.isprintable():
        raise ValueError
    return text


def _one_of(raw: str, choices: Collection[str]) -> str:
    if raw not in choices:
        near = next((f"; did you mean {each}?" for each in choices if means(raw, each)), "")
        raise ValueError(f'expected {" or ".join(choices)}, not "{raw[:LONGEST_SHOWN]}"{near}')
    return raw
