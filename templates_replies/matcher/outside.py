"""What people found to fit no category: a message in nearly the same words is less likely to fit one.

It is told by the wording alone, of which also the words count that no example has: they are what makes a message
another one than those of the categories. So it holds at once, and a training changes nothing about it.
"""

from collections.abc import Sequence

import numpy as np

from templates_replies.matcher.features import Hashes, seen_in
from templates_replies.matcher.vectors import Floats, Vocabulary

OUTSIDE = ""  # the label of an example that is of no category
_ALIKE, _SAME = 0.4, 0.8  # likeness of wording from which on it says anything, and says all it can
_MIGHT = 0.9  # of what is said the same
_MOST = 300  # texts, the newest


class Outside:
    """Texts of no category, oldest first, as a vocabulary weighs their features; immutable."""

    def __init__(self, vocabulary: Vocabulary, texts: Sequence[Hashes] = ()) -> None:
        """Take the features of each text."""
        self._vocabulary = vocabulary
        self._texts = tuple(texts)[-_MOST:]
        features = np.concatenate([np.zeros(0, np.uint64), *self._texts])
        rows = np.repeat(np.arange(len(self._texts)), [len(each) for each in self._texts])
        order = np.argsort(features, kind="stable")
        self._features, self._rows = features[order], rows[order]
        self._lengths = np.sqrt(np.bincount(rows, self._weights(features), len(self._texts)))

    @classmethod
    def of(cls, vocabulary: Vocabulary, texts: Sequence[str]) -> "Outside":
        return cls(vocabulary, [_features(text) for text in texts[-_MOST:]])

    def __len__(self) -> int:
        return len(self._texts)

    def with_one(self, text: str) -> "Outside":
        return Outside(self._vocabulary, (*self._texts, _features(text)))

    def left(self, text: str, nearest: str | None) -> float:
        """Return what is left of how sure one may be of a category: 1 is all of it.

        `nearest` is what is known of the category that is most like the text. Where its words are as like as those of
        anything of no category, all is left.
        """
        if not self._texts:
            return 1.0
        asked = _features(text)
        alike = self.likeness(asked)
        if alike <= _ALIKE:
            return 1.0
        if nearest is not None and Outside.of(self._vocabulary, [nearest]).likeness(asked) >= alike:
            return 1.0
        return 1.0 - _MIGHT * min((alike - _ALIKE) / (_SAME - _ALIKE), 1.0)

    def likeness(self, asked: Hashes) -> float:
        """Return how like the likest is to a text of these features: the cosine, so that 1 is the same."""
        weights = self._weights(asked)
        first = np.searchsorted(self._features, asked, "left")
        many = np.searchsorted(self._features, asked, "right") - first
        at = np.repeat(first - np.cumsum(many) + many, many) + np.arange(many.sum())
        shared = np.bincount(self._rows[at], np.repeat(weights, many), len(self._texts))
        lengths = self._lengths * np.sqrt(weights.sum())
        return float((shared / np.maximum(lengths, 1e-9)).max())

    def _weights(self, features: Hashes) -> Floats:
        rarity = self._vocabulary.rarity(features)
        return rarity * rarity


def _features(text: str) -> Hashes:
    return np.unique(seen_in([text]).features)
