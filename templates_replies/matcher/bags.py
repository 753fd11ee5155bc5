"""Small models that read a text as the bag of its features: each feature is a direction, their sum says the category."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from templates_replies.matcher.rounded import Rounded
from templates_replies.matcher.vectors import Floats, Vectors

GAIN = np.float32(3)  # so that the sum of a text's directions uses the bend of tanh


@dataclass(frozen=True, kw_only=True)
class Bags:
    directions: Rounded  # features × (models · width)
    outputs: Floats  # models × width × labels
    bases: Floats  # models × labels

    def inner(self, vectors: Vectors) -> Floats:
        """Return each text's place in the inner space: texts × (models · width)."""
        summed = np.empty((len(vectors), self.directions.width), np.float32)
        for row, (first, end) in enumerate(pairwise(vectors.starts)):
            summed[row] = self.directions.summed(vectors.columns[first:end], vectors.weights[first:end])
        place: Floats = np.tanh(GAIN * summed)
        return place

    def logits(self, inner: Floats) -> Floats:
        """Return models × texts × labels."""
        said: Floats = np.matmul(by_model(inner, len(self.outputs)), self.outputs) + self.bases[:, None, :]
        return said


def by_model(inner: Floats, models: int) -> Floats:
    """Return models × texts × width."""
    return inner.reshape(len(inner), models, -1).transpose(1, 0, 2)
