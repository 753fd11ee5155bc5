"""Texts as sparse vectors: which known features are in each, and how much each weighs there.

A feature weighs by how rare it is among the examples. Pieces, words and pairs are brought to one length each before
they are put together, so that long words do not drown the pairs. Two letters count among the pieces, but a text that
shares no more than such with the examples shares nothing with them.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from templates_replies.matcher.features import Hashes, Kind, Numbers, Seen

Floats = npt.NDArray[np.float32]

_SHARE_OF_FEW = np.array([1.0, 0.7, 0.3], np.float32)  # of pieces, words, pairs
_SHARE_OF_MANY = np.array([1.0, 0.7, 0.5], np.float32)
_PARTS = len(_SHARE_OF_FEW)
_PART_OF_KIND = np.array([0, 1, 2, 0])  # to which of them each kind belongs
_BITS = 20
_BUCKETS = 1 << _BITS
_TINY = np.float32(1e-9)
_MANY = 4_000  # examples from which on two letters say nothing, nor a feature that only one example has


@dataclass(frozen=True, kw_only=True)
class Vectors:
    """Row after row: those of row n are at `starts[n]` to `starts[n + 1]`."""

    starts: Numbers
    columns: npt.NDArray[np.int32]
    weights: Floats
    known: Floats  # of each row, the share of its words that the examples have, rare ones weighing more

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, at: int) -> "Vectors":
        first, end = self.starts[at], self.starts[at + 1]
        return Vectors(
            starts=np.array([0, end - first]),
            columns=self.columns[first:end],
            weights=self.weights[first:end],
            known=self.known[at : at + 1],
        )

    def followed_by(self, others: "Vectors") -> "Vectors":
        return Vectors(
            starts=np.append(self.starts, others.starts[1:] + self.starts[-1]),
            columns=np.append(self.columns, others.columns),
            weights=np.append(self.weights, others.weights),
            known=np.append(self.known, others.known),
        )


NOTHING = Vectors(
    starts=np.zeros(1, np.int64),
    columns=np.zeros(0, np.int32),
    weights=np.zeros(0, np.float32),
    known=np.zeros(0, np.float32),
)


class Vocabulary:
    """The features that the examples have, and what each weighs.

    They stand in the order of their hashes. Of those with the same first bits one is known and the others are not.
    """

    def __init__(self, features: Hashes, rarity: Floats, share: Floats) -> None:
        self._features = features
        self._rarity = rarity
        self._share = share
        self._rarest = rarity.max(initial=1)

    @classmethod
    def of(cls, seen: Seen) -> tuple["Vocabulary", Vectors]:
        """Return the vocabulary of some examples, and their vectors in it."""
        buckets = _buckets(seen.features)
        owners = np.zeros(_BUCKETS, np.uint64)
        owners[buckets] = seen.features
        known = owners[buckets] == seen.features
        is_many = seen.texts > _MANY
        if is_many:
            known &= seen.kinds != Kind.LETTERS
        counted = _counted(seen.rows[known], buckets[known], seen.texts, _BUCKETS)
        holders = np.bincount(counted.columns, minlength=_BUCKETS)
        kept = np.flatnonzero(holders >= (2 if is_many else 1))
        rarity = np.log((1 + seen.texts) / (1 + holders[kept])) + 1
        vocabulary = cls(
            owners[kept], rarity.astype(np.float32), _SHARE_OF_MANY if is_many else _SHARE_OF_FEW
        )
        return vocabulary, vocabulary.vectors(seen)

    def __len__(self) -> int:
        return len(self._features)

    def column(self, feature: int) -> int | None:
        """Return where a feature stands, if the examples have it."""
        columns, hit = self._found(np.array([feature], np.uint64))
        return int(columns[0]) if hit[0] else None

    def rarity(self, features: Hashes) -> Floats:
        """Return what each feature weighs; one that no example has is as rare as any."""
        columns, hit = self._found(features)
        rarity = np.full(len(features), self._rarest)
        rarity[hit] = self._rarity[columns[hit]]
        return rarity

    def vectors(self, seen: Seen) -> Vectors:
        columns, hit = self._found(seen.features)
        telling = np.bincount(seen.rows[hit & (seen.kinds != Kind.LETTERS)], minlength=seen.texts) > 0
        hit &= telling[seen.rows]
        # parts are told apart, so that each can be brought to its length
        counted = _counted(
            seen.rows[hit] * _PARTS + _PART_OF_KIND[seen.kinds[hit]],
            columns[hit],
            seen.texts * _PARTS,
            len(self),
        )
        weights = (1 + np.log(counted.times)) * self._rarity[counted.columns]
        lengths = _lengths(weights, counted.starts).reshape(-1, _PARTS)
        scale = np.where(lengths > 0, self._share, 0)
        scale = (
            scale
            / np.maximum(np.sqrt((scale * scale).sum(1, keepdims=True)), _TINY)
            / np.maximum(lengths, _TINY)
        )
        weights *= np.repeat(scale.ravel(), np.diff(counted.starts))
        is_word = seen.kinds == Kind.WORD
        known = np.bincount(seen.rows[is_word & hit], self._rarity[columns[is_word & hit]], seen.texts)
        unknown = np.bincount(seen.rows[is_word & ~hit], minlength=seen.texts) * self._rarest
        return Vectors(
            starts=counted.starts[::_PARTS],
            columns=counted.columns,
            weights=weights,
            known=(known / np.maximum(known + unknown, _TINY)).astype(np.float32),
        )

    def _found(self, features: Hashes) -> tuple[Numbers, npt.NDArray[np.bool_]]:
        """Return where each feature stands, and whether it is there at all."""
        columns = np.searchsorted(self._features, features)
        hit = columns < len(self._features)
        hit[hit] = self._features[columns[hit]] == features[hit]
        return columns, hit


def _buckets(features: Hashes) -> Numbers:
    return (features >> np.uint64(64 - _BITS)).astype(np.int64)


class _Counted(NamedTuple):
    """Row after row, as `Vectors`: which columns are there, in their order, and how many times."""

    starts: Numbers
    columns: npt.NDArray[np.int32]
    times: Floats


def _counted(rows: Numbers, columns: Numbers, height: int, width: int) -> _Counted:
    # Put together by hand: for one text this is a tenth of what a matrix of scipy's costs.
    width = max(width, 1)
    cells, times = np.unique(rows * width + columns, return_counts=True)
    return _Counted(
        starts=np.searchsorted(cells, np.arange(height + 1) * width),
        columns=(cells % width).astype(np.int32),
        times=times.astype(np.float32),
    )


def _lengths(weights: Floats, starts: Numbers) -> Floats:
    sums = np.concatenate(([0.0], np.cumsum(weights * weights, dtype=np.float64)))
    return np.sqrt(np.maximum(np.diff(sums[starts]), 0)).astype(np.float32)
