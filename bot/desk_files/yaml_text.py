"""YAML as plain values, each with the line it stands on.

The text is composed into nodes and turned into plain data here, instead of by the library's constructors: so no tag can
make anything but text, numbers, true, false and null, a key that is there twice is a mistake, and an alias that unfolds
into millions of values stops early. Dates stay text. Keys are text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from bot.desk_files.problems import Problem
from bot.desk_files.yaml_mistakes import CURLY, QUOTED, why_unread
from bot.desk_files.yaml_nodes import DEEPEST, compose

MOST_CHARACTERS = 1_000_000
MOST_VALUES = 100_000
FILES_KEPT = 64
CORE = "tag:yaml.org,2002:"

Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """One parsed file; whoever reads it next is given the same values, so nobody changes them."""

    name: str
    data: Any  # None for an empty file
    lines: Mapping[Path, int]
    raw: Mapping[Path, str]  # scalars as they were written, without quotes: a number keeps its plus sign

    def line(self, path: Path) -> int:
        """Return the line of the value at this path, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(name: str, text: str, problems: list[Problem]) -> Document | None:
    """Parse one file; mistakes are appended to `problems`. None if it is no YAML at all."""
    document, found = _parsed(name, text)
    problems += found
    return document


@lru_cache(maxsize=FILES_KEPT)
def _parsed(name: str, text: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Parse what was not parsed lately: a desk is read several times over, and mostly one of its files has changed."""
    problems: list[Problem] = []
    return _parse(name, text, problems), tuple(problems)


def _parse(name: str, text: str, problems: list[Problem]) -> Document | None:
    if len(text) > MOST_CHARACTERS:
        problems.append(
            Problem(file=name, line=0, message=f"expected at most {MOST_CHARACTERS:,} characters")
        )
        return None
    try:
        root = compose(text)
    except MarkedYAMLError as error:
        line, said = why_unread(error, text)
        problems.append(Problem(file=name, line=line, message=f"this is not YAML: {said}"))
        return None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problems.append(
            Problem(file=name, line=line, message="there is a sign here that no text has; delete it")
        )
        return None
    except (YAMLError, ValueError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        problems.append(Problem(file=name, line=0, message=f"this is not YAML: {first}"))
        return None
    return _Reading(name, problems).document(root)


class _UnreadableError(Exception):
    """The file cannot be turned into values: too many of them, or too deep."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line = line


@dataclass
class _Reading:
    """Turns nodes into plain data, once per file."""

    name: str
    problems: list[Problem]
    lines: dict[Path, int] = field(default_factory=dict)
    raw: dict[Path, str] = field(default_factory=dict)

    def document(self, root: Node | None) -> Document | None:
        try:
            data = None if root is None else self._value(root, ())
        except _UnreadableError as error:
            self.problems.append(Problem(file=self.name, line=error.line, message=str(error)))
            return None
        return Document(name=self.name, data=data, lines=self.lines, raw=self.raw)

    def _value(self, node: Node, path: Path) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if len(self.lines) > MOST_VALUES:
            raise _UnreadableError(line, f"expected at most {MOST_VALUES:,} values, aliases unfolded")
        if len(path) > DEEPEST:
            raise _UnreadableError(line, f"expected at most {DEEPEST} levels")
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            self._check_tag(node, "seq")
            return [self._value(item, (*path, index)) for index, item in enumerate(node.value)]
        if isinstance(node, ScalarNode):
            return self._scalar(node, path)
        raise _UnreadableError(line, "expected a value")  # there is no fourth kind of node

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        self._check_tag(node, "map")
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                self._problem(line, "expected a word before the colon")
                continue
            key = str(key_node.value)
            if key == "<<" and key_node.style is None:
                self._problem(line, "merging with << is not read; write the keys out")
            elif key in found:
                self._problem(line, f"{key} is here twice; expected once")
            else:
                if not isinstance(value_node, ScalarNode) or not value_node.value:
                    self.lines[(*path, key)] = line
                found[key] = self._value(value_node, (*path, key))
        return found

    def _scalar(self, node: ScalarNode, path: Path) -> Any:
        text = str(node.value)
        self.raw[path] = text
        if node.style is None:
            self._check_signs(node, text)
        kind = self._check_tag(node, "str", "int", "float", "bool", "null", "timestamp")
        try:
            if kind == "int":
                return _integer(text)
            if kind == "float":
                return float(text.replace("_", ""))
        except ValueError:
            return text
        if kind == "bool":
            return text.lower() == "true"
        return None if kind == "null" else text

    def _check_tag(self, node: Node, *allowed: str) -> str:
        kind = str(node.tag).removeprefix(CORE)
        if kind not in allowed:
            self._problem(
                node.start_mark.line + 1, "tags such as !!name are not read; expected a plain value"
            )
        return kind

    def _check_signs(self, node: ScalarNode, text: str) -> None:
        """Refuse what was meant to be a text: one in a word processor's quotation marks, or one that & has made a name."""
        if text[:1] in CURLY and text[-1:] in CURLY:
            self._problem(node.start_mark.line + 1, f'quotation marks are straight ones: "{text[1:-1]}"')
        elif node.anchor and not text:
            self._problem(node.start_mark.line + 1, f"a text that begins with & {QUOTED}")

    def _problem(self, line: int, message: str) -> None:
        self.problems.append(Problem(file=self.name, line=line, message=message))


def _integer(text: str) -> int:
    digits = text.replace("_", "")
    return int(digits, 0) if digits.lstrip("+-")[:2].lower() in {"0o", "0x", "0b"} else int(digits)
