"""The clocks as pure rules: a table of days that a supervisor can read, and what holds for any history."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.desks import small_desk
from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION, Happening, derive, fold

TERMS = small_desk(next_response=True).terms
MONDAY = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)  # 08:00 in Jakarta


def terms_of(_desk, _revision):
    return TERMS


def at(day_and_time: str) -> datetime:
    """Read `Mon 09:30` of the week of 5 October 2026, Jakarta time; `Mon+` is the Monday after."""
    day, time = day_and_time.split()
    later = timedelta(days=7 if day.endswith("+") else 0)
    day = day.rstrip("+")
    hours, minutes = time.split(":")
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(day)
    return MONDAY + later + timedelta(days=days, hours=int(hours) - 8, minutes=int(minutes))


def history(*lines: str) -> list[Happening]:
    happenings = []
    for line in lines:
        day, time, name, *subject = line.split()
        happenings.append(
            Happening(
                kind=name,
                at=at(f"{day} {time}"),
                subject=subject[0] if subject else None,
                data={"revision": 1},
            )
        )
    return happenings


def clock(kind: str, *lines: str, cycle: int = -1):
    return [state for state in derive(history(*lines), terms_of) if state.kind == kind][cycle]


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("Mon 09:00", "Mon 09:15"),
        ("Mon 11:50", "Mon 13:05"),  # lunch lies between
        ("Mon 12:10", "Mon 13:15"),
        ("Mon 15:50", "Tue 08:05"),
        ("Fri 15:50", "Mon+ 08:05"),  # the weekend lies between
        ("Sat 10:00", "Mon+ 08:15"),
    ],
)
def test_the_first_answer_is_due_in_open_time(opened, due):
    assert clock(FIRST_RESPONSE, f"{opened} ticket.opened").due_at == at(due)


def test_an_answer_in_time_meets_it_and_a_late_one_breaks_it_at_the_due_instant():
    met = clock(FIRST_RESPONSE, "Mon 09:00 ticket.opened", "Mon 09:14 message.answered 7")
    assert (met.met_at, met.met_by, met.breached_at) == (at("Mon 09:14"), "7", None)
    late = clock(FIRST_RESPONSE, "Mon 09:00 ticket.opened", "Mon 10:00 message.answered 7")
    assert (late.met_at, late.breached_at) == (at("Mon 10:00"), at("Mon 09:15"))


def test_an_answer_that_finally_failed_counts_as_never_given_and_the_next_one_counts():
    lines = ("Mon 09:00 ticket.opened", "Mon 09:05 message.answered 7", "Mon 09:06 delivery.failed 7")
    assert clock(FIRST_RESPONSE, *lines).met_at is None
    again = clock(FIRST_RESPONSE, *lines, "Mon 09:10 message.answered 8")
    assert (again.met_at, again.met_by) == (at("Mon 09:10"), "8")


def test_waiting_stops_the_solution_s_clock_and_going_on_moves_its_end():
    state = clock(
        RESOLUTION, "Mon 09:00 ticket.opened", "Mon 10:00 ticket.waiting", "Mon 16:00 ticket.resumed"
    )
    assert state.due_at == at("Tue 15:00")


def test_what_was_late_before_the_pause_stays_late():
    state = clock(
        RESOLUTION, "Mon 09:00 ticket.opened", "Tue 10:00 ticket.waiting", "Tue 16:00 ticket.resumed"
    )
    assert state.due_at == at("Tue 09:00")
    assert state.breached_at == at("Tue 09:00")


def test_a_solution_without_an_answer_ends_the_response_clock_unmet():
    state = clock(FIRST_RESPONSE, "Mon 09:00 ticket.opened", "Mon 09:05 ticket.solved")
    assert (state.met_at, state.ended_at, state.breached_at) == (None, at("Mon 09:05"), None)


def test_each_reopening_is_a_cycle_of_its_own_and_the_old_figures_stay():
    lines = (
        "Mon 09:00 ticket.opened", "Mon 09:10 message.answered 1", "Mon 10:00 ticket.solved",
        "Wed 09:00 ticket.reopened", "Wed 09:20 message.answered 2",
    )  # fmt: skip
    first, second = (clock(FIRST_RESPONSE, *lines, cycle=index) for index in (0, 1))
    assert (first.met_at, first.breached_at) == (at("Mon 09:10"), None)
    assert (second.cycle, second.due_at, second.breached_at) == (2, at("Wed 09:15"), at("Wed 09:15"))


def test_a_follow_up_question_starts_the_next_response_once_the_first_answer_was_given():
    lines = ("Mon 09:00 ticket.opened", "Mon 09:00 message.received 1")
    assert [state.kind for state in derive(history(*lines), terms_of)] == [FIRST_RESPONSE, RESOLUTION]
    more = (
        *lines,
        "Mon 09:05 message.answered 2",
        "Mon 10:00 message.received 3",
        "Mon 10:01 message.received 4",
    )
    state = clock(NEXT_RESPONSE, *more)
    assert state.due_at == at("Mon 10:15")
    assert clock(NEXT_RESPONSE, *more, "Mon 10:05 message.answered 5").met_at == at("Mon 10:05")


KINDS = (
    "message.received", "message.answered", "message.automatic", "ticket.waiting", "ticket.resumed", "ticket.solved",
    "ticket.reopened", "ticket.closed", "delivery.failed", "ticket.assigned",
)  # fmt: skip


@st.composite
def histories(draw):
    now = MONDAY + timedelta(minutes=draw(st.integers(0, 60 * 24 * 7)))
    happenings = [Happening(kind="ticket.opened", at=now, data={"revision": 1})]
    for number, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), max_size=25))):
        now += timedelta(minutes=draw(st.integers(0, 60 * 30)))
        subject = str(draw(st.integers(0, number))) if kind == "delivery.failed" else str(number)
        happenings.append(Happening(kind=kind, at=now, subject=subject, data={"revision": 1}))
    return happenings


@given(histories())
def test_folding_one_by_one_equals_deriving_from_the_whole_where_no_answer_failed(happenings):
    happenings = [each for each in happenings if each.kind != "delivery.failed"]
    states = ()
    for happening in happenings:
        states = fold(states, happening, terms_of)
    assert states == derive(happenings, terms_of)


@given(histories())
def test_in_any_history_breach_and_met_agree_with_the_due_instant(happenings):
    for state in derive(happenings, terms_of):
        assert state.started_at <= state.due_at
        if state.met_at is not None:
            assert (state.breached_at is None) == (state.met_at <= state.due_at)
        if state.breached_at is not None:
            assert state.breached_at == state.due_at
        if state.acts_at is not None:
            assert state.running
            assert state.acts_at <= state.due_at


@given(histories())
def test_at_most_one_clock_of_a_kind_runs_at_a_time(happenings):
    running = [state.kind for state in derive(happenings, terms_of) if state.running]
    assert len(running) == len(set(running))
