"""The catalogue's files as texts that people edit: one entry is changed, everything else stays as it was written.

Each file is a list of entries with an `id`. Only the lines of the entry that is edited are written anew, so comments,
order and the hand of whoever wrote the file survive, and the difference between two revisions is what was meant.
Whether the outcome is sound is decided where files are checked.
"""

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, PlainScalarString

Change = Callable[[CommentedMap], None]
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # no block may have them
_ROW = re.compile(
    "[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029])|[^\n\r\x85\u2028\u2029]+"
)  # as YAML counts lines
_WIDE = 10_000  # columns: lines are broken by whoever writes them, not by us


class NoSuchEntryError(LookupError):
    """The file has no entry of that id."""


class UnreadableError(ValueError):
    """The text is not a list of entries, so nothing in it can be edited by form."""


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where an entry stands."""

    id: str | None
    lines: range | None = None  # None: the list is written in brackets
    column: int = 0  # of its keys, behind the dash

    @property
    def rows(self) -> range:
        assert self.lines is not None
        return self.lines


def entries_of(text: str) -> tuple[Mapping[str, Any], ...]:
    """Return the entries of a file as plain values. Raises UnreadableError."""
    try:
        content = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError) as error:
        raise _unreadable(error) from error
    if content is None:
        return ()
    if not isinstance(content, list) or not all(isinstance(entry, dict) for entry in content):
        raise UnreadableError("expected a list of entries")
    return tuple(content)


def _unreadable(error: Exception) -> UnreadableError:
    """Say where it is not YAML, and why, as far as that is known."""
    if isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
        problem = (error.problem or "").partition("\n")[0][:200]
        return UnreadableError(f"line {error.problem_mark.line + 1}: this is not YAML: {problem}")
    return UnreadableError("this is not YAML")


def entry_of(text: str, id_: str) -> Mapping[str, Any]:
    """Return one entry. Raises NoSuchEntryError, UnreadableError."""
    found = next((entry for entry in entries_of(text) if entry.get("id") == id_), None)
    if found is None:
        raise NoSuchEntryError(id_)
    return found


def put_entry(text: str, id_: str, fields: Mapping[str, Any]) -> str:
    """Set fields of the entry of that id, or add it behind the others; a field that is None is taken out.

    Of a field that holds fields itself (the languages of a body) only those that are given are set.
    """
    places = _places_in(text)
    if any(place.id == id_ for place in places):
        return _change(text, places, id_, lambda entry: _set(entry, fields))
    return _add(
        text, places, {"id": id_} | {key: value for key, value in fields.items() if value is not None}
    )


def put_entries(text: str, entries: Iterable[Mapping[str, Any]]) -> str:
    """Set the fields of many entries at once, each found by its id or added. Comments survive, the layout may not."""
    _places_in(text)
    content = _round_trip().load(text) or CommentedSeq()
    of_id = {entry.get("id"): entry for entry in content}
    for fields in entries:
        entry = of_id.get(fields["id"])
        if entry is None:
            entry = of_id[fields["id"]] = CommentedMap()
            content.append(entry)
        _set(entry, fields)
    written = _dumped(content)
    return written if content.fa.flow_style() else _shifted(written, -2)  # the list begins at the margin


def move_entry(text: str, id_: str, by: int) -> str:
    """Let an entry change places with the one before (-1) or behind it (1); at the end of the list it stays."""
    places = _places_in(text)
    index = _index(places, id_)
    if places[index].lines is None or not 0 <= index + by < len(places):
        return text
    rows = _rows(text)
    above, below = (places[each].rows for each in sorted((index, index + by)))
    moved = [
        *rows[: above.start],
        *rows[below.start : below.stop],
        *rows[above.stop : below.start],
        *rows[above.start : above.stop],
        *rows[below.stop :],
    ]
    return "".join(moved)


def _set(entry: CommentedMap, fields: Mapping[str, Any]) -> None:
    for key, value in fields.items():
        before = entry.get(key)
        if value is None:
            entry.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(before, CommentedMap):
            _set(before, value)
        elif before != value:
            entry[key] = _like(value, before)


def _index(places: Sequence[_Place], id_: str) -> int:
    for index, place in enumerate(places):
        if place.id == id_:
            return index
    raise NoSuchEntryError(id_)


def _change(text: str, places: Sequence[_Place], id_: str, change: Change) -> str:
    index = _index(places, id_)
    place = places[index]
    if place.lines is None:
        return _whole_anew(text, index, change)
    rows = _rows(text)
    before, own, behind = (
        rows[: place.rows.start],
        rows[place.rows.start : place.rows.stop],
        rows[place.rows.stop :],
    )
    try:
        entry = _round_trip().load(own[0][place.column :] + _shifted("".join(own[1:]), -place.column))
    except YAMLError:  # it leans on an anchor elsewhere in the file
        return _whole_anew(text, index, change)
    change(entry)
    written = _shifted(_dumped(entry), place.column).removeprefix(" " * place.column)
    return "".join([*before, own[0][: place.column], written, *behind])


def _add(text: str, places: Sequence[_Place], entry: Mapping[str, Any]) -> str:
    fresh = CommentedMap({key: _like(value, None) for key, value in entry.items()})
    if not places:
        comment = "" if text.strip() in {"", "[]"} else f"{text.rstrip()}\n"
        return comment + _as_item(fresh, 0)
    if places[-1].lines is None:
        content = _round_trip().load(text)
        content.append(fresh)
        return _dumped(content)
    rows, last = _rows(text), places[-1].rows
    indent = rows[last.start].index("-")
    spaced = len(places) > 1 and not rows[places[1].rows.start - 1].strip()
    return "".join([*rows[: last.stop], "\n" if spaced else "", _as_item(fresh, indent), *rows[last.stop :]])


def _as_item(entry: CommentedMap, indent: int) -> str:
    return " " * indent + "- " + _shifted(_dumped(entry), indent + 2).lstrip(" ")


def _whole_anew(text: str, index: int, change: Change) -> str:
    content = _round_trip().load(text)
    change(content[index])
    return _dumped(content)


def _places_in(text: str) -> tuple[_Place, ...]:
    """Return where each entry of the list stands. Raises UnreadableError."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError) as error:
        raise _unreadable(error) from error
    if root is None:
        return ()
    if not isinstance(root, SequenceNode) or not all(isinstance(node, MappingNode) for node in root.value):
        raise UnreadableError("expected a list of entries")
    if root.flow_style:
        return tuple(_Place(id=_id_of(node)) for node in root.value)
    rows = _rows(text)
    starts = [_dash_above(rows, node.start_mark.line) for node in root.value]
    return tuple(
        _Place(
            id=_id_of(node),
            lines=range(first, _without_tail(rows, max(first + 1, _end_of_text(node, rows)), end)),
            column=node.start_mark.column,
        )
        for node, first, end in zip(root.value, starts, [*starts[1:], len(rows)], strict=True)
    )


