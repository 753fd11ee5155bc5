"""What the matcher sees of a text: its words, pairs of neighbouring words, and pieces of three and four letters.

The pieces carry typos and Indonesian affixes (kumpul, mengumpulkan, pengumpulan share most of theirs), words and
pairs carry the meaning. The weights were chosen on three public sets with 3 and 10 examples a category.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from templates_replies.normalise import words

_WORD, _PAIR, _PIECE = 1.0, 0.7, 0.35
_SHORTEST_PIECE, _LONGEST_PIECE = 3, 4


def features(text: str) -> Mapping[str, float]:
    """Return each feature with its weight times its count. The first character of a feature tells its kind."""
    said = words(text)
    counted: defaultdict[str, float] = defaultdict(float)
    for word in said:
        counted[word_feature(word)] += _WORD
        for piece in _pieces(word):
            counted["~" + piece] += _PIECE
    for first, second in pairwise(said):
        counted[f"+{first} {second}"] += _PAIR
    return counted


def word_feature(word: str) -> str:
    return "=" + word


def _pieces(word: str) -> Iterator[str]:
    edged = f"^{word}$"
    for size in range(_SHORTEST_PIECE, _LONGEST_PIECE + 1):
        for start in range(len(edged) - size + 1):
            yield edged[start : start + size]
