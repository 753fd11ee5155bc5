"""The committee that reads a message: several small models, their common ranking, and how sure they may be of it.

Few examples get more models and more rounds; many get as much as fits into some seconds of one core.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from later import Later
from templates_replies.matcher.bags import Bags
from templates_replies.matcher.confidence import KNOWN, Curve, Doubles
from templates_replies.matcher.features import Seen, seen_in
from templates_replies.matcher.vectors import Floats, Vectors, Vocabulary

if TYPE_CHECKING:
    from templates_replies.matcher import training
else:
    training = Later("templates_replies.matcher.training")

LabelNumbers = npt.NDArray[np.int64]

_SEED = 6
_ENOUGH = 1_000  # examples from which on the curve is fitted on the desk's own
_LABELS_ENOUGH = 5
_ASKED = 0.25  # of the examples, which the models that calibrate do not see
_UNSEEN_LABELS = 0.15
_MOST_ASKED = 4_000


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the committee says of one text."""

    shares: Floats  # of belief, one a label; they sum up to 1
    sure: float  # how likely it is that the best label is right
    vectors: Vectors
    place: Floats  # of the text in the inner space


class Committee:
    def __init__(
        self, vocabulary: Vocabulary, models: Bags, vectors: Vectors, labels: LabelNumbers, curve: Curve
    ) -> None:
        self.vocabulary = vocabulary
        self._models = models
        self._curve = curve
        self._leanings = _leanings(models)
        self._places = _at_length_one(models.inner(vectors))
        self._starts = np.searchsorted(labels, np.arange(int(labels.max()) + 2))
        self._weights: dict[tuple[int, int], float] = {}  # of those that were asked for: words of the desk's

    @classmethod
    def of(cls, texts: Sequence[str], labels: LabelNumbers) -> "Committee":
        """Train on examples that stand in the order of their labels, which are numbers from 0, none left out."""
        seen = seen_in(texts)
        vocabulary, vectors = Vocabulary.of(seen)
        how = _training(len(texts))
        models = training.train(vectors, labels, features=len(vocabulary), how=how, seed=_SEED)
        is_enough = len(texts) >= _ENOUGH and int(labels.max()) + 1 >= _LABELS_ENOUGH
        curve = _own_curve(seen, labels, how) if is_enough else KNOWN
        return cls(vocabulary, models, vectors, labels, curve)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Read several texts at once: for ten it takes hardly longer than for one."""
        vectors = self.vocabulary.vectors(seen_in(texts))
        inner = self._models.inner(vectors)
        logs, signs = self.signs(vectors, inner)
        shares, sure, places = np.exp(logs), self._curve.probability(signs).tolist(), _at_length_one(inner)
        return [
            Reading(shares=shares[row], sure=sure[row], vectors=vectors.row(row), place=places[row])
            for row in range(len(vectors))
        ]

    def signs(self, vectors: Vectors, inner: Floats) -> tuple[Floats, Doubles]:
        """Return the logarithm of each label's share, and the signs by which the best one is judged."""
        logits = self._models.logits(inner)
        logs = _log_shares(_log_shares(logits).mean(0))
        texts = np.arange(len(vectors))
        best = logs.argmax(axis=1)
        second = np.partition(logs, -2, axis=1)[:, -2] if logs.shape[1] > 1 else logs[:, 0]
        places = _at_length_one(inner)
        nearest = [self.likeness(place, int(label)).max() for place, label in zip(places, best, strict=True)]
        signs = np.column_stack(
            [
                logs[texts, best],
                logs[texts, best] - second,
                logits.mean(0)[texts, best],
                nearest,
                vectors.known,
            ]
        )
        return logs, signs.astype(np.float64)

    def likeness(self, place: Floats, label: int) -> Floats:
        """Return how near each example of a label is in the inner space, in their order: 1 is the same."""
        return self._places[self._starts[label] : self._starts[label + 1]] @ place

    def first_of(self, label: int) -> int:
        """Return where the examples of a label begin."""
        return int(self._starts[label])

    def weight(self, feature: int, label: int) -> float:
        """Return how much a feature by itself speaks for a label, compared with the others."""
        weight = self._weights.get((feature, label))
        if weight is None:
            column = self.vocabulary.column(feature)
            weight = (
                0.0 if column is None else float(self._models.directions.row(column) @ self._leanings[label])
            )
            self._weights[feature, label] = weight
        return weight


def _training(examples: int) -> "training.Training":
    if examples > 12_000:
        return training.Training(models=3, width=64, rounds=5, batch=64, step=1.5)
    if examples > 6_000:
        return training.Training(models=4, width=64, rounds=6, batch=64, step=1.5)
    if examples > 2_500:
        return training.Training(models=4, width=64, rounds=10, batch=64, step=1.2)
    return training.Training(models=5 if examples > 500 else 6, width=64, rounds=24, batch=32, step=0.7)


def _own_curve(seen: Seen, labels: LabelNumbers, how: "training.Training") -> Curve:
    """Train on a part, ask about the rest, and fit the curve on how it went."""
    random = np.random.default_rng(_SEED)
    number = int(labels.max()) + 1
    unseen = np.isin(labels, random.permutation(number)[: max(1, round(number * _UNSEEN_LABELS))])
    asked = unseen | (random.random(len(labels)) < _ASKED)
    asked[np.unique(np.where(unseen, -1, labels), return_index=True)[1]] = False  # one of each stays
    asked |= unseen
    names, renamed = np.unique(labels[~asked], return_inverse=True)
    vocabulary, vectors = Vocabulary.of(seen.at(np.flatnonzero(~asked)))
    models = training.train(vectors, renamed, features=len(vocabulary), how=how, seed=_SEED + 1)
    judge = Committee(vocabulary, models, vectors, renamed, KNOWN)
    questions = np.sort(random.permutation(np.flatnonzero(asked))[:_MOST_ASKED])
    rest = vocabulary.vectors(seen.at(questions))
    logs, signs = judge.signs(rest, models.inner(rest))
    right = names[logs.argmax(axis=1)] == labels[questions]
    return KNOWN.fitted(signs, right, outside=unseen[questions])


def _leanings(models: Bags) -> Floats:
    """Return which direction speaks for each label more than for the others: labels × (models · width)."""
    apart: Floats = models.outputs - models.outputs.mean(axis=2, keepdims=True)
    return apart.reshape(-1, apart.shape[2]).T.copy()


def _log_shares(logits: Floats) -> Floats:
    lowered = logits - logits.max(axis=-1, keepdims=True)
    shares: Floats = lowered - np.log(np.exp(lowered).sum(axis=-1, keepdims=True))
    return shares


def _at_length_one(places: Floats) -> Floats:
    lengths = np.linalg.norm(places, axis=-1, keepdims=True)
    scaled: Floats = places / np.maximum(lengths, np.float32(1e-9))
    return scaled
