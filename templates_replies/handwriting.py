"""YAML that people write, kept in their hand: where something ends, in which style it was written, and how it is written anew."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import CollectionNode, Node
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, PlainScalarString

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # no block may have them
_ROW = re.compile(
    "[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029])|[^\n\r\x85\u2028\u2029]+"
)  # as YAML counts lines
_WIDE = 10_000  # columns: lines are broken by whoever writes them, not by us


def rows_of(text: str) -> list[str]:
    rows = _ROW.findall(text)
    if rows and not rows[-1].endswith("\n"):
        rows[-1] += "\n"
    return rows


def without_tail(rows: Sequence[str], least: int, end: int) -> int:
    """Leave the blank lines and comments behind an entry to the one that follows."""
    while end > least and (not rows[end - 1].strip() or rows[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def end_of_text(node: Node, rows: Sequence[str]) -> int:
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


def shifted(text: str, by: int) -> str:
    """Move lines to the right, or to the left as far as they go."""
    rows = _ROW.findall(text)
    if by < 0:
        return "".join(row[min(-by, len(row) - len(row.lstrip(" "))) :] for row in rows)
    return "".join(" " * by + row if row.strip() else row for row in rows)


def like(value: Any, before: Any) -> Any:
    """Return a value in the style in which the one before it was written; long texts as blocks."""
    if isinstance(value, Mapping):
        old = before if isinstance(before, Mapping) else {}
        return CommentedMap(
            {key: like(each, old.get(key)) for key, each in value.items() if each is not None}
        )
    if isinstance(value, str):
        return _as_text(value, before)
    if isinstance(value, Sequence):
        written = {str(each): each for each in before} if isinstance(before, CommentedSeq) else {}
        listed = CommentedSeq([like(each, written.get(str(each))) for each in value])
        styled = before if isinstance(before, CommentedSeq) else value
        if isinstance(styled, CommentedSeq) and styled.fa.flow_style():
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


def round_trip() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def dumped(content: Any) -> str:
    out = io.StringIO()
    round_trip().dump(content, out)
    return out.getvalue()
