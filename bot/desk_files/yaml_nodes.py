"""A file's text as YAML's nodes: by libyaml, ten times as fast, where all that reads YAML agrees.

Wherever it may not (an anchor, a tag, a sign that is the end of a line to some only, a mistake) ruamel reads the file, as
if there were no other: what is read, and what is said of a mistake, are its own. libyaml follows YAML 1.1 where words
become values, so only its events are taken, and ruamel's rules of 1.2 say what a word is.
"""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import ReusedAnchorWarning
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import implicit_resolvers
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

__all__ = ["DEEPEST", "compose"]

DEEPEST = 20
_CORE = "tag:yaml.org,2002:"
_VERSION = (1, 2)
# What ends a line for some, and tabs, which some take for a space.
_DOUBTFUL = re.compile("[\t\x85\u2028\u2029\ufeff]")


def compose(text: str) -> Node | None:
    """Compose the one document of a text; None for an empty one. Raises ruamel's YAMLError, and ValueError."""
    text = text.removeprefix("\ufeff")
    if yaml.__with_libyaml__ and _DOUBTFUL.search(text) is None:
        try:
            return _Composing(yaml.parse(text, Loader=yaml.CSafeLoader)).root()
        except (yaml.YAMLError, _DoubtfulError):
            pass
    return _composed_by_ruamel(text)


def _composed_by_ruamel(text: str) -> Node | None:
    slow = YAML(typ="safe", pure=True)
    slow.max_depth = DEEPEST
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReusedAnchorWarning)
        root: Node | None = slow.compose(text)
    return root


class _DoubtfulError(Exception):
    """Readers of YAML may differ about this."""


class _Composing:
    """Puts the nodes of one document together out of its events."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events

    def root(self) -> Node | None:
        self._expect(StreamStartEvent)
        first = next(self._events)
        if isinstance(first, StreamEndEvent):
            return None
        if not isinstance(first, DocumentStartEvent) or first.version or first.tags:
            raise _DoubtfulError
        root = self._node(next(self._events), 1)
        self._expect(DocumentEndEvent)
        self._expect(StreamEndEvent)
        return root

    def _expect(self, kind: type) -> None:
        if not isinstance(next(self._events), kind):
            raise _DoubtfulError

    def _node(self, event: Any, depth: int) -> Node:
        if depth > DEEPEST or event.anchor is not None or event.tag is not None:
            raise _DoubtfulError
        if isinstance(event, ScalarEvent):
            return _scalar(event)
        if isinstance(event, MappingStartEvent):
            pairs = [
                (self._node(key, depth + 1), self._node(next(self._events), depth + 1))
                for key in self._until(MappingEndEvent)
            ]
            return MappingNode(f"{_CORE}map", pairs, start_mark=event.start_mark)
        if isinstance(event, SequenceStartEvent):
            items = [self._node(item, depth + 1) for item in self._until(SequenceEndEvent)]
            return SequenceNode(f"{_CORE}seq", items, start_mark=event.start_mark)
        raise _DoubtfulError  # an alias

    def _until(self, end: type) -> Iterator[Any]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event


def _scalar(event: ScalarEvent) -> Node:
    plain = not event.style
    tag = _kind(event.value) if plain else f"{_CORE}str"
    return ScalarNode(tag, event.value, start_mark=event.start_mark, style=None if plain else event.style)


def _kind(word: str) -> str:
    """Say what a word without quotation marks is, by ruamel's rules."""
    for tag, rule in _RULES[word[:1]]:
        if rule.match(word):
            return tag
    return f"{_CORE}str"


def _rules() -> defaultdict[str, list[tuple[str, Any]]]:
    """Return the rules by the sign that a word begins with."""
    rules: defaultdict[str, list[tuple[str, Any]]] = defaultdict(list)
    for versions, tag, rule, begins in implicit_resolvers:
        if _VERSION in versions:
            for sign in begins:
                rules[sign].append((tag, rule))
    return rules


_RULES = _rules()
