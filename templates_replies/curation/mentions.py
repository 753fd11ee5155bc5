"""What else of a desk's files names a category follows it when it is merged or split.

Where a rule gives or asks for a merged category it now names the one that has its matters. A promise or an agents'
group that is for it is for that one as well: tickets that have the old one keep what they were promised. Whatever holds
for a category holds for the part that is split from it, too. Only the places themselves are written anew.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from templates_replies.catalogue import Catalogue
from templates_replies.curation import writing
from templates_replies.entries import UnreadableError

DESK, RULES = "desk.yaml", "rules.yaml"
_EACH = "*"  # entry of a list; a single one may stand without a list
_Path = tuple[str, ...]
_Change = Callable[[Sequence[str]], Sequence[str]]
_WAITS: Sequence[_Path] = ((_EACH, "if", "category"), (_EACH, "unless", "category"))
_GIVES: Sequence[_Path] = ((_EACH, "then", "category"),)
_HOLDS: Sequence[_Path] = (
    ("sla", "special", _EACH, "categories"),
    ("accounts", "telegram", _EACH, "agents_group", _EACH, "categories"),
)
_PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z0-9_-]*")


@dataclass(frozen=True, kw_only=True)
class Heirs:
    """Which categories have the matters of others now."""

    merged: Mapping[str, str]  # id → the one that has all of its matters
    parted: Mapping[str, Sequence[str]]  # id → those that have a part of them

    def taken_over(self, ids: Sequence[str]) -> Sequence[str]:
        """Return ids with those that were merged replaced."""
        return list(dict.fromkeys(self.merged.get(each, each) for each in ids))

    def waited_for(self, ids: Sequence[str]) -> Sequence[str]:
        parts = [part for each in ids for part in self.parted.get(each, ())]
        return list(dict.fromkeys((*self.taken_over(ids), *parts)))

    def shared(self, ids: Sequence[str]) -> Sequence[str]:
        """Return ids with the heirs beside them."""
        return list(dict.fromkeys((*ids, *self.waited_for(ids))))


def followed(before: Mapping[str, str], after: Mapping[str, str]) -> Mapping[str, str]:
    """Return the files of a desk whose catalogue changes, with all that names a category. Mistakes stay in them."""
    try:
        heirs = heirs_of(writing.read(before), writing.read(after))
    except UnreadableError:
        return after
    if not heirs.merged and not heirs.parted:
        return after
    found = dict(after)
    for name, places, change in (
        (RULES, _WAITS, heirs.waited_for),
        (RULES, _GIVES, heirs.taken_over),
        (DESK, _HOLDS, heirs.shared),
    ):
        if name in found:
            found[name] = _rewritten(found[name], places, change)
    return found


def heirs_of(before: Catalogue, after: Catalogue) -> Heirs:
    known = {each.id: each for each in before.categories}
    merged = {id_: into for id_, into in after.merged.items() if id_ in known and id_ not in before.merged}
    parted: dict[str, list[str]] = {}
    for new in (each for each in after.offered if each.id not in known):
        for each in after.categories:
            gone = set(known[each.id].examples) - set(each.examples) if each.id in known else set()
            if gone & set(new.examples):
                parted.setdefault(each.id, []).append(new.id)
    return Heirs(merged=merged, parted=parted)


def _rewritten(text: str, places: Sequence[_Path], change: _Change) -> str:
    if text.startswith("\ufeff"):
        return text  # places are counted from behind that mark
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError):
        return text
    edits: dict[int, tuple[int, str]] = {}
    for node in (node for place in places for node in _at(root, place)):
        ids = _ids(node)
        if ids and (wanted := change(ids)) != ids:
            start, end, written = _edit(text, node, ids, wanted)
            edits[start] = end, written
    for start in sorted(edits, reverse=True):
        end, written = edits[start]
        text = text[:start] + written + text[end:]
    return text


def _at(node: Node | None, path: _Path) -> Iterator[Node]:
    if node is None:
        return
    if not path:
        yield node
    elif path[0] == _EACH:
        for each in node.value if isinstance(node, SequenceNode) else (node,):
            yield from _at(each, path[1:])
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == path[0]:
                yield from _at(value, path[1:])


def _ids(node: Node) -> list[str]:
    items = node.value if isinstance(node, SequenceNode) else [node]
    return [each.value for each in items] if all(isinstance(each, ScalarNode) for each in items) else []


def _edit(text: str, node: Node, ids: Sequence[str], wanted: Sequence[str]) -> tuple[int, int, str]:
    """Return what stands where instead, from one character to another."""
    if isinstance(node, SequenceNode) and not node.flow_style:
        return _rows_edit(text, node, ids, wanted)
    written = [_written(each) for each in wanted]
    joined = written[0] if isinstance(node, ScalarNode) and len(written) == 1 else f"[{', '.join(written)}]"
    return node.start_mark.index, node.end_mark.index, joined


def _rows_edit(
    text: str, node: SequenceNode, ids: Sequence[str], wanted: Sequence[str]
) -> tuple[int, int, str]:
    """The same for a list of one id a row: rows that stay keep their comments."""
    rows = text.splitlines(keepends=True)
    starts = [each.start_mark.line for each in node.value]
    ends = [*starts[1:], starts[-1] + 1]
    own = {id_: "".join(rows[start:end]) for id_, start, end in zip(ids, starts, ends, strict=True)}
    before = rows[starts[0]][: node.value[0].start_mark.column]
    written = [own.get(each, f"{before}{_written(each)}\n") for each in wanted]
    joined = "".join(row if row.endswith("\n") else f"{row}\n" for row in written)
    return sum(map(len, rows[: starts[0]])), sum(map(len, rows[: ends[-1]])), joined


def _written(id_: str) -> str:
    return id_ if _PLAIN.fullmatch(id_) else f'"{id_}"'
