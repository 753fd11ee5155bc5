"""Who gets a ticket, for any staff one can think of: nobody absent, nobody over capacity, everybody their turn."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.assignment import Candidate, Nobody, Way, choose, spread

GIVING = [Way.ROUND_ROBIN, Way.LEAST_LOADED]
ways = st.sampled_from(GIVING)
tickets = st.lists(st.integers(1, 10**6), max_size=40, unique=True)


@st.composite
def staff(draw):
    count = draw(st.integers(0, 6))
    turns = draw(st.permutations(range(count)))
    return [
        Candidate(
            id=f"agent-{index}",
            capacity=draw(st.integers(0, 8)),
            load=draw(st.integers(0, 10)),
            present=draw(st.booleans()),
            last_turn=turns[index],
        )
        for index in range(count)
    ]


def person(name, *, load=0, capacity=10, present=True, last_turn=0):
    return Candidate(id=name, capacity=capacity, load=load, present=present, last_turn=last_turn)


@given(tickets, staff(), ways)
def test_nobody_gets_more_than_their_capacity(numbers, people, way):
    got = Counter(to for _, to in spread(numbers, people, way).given)
    assert all(got[each.id] <= max(0, each.capacity - each.load) for each in people)


@given(tickets, staff(), ways)
def test_nobody_absent_gets_anything(numbers, people, way):
    absent = {each.id for each in people if not each.present}
    assert absent.isdisjoint(to for _, to in spread(numbers, people, way).given)


@given(tickets, staff(), ways)
def test_each_ticket_is_given_once_or_left_and_nothing_is_left_while_somebody_has_room(numbers, people, way):
    found = spread(numbers, people, way)
    assert [ticket for ticket, _ in found.given] + list(found.left) == numbers
    room = sum(max(0, each.capacity - each.load) for each in people if each.present)
    assert len(found.given) == min(len(numbers), room)
    assert (found.why is None) == (not found.left)


@given(tickets, staff(), ways, st.randoms())
def test_the_order_in_which_people_are_named_changes_nothing(numbers, people, way, chance):
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert spread(numbers, people, way) == spread(numbers, shuffled, way)


@given(tickets, staff())
def test_by_turns_nobody_who_has_room_is_two_tickets_behind(numbers, people):
    roomy = [replace(each, capacity=each.load + len(numbers) + 1) for each in people]
    got = Counter(to for _, to in spread(numbers, roomy, Way.ROUND_ROBIN).given)
    counts = [got[each.id] for each in roomy if each.present]
    assert not counts or max(counts) - min(counts) <= 1


@given(tickets, staff())
def test_by_load_nobody_becomes_fuller_than_somebody_with_room_had_to_be(numbers, people):
    found = spread(numbers, people, Way.LEAST_LOADED)
    got = Counter(to for _, to in found.given)
    for receiver in (each for each in people if got[each.id]):
        before_last = (receiver.load + got[receiver.id] - 1) / receiver.capacity
        for other in (each for each in people if each.is_free):
            assert before_last <= (other.load + got[other.id]) / other.capacity + 1e-9


def test_by_turns_whoever_waited_longest_is_next():
    people = [person("ayu", last_turn=3), person("budi", last_turn=1), person("sari", last_turn=2)]
    assert choose(people, Way.ROUND_ROBIN) == "budi"
    assert [to for _, to in spread([1, 2, 3, 4], people, Way.ROUND_ROBIN).given] == [
        "budi", "sari", "ayu", "budi",
    ]  # fmt: skip


def test_by_load_two_of_four_are_fuller_than_four_of_ten():
    assert choose([person("ayu", load=2, capacity=4), person("budi", load=4)], Way.LEAST_LOADED) == "budi"


def test_equally_loaded_people_take_turns():
    people = [person("ayu", last_turn=2), person("budi", last_turn=1)]
    assert [to for _, to in spread([1, 2, 3], people, Way.LEAST_LOADED).given] == ["budi", "ayu", "budi"]


@pytest.mark.parametrize(
    ("people", "way", "is_open", "why"),
    [
        ([person("ayu")], Way.MANUAL, True, Nobody.BY_HAND),
        ([person("ayu")], Way.ROUND_ROBIN, False, Nobody.CLOSED),
        ([], Way.ROUND_ROBIN, True, Nobody.NO_STAFF),
        ([person("ayu", present=False)], Way.LEAST_LOADED, True, Nobody.ALL_AWAY),
        ([person("ayu", load=10), person("budi", present=False)], Way.LEAST_LOADED, True, Nobody.ALL_FULL),
        ([person("ayu", capacity=0)], Way.ROUND_ROBIN, True, Nobody.ALL_FULL),
    ],
)
def test_the_reason_is_told_when_nobody_gets_it(people, way, is_open, why):
    assert choose(people, way, is_open=is_open) is why
