"""Placeholders in desk files: `${NAME}` stands for a variable of the environment, so that a secret is never in a file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
MALFORMED = "a placeholder is written ${NAME}, with letters, digits and underscores"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A text with its placeholders filled in; where `missing` names variables, they still stand in the text."""

    text: str
    names: tuple[str, ...]  # of all variables in it
    missing: tuple[str, ...]  # of those that are unset or empty

    def __repr__(self) -> str:
        return f"Filled(names={self.names!r}, missing={self.missing!r})"


def fill(text: str, env: Mapping[str, str]) -> Filled:
    """Fill in every placeholder. Raises ValueError for a malformed one."""
    if "${" in _PLACEHOLDER.sub("", text):
        raise ValueError(MALFORMED)
    names = tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))
    return Filled(
        text=_PLACEHOLDER.sub(lambda match: env.get(match[1], "").strip() or match[0], text),
        names=names,
        missing=tuple(name for name in names if not env.get(name, "").strip()),
    )
