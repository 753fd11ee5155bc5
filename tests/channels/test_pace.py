"""A sender who brings too much at once is asked to come later, and nobody else is."""

from datetime import timedelta

from channels.pace import Pace


def test_so_many_in_so_long_a_time_and_then_again():
    now = [0.0]
    pace = Pace((2, timedelta(minutes=1)), clock=lambda: now[0])
    assert [pace.admits("a") for _ in range(3)] == [True, True, False]
    assert pace.admits("b")
    now[0] = 61.0
    assert pace.admits("a")


def test_without_a_limit_everything_passes():
    pace = Pace(None)
    assert all(pace.admits("a") for _ in range(1000))
