"""How sure one may be of the best label: an honest probability from what the models say and how they say it.

A logistic curve over a few signs. Its shape is known from public sets; where a desk has enough examples of its own it
is fitted on them, out of fold (`committee`): texts of labels that the models had not seen stand for messages that are
of no category at all, and must score low.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

SCALE = 1  # raised whenever a score comes to mean something else: how often earlier ones were right says nothing then
_STEPS = 300
_OUTSIDE_IN_ORDER, _OUTSIDE_IN_SCALE = 0.3, 0.03  # weight of texts of no label beside the others
_PULL = 3.0  # towards the known shape, as strong as so many examples


@dataclass(frozen=True, kw_only=True)
class Curve:
    slopes: Doubles  # one a sign
    base: float

    def probability(self, signs: Doubles) -> Doubles:
        """Return how likely it is that the best label is right; one row of signs a text."""
        return _logistic(signs @ self.slopes + self.base)

    def fitted(self, signs: Doubles, right: npt.NDArray[np.bool_], outside: npt.NDArray[np.bool_]) -> "Curve":
        """Return the curve that fits what happened, drawn towards this one.

        First the signs are weighed so that texts of no label (`outside`) come last; then that one weight is brought
        to the scale on which the score says how often texts come out right, few of them being of no label.
        """
        ordered = _drawn(self, signs, right, _weights(outside, _OUTSIDE_IN_ORDER))
        told = (signs @ ordered.slopes + ordered.base)[:, None]
        scaled = _drawn(_AS_TOLD, told, right, _weights(outside, _OUTSIDE_IN_SCALE))
        return Curve(
            slopes=ordered.slopes * scaled.slopes[0],
            base=float(ordered.base * scaled.slopes[0] + scaled.base),
        )


def _drawn(to: Curve, signs: Doubles, right: npt.NDArray[np.bool_], weights: Doubles) -> Curve:
    """Fit the signs that speak for being right where there is more of them; one that would not is left out."""
    slopes, kept = np.zeros(signs.shape[1]), np.arange(signs.shape[1])
    while True:
        known = Curve(slopes=to.slopes[kept], base=to.base)
        fitted = _fitted(known, signs[:, kept], right, weights)
        if not kept.size or fitted.slopes.min() >= 0:
            slopes[kept] = fitted.slopes
            return Curve(slopes=slopes, base=fitted.base)
        kept = np.delete(kept, (fitted.slopes * signs[:, kept].std(0)).argmin())


def _fitted(to: Curve, signs: Doubles, right: npt.NDArray[np.bool_], weights: Doubles) -> Curve:
    """Fit by Newton's steps, each for the steepest bend a logistic curve can have (Böhning): none overshoots."""
    middle, spread = signs.mean(0), np.maximum(signs.std(0), 1e-6)
    rows = np.column_stack([(signs - middle) / spread, np.ones(len(signs))])
    known = np.append(to.slopes * spread, to.base + to.slopes @ middle)
    step = np.linalg.inv((rows * weights[:, None]).T @ rows / 4 + _PULL * np.eye(len(known)))
    found = known.copy()
    for _ in range(_STEPS):
        likely = _logistic(rows @ found)
        found -= step @ (rows.T @ (weights * (likely - right)) + _PULL * (found - known))
    slopes = found[:-1] / spread
    return Curve(slopes=slopes, base=float(found[-1] - slopes @ middle))


def _weights(outside: npt.NDArray[np.bool_], share: float) -> Doubles:
    """Let the texts of no label weigh, all together, a share of what the others do."""
    inside = len(outside) - outside.sum()
    return np.where(outside, share * inside / max(outside.sum(), 1), 1.0)


def _logistic(values: Doubles) -> Doubles:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


_AS_TOLD = Curve(slopes=np.ones(1), base=0.0)
# The signs: logarithm of the share, lead, logit, likeness to the nearest example, known part of the words.
KNOWN = Curve(slopes=np.array([1.1, 0.6, 0.0, 1.2, 0.6]), base=-0.6)
