"""The words of one category, and which of them a written word is: the same, or the one that it is a misspelling of."""

from collections.abc import Collection, Iterable
from functools import lru_cache, partial
from typing import Any

from rapidfuzz import fuzz, process

_TYPO = 80  # rapidfuzz ratio from which on an unknown word counts as a misspelt known one
_SHORTEST_TYPO = 4
_REMEMBERED = 256  # words a category: people misspell the same ones over and over


class OwnWords:
    """Immutable. What it remembers ends with it, and does not travel."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = dict.fromkeys(sorted(set(words)))
        self._nearest = lru_cache(_REMEMBERED)(partial(_nearest, self._words.keys()))

    def __reduce__(self) -> tuple[Any, ...]:
        return OwnWords, (tuple(self._words),)

    def with_more(self, words: Iterable[str]) -> "OwnWords":
        return OwnWords({*self._words, *words})

    def meant(self, word: str) -> str | None:
        """Return the category's own word for it, if there is one; one number is no misspelling of another."""
        if word in self._words:
            return word
        if len(word) < _SHORTEST_TYPO or word.isdecimal():
            return None
        return self._nearest(word)


def _nearest(known: Collection[str], word: str) -> str | None:
    near = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_TYPO)
    return near[0] if near else None
