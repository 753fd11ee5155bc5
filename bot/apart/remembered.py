"""What the matchers say of messages that are looked at again and again: a ticket's newest one at each view of its page."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from templates_replies.matcher import Suggestion

MOST, LONGEST = 256, 2_000  # messages of each desk, and their characters

Suggestions = Sequence[Suggestion]


class Suggests(Protocol):
    def suggest(self, text: str) -> Suggestions: ...


class Served(Protocol):
    @property
    def matcher(self) -> Suggests: ...


class Desks(Protocol):
    def __getitem__(self, slug: str) -> Served: ...


class Remembered:
    """Asks a desk's matcher, and once for each text; another matcher begins with nothing."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._said: Mapping[str, tuple[Suggests, dict[str, Suggestions]]] = {}

    def suggest(self, desk: str, text: str) -> Suggestions:
        matcher = self._desks[desk].matcher
        if len(text) > LONGEST:
            return matcher.suggest(text)
        by, said = self._said.get(desk, (None, {}))
        if by is not matcher or (len(said) >= MOST and text not in said):
            said = {}
            self._said = {**self._said, desk: (matcher, said)}
        if text not in said:
            said[text] = matcher.suggest(text)
        return said[text]
