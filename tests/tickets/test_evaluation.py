"""Whether an indicator of the self-evaluation is reached, as whoever reads its figure would say."""

import pytest

from tickets.evaluation import Criterion, Evidence, Proof, Proven


@pytest.mark.parametrize(
    ("evidence", "actual", "target", "reached"),
    [
        (Evidence.AVAILABLE, 0.98957, 0.99, True),  # written 99%
        (Evidence.AVAILABLE, 0.9894, 0.99, False),  # 98.9%
        (Evidence.FINISHED, 0.9999, 1.0, False),  # only all is 100%
        (Evidence.FINISHED, 1.0, 1.0, True),
        (Evidence.MEAN_SCORE, 4.196, 4.2, True),
        (Evidence.MEAN_SCORE, None, 4.2, None),
        (Evidence.FINISHED, 0.5, None, None),
    ],
)
def test_the_figure_as_it_is_written_is_held_against_the_target(evidence, actual, target, reached):
    criterion = Criterion(code="1", names={"id": "Satu"}, evidence=(evidence,), target=target)
    assert Proven(criterion=criterion, proofs=(Proof(evidence=evidence, actual=actual),)).reached is reached
