"""Which word may be meant by one that is misspelt: pure, over words that an index knows.

A word is filed under itself and under itself with one letter left out; one that is asked for is looked up in the same
way. Two words that differ by one letter too many, too few, wrong or swapped meet under one of these keys, so a slip is
found by a handful of exact look-ups, however many words there are.
"""

from collections.abc import Mapping

from rapidfuzz.distance import OSA

SHORTEST, LONGEST = 4, 20  # letters of words that are corrected
FILED_FROM = 2  # tickets in which a word must stand before another one is taken for a slip of it
_TWO_SLIPS_FROM = 8  # letters
_LAST_LETTER = "\U0010ffff"


def is_corrected(word: str) -> bool:
    """Whether it is a word that people misspell, and no number or code."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def keys_of(word: str) -> tuple[str, ...]:
    """Return what a known word is filed under."""
    return tuple({word, *_without_one(word)})


def keys_for(word: str) -> tuple[str, ...]:
    """Return what to look up for a word that may be misspelt."""
    one = _without_one(word)
    if len(word) < _TWO_SLIPS_FROM:
        return tuple({word, *one})
    return tuple({word, *one, *(each for shorter in one for each in _without_one(shorter))})


def likely(word: str, known: Mapping[str, int]) -> str | None:
    """Return the known word that was most likely meant: the nearest, and of those the one of most tickets."""
    slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
    near = [
        (distance, other[0] != word[0], -tickets, other)
        for other, tickets in known.items()
        if other != word and (distance := OSA.distance(word, other, score_cutoff=slips)) <= slips
    ]
    return min(near)[-1] if near else None


def after(start: str) -> str:
    """Return what comes in order after all words that begin so."""
    return start + _LAST_LETTER


def _without_one(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}
