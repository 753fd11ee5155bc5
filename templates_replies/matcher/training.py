"""How the bags of features are trained: several models at once, on the same batches.

They start from different random directions and are disturbed differently, so that they err differently: what they
agree on is more often right than what any one of them says. By Adagrad, with half of the features left out at random
each time; the same examples give the same models.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from templates_replies.matcher.bags import GAIN, Bags, by_model
from templates_replies.matcher.rounded import Rounded
from templates_replies.matcher.vectors import Floats, Vectors

_KEPT = np.float32(0.5)  # of the features of a text, in training
_KEPT_HIDDEN = np.float32(0.8)
_FIRST_SQUARE = np.float32(1e-3)
_OF_DIRECTIONS, _OF_OUTPUTS, _OF_BASES = np.float32(0.2), np.float32(0.1), np.float32(0.1)  # step sizes


@dataclass(frozen=True, kw_only=True)
class Training:
    models: int
    width: int  # of each model's inner layer
    rounds: int  # through all examples
    batch: int
    step: float


def train(
    vectors: Vectors, labels: npt.NDArray[np.int64], *, features: int, how: Training, seed: int
) -> Bags:
    """Train on examples whose labels are numbers from 0; every number up to the highest is a label."""
    return _Trainer(vectors, labels, features=features, how=how, seed=seed).trained()


class _Trainer:
    def __init__(
        self,
        vectors: Vectors,
        labels: npt.NDArray[np.int64],
        *,
        features: int,
        how: Training,
        seed: int,
    ) -> None:
        self._random = np.random.default_rng(seed)
        self._how = how
        self._examples = _matrix(vectors, features)
        self._labels = labels
        number, width = int(labels.max()) + 1, how.width
        wide = how.models * width
        self._directions = self._random.standard_normal((features, wide), np.float32) / np.float32(width**0.5)
        self._outputs = np.zeros((how.models, width, number), np.float32)
        self._bases = np.zeros((how.models, number), np.float32)
        self._squares = (
            np.full((features, how.models), _FIRST_SQUARE),
            np.full_like(self._outputs, _FIRST_SQUARE),
            np.full_like(self._bases, _FIRST_SQUARE),
        )

    def trained(self) -> Bags:
        number, size = self._examples.shape[0], self._how.batch
        steps = self._how.rounds * -(-number // size)
        done = 0
        for _ in range(self._how.rounds):
            order = self._random.permutation(number)
            shuffled = self._thinned(self._examples[order])
            labels = self._labels[order]
            for first in range(0, number, size):
                pace = np.float32(self._how.step * (1 - done / steps))
                self._learn(shuffled[first : first + size], labels[first : first + size], pace)
                done += 1
        return Bags(directions=Rounded.of(self._directions), outputs=self._outputs, bases=self._bases)

    def _thinned(self, examples: sparse.csr_matrix) -> sparse.csr_matrix:
        kept = self._random.random(len(examples.data), np.float32) < _KEPT
        starts = np.concatenate(([0], np.cumsum(kept)))[examples.indptr]
        weights = examples.data[kept] * (GAIN / np.sqrt(_KEPT))
        return sparse.csr_matrix((weights, examples.indices[kept], starts), shape=examples.shape)

    def _learn(self, batch: sparse.csr_matrix, labels: npt.NDArray[np.int64], pace: np.float32) -> None:
        """One step: what the models say of some examples, and how to say it better."""
        models, texts = self._how.models, len(labels)
        columns, renamed = np.unique(batch.indices, return_inverse=True)
        bag = sparse.csr_matrix((batch.data, renamed, batch.indptr), shape=(texts, len(columns)))
        inner = np.tanh(bag @ self._directions[columns])
        kept = (self._random.random(inner.shape, np.float32) < _KEPT_HIDDEN) / _KEPT_HIDDEN
        disturbed = by_model(inner * kept, models)
        wrong = _softmax(np.matmul(disturbed, self._outputs) + self._bases[:, None, :])
        wrong[:, np.arange(texts), labels] -= 1
        wrong /= np.float32(texts)
        back = np.matmul(wrong, self._outputs.transpose(0, 2, 1)).transpose(1, 0, 2).reshape(texts, -1)
        self._turn(columns, bag.T @ (back * kept * (1 - inner * inner)), pace)
        _descend(
            self._outputs,
            np.matmul(disturbed.transpose(0, 2, 1), wrong),
            self._squares[1],
            pace * _OF_OUTPUTS,
        )
        _descend(self._bases, wrong.sum(1), self._squares[2], pace * _OF_BASES)

    def _turn(self, columns: npt.NDArray[np.int32], slopes: Floats, pace: np.float32) -> None:
        """Move the directions of the batch's features; one pace a feature and model."""
        width = self._how.width
        by_model = slopes.reshape(len(columns), self._how.models, width)
        squares = self._squares[0]
        squares[columns] += np.einsum("fmw,fmw->fm", by_model, by_model) / np.float32(width)
        by_model *= (pace * _OF_DIRECTIONS / np.sqrt(squares[columns]))[:, :, None]
        self._directions[columns] -= slopes


def _descend(values: Floats, slopes: Floats, squares: Floats, pace: np.float32) -> None:
    squares += slopes * slopes
    values -= pace * slopes / np.sqrt(squares)


def _softmax(logits: Floats) -> Floats:
    logits -= logits.max(axis=-1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=-1, keepdims=True)
    return logits


def _matrix(vectors: Vectors, features: int) -> sparse.csr_matrix:
    return sparse.csr_matrix(
        (vectors.weights, vectors.columns, vectors.starts.astype(np.int32)), shape=(len(vectors), features)
    )
