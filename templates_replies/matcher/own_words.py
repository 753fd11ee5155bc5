"""The words of one category, and which of them a written word is: the same, or the one that it is a misspelling of."""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

_TYPO = 80  # rapidfuzz ratio from which on an unknown word counts as a misspelt known one
_SHORTEST_TYPO = 4


class OwnWords:
    """Immutable."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = dict.fromkeys(sorted(set(words)))

    def with_more(self, words: Iterable[str]) -> "OwnWords":
        return OwnWords({*self._words, *words})

    def meant(self, word: str) -> str | None:
        """Return the category's own word for it, if there is one; one number is no misspelling of another."""
        if word in self._words:
            return word
        if len(word) < _SHORTEST_TYPO or word.isdecimal():
            return None
        return self._nearest(word)

    @lru_cache(maxsize=16_384)  # noqa: B019  of all categories together: people misspell the same words over and over
    def _nearest(self, word: str) -> str | None:
        near = process.extractOne(word, self._words.keys(), scorer=fuzz.ratio, score_cutoff=_TYPO)
        return near[0] if near else None