def _id_of(entry: MappingNode) -> str | None:
    return next((str(value.value) for key, value in entry.value if key.value == "id"), None)


def _dash_above(rows: Sequence[str], line: int) -> int:
    while not rows[line].lstrip().startswith("-"):
        line -= 1
    return line


def _end_of_text(node: Node, rows: Sequence[str]) -> int:
    """Return the line behind a text of several lines with which an entry ends: in it nothing is a comment."""
    while isinstance(node, CollectionNode) and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    if getattr(node, "style", None) not in {"|", ">"}:
        return 0
    end: int = min(node.end_mark.line, len(rows))
    while not rows[end - 1].strip():
        end -= 1
    return end


def _without_tail(rows: Sequence[str], least: int, end: int) -> int:
    """Leave the blank lines and comments behind an entry to the one that follows."""
    while end > least and (not rows[end - 1].strip() or rows[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _rows(text: str) -> list[str]:
    rows = _ROW.findall(text)
    if rows and not rows[-1].endswith("\n"):
        rows[-1] += "\n"
    return rows


def _shifted(text: str, by: int) -> str:
    """Move lines to the right, or to the left as far as they go."""
    rows = _ROW.findall(text)
    if by < 0:
        return "".join(row[min(-by, len(row) - len(row.lstrip(" "))) :] for row in rows)
    return "".join(" " * by + row if row.strip() else row for row in rows)


def _like(value: Any, before: Any) -> Any:
    """Return a value in the style in which the one before it was written; long texts as blocks."""
    if isinstance(value, Mapping):
        old = before if isinstance(before, Mapping) else {}
        return CommentedMap(
            {key: _like(each, old.get(key)) for key, each in value.items() if each is not None}
        )
    if isinstance(value, str):
        return _as_text(value, before)
    if isinstance(value, Sequence):
        written = {str(each): each for each in before} if isinstance(before, CommentedSeq) else {}
        listed = CommentedSeq([_like(each, written.get(str(each))) for each in value])
        if isinstance(before, CommentedSeq) and before.fa.flow_style():
            listed.fa.set_flow_style()
        return listed
    return value


def _as_text(value: str, before: Any) -> str:
    """Write several lines as a block where that keeps every sign; else keep the quotes that the text had before."""
    core = value.removesuffix("\n")
    is_block = "\n" in value and core != "" and core == core.strip()
    if _UNSEEN.search(value) or ("\n" in value and not is_block):
        quoted: str = DoubleQuotedScalarString(value)
        return quoted
    if is_block:
        block: str = LiteralScalarString(value)
        return block
    return type(before)(value) if isinstance(before, str) and type(before) is not PlainScalarString else value


def _round_trip() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dumped(content: Any) -> str:
    out = io.StringIO()
    _round_trip().dump(content, out)
    return out.getvalue()
