"""What the matcher sees of a text: its words, pairs of neighbouring words, and pieces of two to five letters.

The pieces carry typos and Indonesian affixes (kumpul, mengumpulkan, pengumpulan share most of theirs) and are taken
from the words as written; words and pairs carry the meaning and are taken as meant. A feature is a hash that is
the same in every process, so that what one process has learned another can use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np
import numpy.typing as npt

from templates_replies.normalise import words, written_words

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

LONGEST_PIECE = 5
_LETTERS = 2
_AT_ONCE = 1_000  # texts whose letters are looked at together: a bound for the memory, not for the result
_PRIME = np.uint64(1_099_511_628_211)


class Kind(IntEnum):
    PIECE = 0
    WORD = 1
    PAIR = 2
    LETTERS = 3  # a piece of two letters only, which almost any text shares with any other


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The features of some texts, one entry for each time that one is there."""

    texts: int
    rows: Numbers  # which text
    features: Hashes
    kinds: Numbers

    def at(self, texts: Numbers) -> "Seen":
        """Return what is there in some of the texts, which are given in their order."""
        new = np.full(self.texts, -1, np.int64)
        new[texts] = np.arange(len(texts))
        rows = new[self.rows]
        kept = rows >= 0
        return Seen(texts=len(texts), rows=rows[kept], features=self.features[kept], kinds=self.kinds[kept])


def seen_in(texts: Sequence[str]) -> Seen:
    """Return what is there in each of the texts."""
    parts = [
        part
        for first in range(0, len(texts), _AT_ONCE)
        for part in _parts(texts[first : first + _AT_ONCE], first)
    ]
    return Seen(
        texts=len(texts),
        rows=np.concatenate([np.zeros(0, np.int64), *(rows for _, rows, _ in parts)]),
        features=np.concatenate([np.zeros(0, np.uint64), *(features for _, _, features in parts)]),
        kinds=np.concatenate(
            [np.zeros(0, np.int64), *(np.full(len(rows), kind, np.int64) for kind, rows, _ in parts)]
        ),
    )


def _parts(texts: Sequence[str], first: int) -> list[tuple[Kind, Numbers, Hashes]]:
    written = [written_words(text) for text in texts]
    meant = [words(text) for text in texts]
    return [*_pieces(written, first), *_words_and_pairs(meant, first)]


def _pieces(written: Sequence[Sequence[str]], first: int) -> list[tuple[Kind, Numbers, Hashes]]:
    """Roll a hash over all letters at once, and keep what lies within one word and its edges."""
    edged = [f" {word} " for word in chain.from_iterable(written)]
    if not edged:
        return []
    lengths = [len(word) for word in edged]
    text_of_word = np.repeat(np.arange(first, first + len(written)), [len(said) for said in written])
    word_of_letter = np.repeat(np.arange(len(edged)), lengths)
    letters = np.frombuffer("".join(edged).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    rolled = letters
    hashes, places = [], []
    for size in range(_LETTERS, min(LONGEST_PIECE, len(letters)) + 1):
        rolled = rolled[:-1] * _PRIME + letters[size - 1 :]
        starts = np.flatnonzero(word_of_letter[: len(rolled)] == word_of_letter[size - 1 :])
        hashes.append(rolled[starts] + np.uint64(size))
        places.append(starts)
    rows, mixed = text_of_word[word_of_letter[np.concatenate(places)]], _mixed(np.concatenate(hashes))
    short = len(places[0])
    return [(Kind.LETTERS, rows[:short], mixed[:short]), (Kind.PIECE, rows[short:], mixed[short:])]


def _words_and_pairs(meant: Sequence[Sequence[str]], first: int) -> list[tuple[Kind, Numbers, Hashes]]:
    """Hash each word, and each with its neighbour; beginning and end of a text are neighbours too."""
    lengths = np.array([len(said) for said in meant], np.int64)
    hashes = np.array([word_feature(word) for word in chain.from_iterable(meant)], np.uint64)
    rows = np.repeat(np.arange(first, first + len(meant)), lengths)
    ends = np.insert(hashes, np.cumsum(lengths)[lengths > 0], np.uint64(0))
    lefts = np.concatenate([np.zeros(1, np.uint64), ends[:-1]]) if len(ends) else ends
    pair_rows = np.repeat(np.arange(first, first + len(meant)), np.where(lengths > 0, lengths + 1, 0))
    return [(Kind.WORD, rows, hashes), (Kind.PAIR, pair_rows, _mixed(lefts * _PRIME + ends))]


@lru_cache(maxsize=65_536)
def word_feature(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _mixed(hashes: Hashes) -> Hashes:
    """Spread them: a rolled hash differs little where the letters differ little (the finaliser of MurmurHash3)."""
    hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return hashes ^ (hashes >> np.uint64(33))
