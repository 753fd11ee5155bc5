"""Secrets that somebody has written out in a desk file, though a variable should be named: no page and no answer shows them.

In their place stands a mark with a number. Who edits the text leaves the mark where it is, and the secret stays.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

DESK = "desk.yaml"
VARIABLE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")
# Keys whose values are secrets, by the top keys of the file below which they are.
SECRETS: Mapping[str, frozenset[str]] = {
    "accounts": frozenset({
        "auth_token", "access_token", "app_secret", "verify_token", "token", "webhook_secret", "imap", "relay",
        "oauth_client_secret", "oauth_refresh_token", "identity_secret",
    }),
    "directory": frozenset({"password"}),
    "webhooks": frozenset({"secret"}),
    "teams": frozenset({"secret"}),
}  # fmt: skip
_HEADERS = "headers"  # of the directory: whatever they are called
_MARK = re.compile(r"""(["']?)•••(\d{1,4})•••\1""")  # whoever writes the file anew may leave the quotes out


def gives_away(value: Any) -> bool:
    """Whether a text is a secret itself, or a URL with its password, where it should name a variable."""
    if not isinstance(value, str):
        return False
    rest = VARIABLE.sub("", value)
    if "://" not in value:
        return bool(rest.strip(" ,"))
    try:
        return bool(urlsplit(rest).password)
    except ValueError:
        return True


def veiled(text: str) -> str:
    """Return a desk file with a mark for each secret that is written out in it; what is no YAML stays as it is."""
    shown, end = [], 0
    for number, (start, stop) in enumerate(_places(text), start=1):
        shown += [text[end:start], f'"•••{number}•••"']
        end = stop
    return "".join([*shown, text[end:]])


def unveiled(typed: str, text: str) -> str:
    """Return a text with the secrets of the file in the places of their marks; a mark of none stays."""
    hidden = [text[start:stop] for start, stop in _places(text)]

    def secret(mark: re.Match[str]) -> str:
        number = int(mark[2])
        return hidden[number - 1] if 0 < number <= len(hidden) else mark[0]

    return _MARK.sub(secret, typed)


def veiled_files(files: Mapping[str, str]) -> Mapping[str, str]:
    return {**files, DESK: veiled(files[DESK])} if DESK in files else files


def _places(text: str) -> list[tuple[int, int]]:
    """Return where secrets are written out, from the first to the last."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError):
        return []
    if not isinstance(root, MappingNode):
        return []
    found = {
        (scalar.start_mark.index, scalar.end_mark.index)
        for key, value in root.value
        if key.value in SECRETS
        for scalar in _secrets(value, SECRETS[key.value])
    }
    return sorted(found)


def _secrets(node: Node, keys: frozenset[str]) -> Iterator[ScalarNode]:
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _secrets(item, keys)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value in keys:
                yield from (each for each in _scalars(value) if gives_away(each.value))
            elif key.value == _HEADERS:
                yield from (each for each in _scalars(value) if not VARIABLE.search(str(each.value)))
            else:
                yield from _secrets(value, keys)


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        if node.tag != "tag:yaml.org,2002:null":
            yield node
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, MappingNode):
        for _, value in node.value:
            yield from _scalars(value)
