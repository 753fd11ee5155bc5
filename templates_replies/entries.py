"""The catalogue's files as texts that people edit: one entry is changed, everything else stays as it was written.

Each file is a list of entries with an `id`. Only the lines of the entry that is edited are written anew, so comments,
order and the hand of whoever wrote the file survive, and the difference between two revisions is what was meant.
Whether the outcome is sound is decided where files are checked.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, SequenceNode

from templates_replies.handwriting import (
    dumped,
    end_of_text,
    like,
    round_trip,
    rows_of,
    shifted,
    without_tail,
)

Change = Callable[[CommentedMap], None]


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
    content = round_trip().load(text) or CommentedSeq()
    of_id = {entry.get("id"): entry for entry in content}
    for fields in entries:
        entry = of_id.get(fields["id"])
        if entry is None:
            entry = of_id[fields["id"]] = CommentedMap()
            content.append(entry)
        _set(entry, fields)
    written = dumped(content)
    return written if content.fa.flow_style() else shifted(written, -2)  # the list begins at the margin


def move_entry(text: str, id_: str, by: int) -> str:
    """Let an entry change places with the one before (-1) or behind it (1); at the end of the list it stays."""
    places = _places_in(text)
    index = _index(places, id_)
    if places[index].lines is None or not 0 <= index + by < len(places):
        return text
    rows = rows_of(text)
    above, below = (places[each].rows for each in sorted((index, index + by)))
    moved = [
        *rows[: above.start],
        *rows[below.start : below.stop],
        *rows[above.stop : below.start],
        *rows[above.start : above.stop],
        *rows[below.stop :],
    ]
    return "".join(moved)


def drop_entry(text: str, id_: str) -> str:
    """Take an entry out; comments around it stay. Raises NoSuchEntryError, UnreadableError."""
    places = _places_in(text)
    index = _index(places, id_)
    if places[index].lines is None:
        content = round_trip().load(text)
        del content[index]
        return dumped(content)
    rows, gone = rows_of(text), places[index].rows
    return "".join([*rows[: gone.start], *rows[gone.stop :]])


def _set(entry: CommentedMap, fields: Mapping[str, Any]) -> None:
    for key, value in fields.items():
        before = entry.get(key)
        if value is None:
            entry.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(before, CommentedMap):
            _set(before, value)
        elif before != value:
            entry[key] = like(value, before)


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
    rows = rows_of(text)
    before, own, behind = (
        rows[: place.rows.start],
        rows[place.rows.start : place.rows.stop],
        rows[place.rows.stop :],
    )
    try:
        entry = round_trip().load(own[0][place.column :] + shifted("".join(own[1:]), -place.column))
    except YAMLError:  # it leans on an anchor elsewhere in the file
        return _whole_anew(text, index, change)
    change(entry)
    written = shifted(dumped(entry), place.column).removeprefix(" " * place.column)
    return "".join([*before, own[0][: place.column], written, *behind])


def _add(text: str, places: Sequence[_Place], entry: Mapping[str, Any]) -> str:
    fresh = CommentedMap({key: like(value, None) for key, value in entry.items()})
    if not places:
        comment = "" if text.strip() in {"", "[]"} else f"{text.rstrip()}\n"
        return comment + _as_item(fresh, 0)
    if places[-1].lines is None:
        content = round_trip().load(text)
        content.append(fresh)
        return dumped(content)
    rows, last = rows_of(text), places[-1].rows
    indent = rows[last.start].index("-")
    spaced = len(places) > 1 and not rows[places[1].rows.start - 1].strip()
    return "".join([*rows[: last.stop], "\n" if spaced else "", _as_item(fresh, indent), *rows[last.stop :]])


def _as_item(entry: CommentedMap, indent: int) -> str:
    return " " * indent + "- " + shifted(dumped(entry), indent + 2).lstrip(" ")


def _whole_anew(text: str, index: int, change: Change) -> str:
    content = round_trip().load(text)
    change(content[index])
    return dumped(content)


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
    rows = rows_of(text)
    starts = [_dash_above(rows, node.start_mark.line) for node in root.value]
    return tuple(
        _Place(
            id=_id_of(node),
            lines=range(first, without_tail(rows, max(first + 1, end_of_text(node, rows)), end)),
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
