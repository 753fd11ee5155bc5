"""What a place bears that counts calls, and who goes first there: tables that somebody who runs a group could read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.allowance import Allowance, PlaceLimits, Waiting, choose, free, paused, spend

LIMITS = PlaceLimits(burst=10)
NOON = datetime(2026, 10, 6, 12, 0, tzinfo=UTC)
MESSAGE, ALERT, CARD = 1, 2, 3


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def spent(*calls: tuple[float, int]) -> Allowance:
    found = Allowance()
    for second, count in calls:
        found = spend(found, count, LIMITS, now=at(second))
    return found


def waiting(line: str, priority: int = MESSAGE, *, since: float = 0, calls: int = 1) -> Waiting:
    return Waiting(line=line, priority=priority, since=at(since), calls=calls)


@pytest.mark.parametrize(
    ("calls", "now", "expected"),
    [
        ([], 0, 10),  # a quiet group bears a burst
        ([(0, 10)], 0, 0),
        ([(0, 10)], 0.9, 0),
        ([(0, 10)], 1, 1),  # and then one a second
        ([(0, 10)], 4, 4),
        ([(0, 10), (10, 10)], 59.9, 0),  # but twenty in any minute
        ([(0, 10), (10, 10)], 60, 10),
        ([(0, 10), (10, 10)], 70, 10),
        ([(0, 2), (0, -1)], 0, 9),  # reckoned and not made
    ],
)
def test_a_group_bears_a_burst_one_a_second_and_twenty_a_minute(calls, now, expected):
    assert free(spent(*calls), LIMITS, now=at(now)) == expected


def test_another_number_a_minute_keeps_the_proportions():
    assert PlaceLimits.of(20) == PlaceLimits()
    fast = PlaceLimits.of(600)
    assert (fast.most, fast.burst, fast.least) == (600, 450, 150)
    assert free(Allowance(spent=(NOON,) * 450), fast, now=at(1)) == 30


@given(st.lists(st.floats(0, 600), min_size=1, max_size=200))
def test_no_minute_ever_sees_more_than_twenty_calls(instants):
    allowance, made = Allowance(), []
    for second in sorted(instants):
        calls = free(allowance, LIMITS, now=at(second))
        allowance = spend(allowance, calls, LIMITS, now=at(second))
        made += [second] * calls
    assert all(sum(1 for other in made if start <= other < start + 60) <= 20 for start in made)


def test_a_pause_is_obeyed_to_the_second_and_slows_the_windows_after_it():
    asked = paused(spent((0, 5)), timedelta(seconds=17), LIMITS, now=at(3))
    assert free(asked, LIMITS, now=at(19.9)) == 0
    assert free(asked, LIMITS, now=at(20)) == 10
    asked = paused(asked, timedelta(seconds=17), LIMITS, now=at(3.2))  # a call that was under way as well
    assert asked.most == 15
    for second in (20, 21):  # so many a minute now, until minutes go well
        asked = spend(asked, free(asked, LIMITS, now=at(second)), LIMITS, now=at(second))
    assert free(spend(Allowance(most=15, cut_at=at(0)), 15, LIMITS, now=at(0)), LIMITS, now=at(30)) == 0
    assert free(Allowance(most=15, cut_at=at(0), spent=(at(119),) * 15), LIMITS, now=at(150)) == 2
    often = Allowance()
    for second in range(0, 600, 20):
        often = paused(often, timedelta(seconds=1), LIMITS, now=at(second))
    assert often.most == LIMITS.least


@pytest.mark.parametrize(
    ("lines", "used", "expected"),
    [
        ([waiting("card", CARD), waiting("alert", ALERT), waiting("ana")], 0, ["ana", "alert", "card"]),
        ([waiting("b", since=2), waiting("a", since=1)], 0, ["a", "b"]),
        # What does not fit yet is not overtaken, or a new topic would wait for ever.
        ([waiting("new", since=1, calls=2), waiting("old", since=2)], 9, []),
        # Cards and alerts leave room for what people write.
        ([waiting("c1", CARD), waiting("c2", CARD)], 5, ["c1"]),
        ([waiting("c1", CARD)], 6, []),
        ([waiting("a1", ALERT)], 7, ["a1"]),
        # But once in a minute what has waited for too long goes first.
        ([waiting("ana", since=600), waiting("card", CARD, since=-1)], 9, ["card"]),
    ],
)
def test_contacts_go_first_then_alerts_then_cards(lines, used, expected):
    now = max([NOON + timedelta(seconds=5), *(each.since for each in lines)])
    allowance = Allowance(spent=(now,) * used)
    chosen, after = choose(lines, allowance, LIMITS, now=now)
    assert [each.line for each in chosen] == expected
    assert len(after.spent) == used + sum(each.calls for each in chosen)
    if expected == ["card"]:
        again, _ = choose([waiting("other", CARD, since=-1)], after, LIMITS, now=now + timedelta(seconds=59))
        assert [each.line for each in again] == ["other"]  # there is room for it anyway
        full = Allowance(spent=(now,) * 6, favoured_at=now)
        assert choose([waiting("other", CARD, since=-1)], full, LIMITS, now=now)[0] == []
