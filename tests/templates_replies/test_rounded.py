import numpy as np
import pytest

from templates_replies.matcher.rounded import Rounded


def test_rows_in_half_the_room_sum_up_to_the_same():
    random = np.random.default_rng(3)
    rows = random.standard_normal((5_000, 8), np.float32)
    rows[7] = 0
    at, weights = random.permutation(5_000)[:100], random.random(100, np.float32)

    rounded = Rounded.of(rows)

    assert rounded.numbers.nbytes * 2 == rows.nbytes
    assert rounded.summed(at, weights) == pytest.approx(weights @ rows[at], abs=1e-3)
    assert rounded.row(4_999) == pytest.approx(rows[4_999], abs=1e-3)
    assert not rounded.row(7).any()
