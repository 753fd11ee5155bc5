"""Rows of numbers in half the room: whole numbers of 16 bits, and for each row how much its numbers count.

A row's largest number becomes 32,767, so that what is lost of the others is below a fifty-thousandth of it. Whole numbers of 16 bits
become floats in no time, which halves (`float16`) do not.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from templates_replies.matcher.vectors import Floats

_LARGEST = np.float32(32_767)
_TINY = np.float32(1e-30)
_AT_ONCE = 4_096  # rows: a bound for the memory


@dataclass(frozen=True, kw_only=True)
class Rounded:
    numbers: npt.NDArray[np.int16]
    steps: Floats  # what 1 is worth in each row

    @classmethod
    def of(cls, rows: Floats) -> "Rounded":
        steps: Floats = np.maximum(np.abs(rows).max(axis=1, initial=0) / _LARGEST, _TINY)
        numbers = np.empty(rows.shape, np.int16)
        for first in range(0, len(rows), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            numbers[part] = np.rint(rows[part] / steps[part, None])
        return cls(numbers=numbers, steps=steps)

    @property
    def width(self) -> int:
        return int(self.numbers.shape[1])

    def row(self, at: int) -> Floats:
        row: Floats = self.numbers[at] * self.steps[at]
        return row

    def summed(self, at: npt.NDArray[Any], weights: Floats) -> Floats:
        """Return the sum of some rows, each as often as it weighs."""
        summed: Floats = (weights * self.steps[at]) @ self.numbers[at].astype(np.float32)
        return summed
