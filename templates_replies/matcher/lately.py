"""What was confirmed since the committee was trained: it counts from the next message on.

A text that says nearly the same as a confirmed one is drawn to its label. What it has in common with others the
committee finds when it is trained anew.
"""

from collections.abc import Sequence

import numpy as np

from templates_replies.matcher.vectors import NOTHING, Floats, Vectors

_ALIKE, _SAME = 0.45, 0.9  # likeness of wording from which on an example draws at all, and with all its might
_MIGHT = 0.9  # of one that says the same: enough to come first, not enough for a reply to go by itself
_LIKEST = 3  # so many are heard


class Lately:
    """Confirmed texts and the numbers of their labels, oldest first; immutable."""

    def __init__(self, labels: Sequence[int] = (), texts: Vectors = NOTHING) -> None:
        self.labels = tuple(labels)
        self._texts = texts

    def with_one(self, text: Vectors, label: int) -> "Lately":
        return Lately((*self.labels, label), self._texts.followed_by(text))

    def likeness(self, text: Vectors, features: int) -> Floats:
        """Return how alike the wording of each is: 1 is the same."""
        if not self.labels:
            return np.zeros(0, np.float32)
        weights = np.zeros(features, np.float32)
        weights[text.columns] = text.weights
        shared = weights[self._texts.columns] * self._texts.weights
        return np.add.reduceat(shared, self._texts.starts[:-1])

    def drawn(self, shares: Floats, likeness: Floats) -> tuple[Floats, Floats]:
        """Return the labels' shares with what the likest texts say, the newest last, and what of them is theirs."""
        theirs = np.zeros_like(shares)
        strength = np.clip((likeness - _ALIKE) / (_SAME - _ALIKE), 0, 1)
        for at in np.argsort(strength, kind="stable")[-_LIKEST:]:
            might = np.float32(_MIGHT) * strength[at]
            theirs *= 1 - might
            theirs[self.labels[at]] += might
        return (1 - theirs.sum()) * shares + theirs, theirs
