"""`desk.yaml` as a text that people edit: what a form changes is written anew, everything else stays as it was written.

The file is cut at its top keys. A section in which nothing changes keeps every sign, and so do comments and order inside
one that does. Values are read as they were typed, so that a number keeps its plus sign and a date stays a text.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from templates_replies.entries import UnreadableError
from templates_replies.handwriting import dumped, end_of_text, like, round_trip, rows_of, without_tail

Path = tuple[str | int, ...]
Change = Callable[[CommentedMap], None]  # of the mapping that holds one top key
GONE = object()  # a value that is to be taken out
_CORE = "tag:yaml.org,2002:"


def values_in(text: str) -> Mapping[str, Any]:
    """Return mappings, lists and scalars as they were typed; None is null. Raises UnreadableError."""
    root = _root(text)
    return {} if root is None else {key.value: _plain(value) for key, value in root.value}


def data_in(text: str) -> Mapping[str, Any]:
    """Return what a file says as JSON has it: whole numbers, true, false and null, all else as texts."""
    root = _root(text)
    return {} if root is None else {key.value: _plain(value, scalar=_typed) for key, value in root.value}


def section_in(text: str, keys: Sequence[str]) -> str:
    """Return the lines of some top keys, as they stand."""
    rows = rows_of(text)
    return "".join("".join(rows[place.start : place.stop]) for key, place in _places(text) if key in keys)


def with_section(text: str, keys: Sequence[str], written: str) -> str:
    """Put lines in the places of some top keys, each in its own; one without a place comes last.

    Comments above a key in the file stay; those written above it come with it. Raises UnreadableError.
    """
    lines, start, of_key = rows_of(written.strip("\n")), 0, dict[str, list[str]]()
    for key, place in _places(written.strip("\n")):
        of_key[key] = lines[start : place.stop]
        start = place.stop
    rows = rows_of(text)
    for key, place in reversed(_places(text)):
        if key in keys:
            rows[place.start : place.stop] = of_key.pop(key, [])
    for fresh in of_key.values():
        rows += ["\n" if rows and rows[-1].strip() and fresh[0].strip() else "", *fresh]
    return "".join(rows)


def changed(text: str, changes: Mapping[str, Iterable[Change]]) -> str:
    """Apply changes to the top keys they are for. Raises UnreadableError."""
    for key, each in changes.items():
        before = section_in(text, [key])
        content = round_trip().load(before) or CommentedMap()
        for change in each:
            change(content)
        after = dumped(content) if content else ""
        text = with_section(text, [key], after)
    return text


def merged(text: str, patch: Mapping[str, Any], gone: Sequence[str] = ()) -> str:
    """Merge values into the file: mappings key by key, all else replaced; then take keys out. Raises UnreadableError."""
    changes: dict[str, list[Change]] = {}
    for key, value in patch.items():
        changes.setdefault(key, []).append(partial(_merge, key=key, value=value))
    for path in (each.split(".") for each in gone):
        changes.setdefault(path[0], []).append(partial(put, path=path, value=GONE))
    return changed(text, changes)


def _merge(content: CommentedMap, *, key: str, value: Any) -> None:
    before = content.get(key)
    if isinstance(value, Mapping) and isinstance(before, CommentedMap):
        for name, each in value.items():
            _merge(before, key=name, value=each)
    elif value is None:
        content[key] = None
    elif key not in content or before != value:
        content[key] = like(value, before)


def put(content: CommentedMap, path: Sequence[str], value: Any) -> None:
    """Set a value where a path leads, or take it out; a mapping that becomes empty goes with it."""
    key, *below = path
    if below:
        inner = content.get(key)
        if not isinstance(inner, CommentedMap):
            if value is GONE:
                return
            inner = content[key] = CommentedMap()
            inner.fa.set_flow_style()
        put(inner, below, value)
        if not inner:
            content.pop(key, None)
    elif value is GONE:
        content.pop(key, None)
    else:
        content[key] = like(value, content.get(key))


def _root(text: str) -> MappingNode | None:
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError) as error:
        raise UnreadableError(f"this is not YAML: {str(error).splitlines()[0]}") from error
    if root is not None and not isinstance(root, MappingNode):
        raise UnreadableError("expected keys and values")
    return root


def _places(text: str) -> list[tuple[str, range]]:
    """Return the lines of each top key, without the comments and blank lines that lead to the next."""
    root, rows = _root(text), rows_of(text)
    if root is None:
        return []
    if root.flow_style:
        raise UnreadableError("the file is written in braces; change it as a text")
    starts = [key.start_mark.line for key, _ in root.value]
    return [
        (key.value, range(start, without_tail(rows, max(start + 1, end_of_text(value, rows)), end)))
        for (key, value), start, end in zip(root.value, starts, [*starts[1:], len(rows)], strict=True)
    ]


def _plain(node: Node, scalar: Callable[[ScalarNode], Any] = lambda node: str(node.value)) -> Any:
    if isinstance(node, MappingNode):
        return {key.value: _plain(value, scalar) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_plain(each, scalar) for each in node.value]
    assert isinstance(node, ScalarNode)
    return None if node.tag == f"{_CORE}null" else scalar(node)


def _typed(node: ScalarNode) -> Any:
    text = str(node.value)
    if node.tag == f"{_CORE}bool":
        return text.lower() == "true"
    return int(text) if node.tag == f"{_CORE}int" and re.fullmatch(r"-?[1-9][0-9]{0,17}|0", text) else text
