"""A sender who brings too much at once is asked to come later, and nobody else is."""

from datetime import timedelta

from channels.pace import Pace, neighbourhood


def test_so_many_in_so_long_a_time_and_then_again():
    now = [0.0]
    pace = Pace((2, timedelta(minutes=1)), clock=lambda: now[0])
    assert [pace.admits("a") for _ in range(3)] == [True, True, False]
    assert pace.admits("b")
    now[0] = 61.0
    assert pace.admits("a")


def test_of_ipv6_a_sender_has_a_network_and_not_an_address():
    near = neighbourhood("2001:db8:1:2::1")
    assert near == neighbourhood("2001:db8:1:2:ffff::9") != neighbourhood("2001:db8:1:3::1")
    assert neighbourhood("::ffff:192.0.2.1") == neighbourhood("192.0.2.1") == "192.0.2.1"
    assert neighbourhood("testclient") == "testclient"


def test_without_a_limit_everything_passes():
    pace = Pace(None)
    assert all(pace.admits("a") for _ in range(1000))
