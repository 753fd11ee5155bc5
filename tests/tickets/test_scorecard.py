"""What a scorecard's figures are worth: achievement, light and score, as pure rules."""

from itertools import count

import pytest

from tickets.scorecard import CAP, Indicator, Light, Measure, Perspective, Rated, achievement, scored

IDS = count()


def rated(actual, *, target=0.9, weight=50, measure=Measure.RESOLUTION_IN_TIME, **options):
    indicator = Indicator(
        id=f"one-{next(IDS)}", names={"id": "Satu"}, perspective=Perspective.PROCESS, measure=measure, target=target,
        weight=weight, **options,
    )  # fmt: skip
    return Rated(indicator=indicator, actual=actual, of=10)


@pytest.mark.parametrize(
    ("actual", "target", "less", "reached"),
    [
        (0.9, 0.9, False, 1.0),
        (0.45, 0.9, False, 0.5),
        (0.0, 0.9, False, 0.0),
        (1.0, 0.5, False, CAP),  # twice the target makes up for nothing else
        (0.05, 0.05, True, 1.0),
        (0.0, 0.05, True, CAP),
        (0.075, 0.05, True, 0.5),
        (0.10, 0.05, True, 0.0),
        (0.50, 0.05, True, 0.0),  # never below nothing
        (4.2, 4.2, False, 1.0),
    ],
)
def test_achievement_is_what_was_reached_of_the_target(actual, target, less, reached):
    assert achievement(actual, target, less_is_better=less) == pytest.approx(reached)


@pytest.mark.parametrize(
    ("actual", "light"), [(0.9, "green"), (0.899, "yellow"), (0.72, "yellow"), (0.719, "red"), (None, "none")]
)
def test_the_light_has_its_thresholds(actual, light):
    assert rated(actual).light == Light(light)


def test_an_indicator_may_say_otherwise_when_it_is_nearly_reached():
    assert rated(0.5, yellow=0.5).light is Light.YELLOW


def test_the_score_is_the_mean_by_weight_of_what_has_a_figure():
    score = scored([rated(0.9, weight=60), rated(0.45, weight=20), rated(None, weight=20)])
    assert (score.value, score.weight, score.counted) == (pytest.approx(0.875), 100, 80)
    assert score.light is Light.YELLOW


def test_nothing_measured_is_no_score():
    score = scored([rated(None)])
    assert (score.value, score.counted, score.light) == (None, 0, Light.NONE)
