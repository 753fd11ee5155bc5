"""What must hold for operating hours whatever the calendar: adding and measuring are inverse, additive, monotone."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tickets.hours import (
    DAY_MINUTES,
    Calendar,
    ClosedDay,
    DatedHours,
    Span,
    Window,
    add,
    between,
    due,
    intervals,
    is_open,
    next_open,
)

# Berlin and New York change their clocks, Lord Howe by half an hour, Santiago and Cairo at midnight, Apia lost a day.
ZONES = [
    "Asia/Jakarta",
    "Asia/Jayapura",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Cairo",
    "Pacific/Apia",
    "America/St_Johns",
]
ZERO = timedelta()

windows = st.builds(
    lambda start, length: Window(start=start, end=start + length),
    st.integers(0, DAY_MINUTES - 1),
    st.integers(1, DAY_MINUTES - 1),
) | st.just(Window(start=0, end=DAY_MINUTES))
days = st.lists(windows, max_size=3).map(tuple)
weeks = st.tuples(days, days, days, days, days, days, days)
dates = st.dates(date(2009, 6, 1), date(2012, 6, 30))
exceptions = st.builds(
    lambda first, length, week: DatedHours(
        first_on=first, last_on=first + timedelta(days=length), week=week, note="other hours"
    ),
    dates,
    st.integers(0, 60),
    st.tuples(*[st.none() | days] * 7),
)
calendars = st.builds(
    lambda zone, week, other, closed: Calendar(
        zone=zone,
        week=week,
        exceptions=tuple(other),
        closed=tuple(ClosedDay(day, "holiday") for day in sorted(closed)),
    ),
    st.sampled_from(ZONES),
    weeks.filter(any),
    st.lists(exceptions, max_size=3),
    st.sets(dates, max_size=40),
)
instants = st.datetimes(datetime(2009, 9, 1), datetime(2012, 3, 31)).map(lambda at: at.replace(tzinfo=UTC))
lengths = st.timedeltas(ZERO, timedelta(hours=400))

many = settings(max_examples=60, deadline=None)


@many
@given(calendars, instants, lengths)
def test_measuring_undoes_adding(calendar, start, length):
    end = add(calendar, start, length)
    assert between(calendar, start, end) == length
    assert length == ZERO or between(calendar, start, end - timedelta(microseconds=1)) < length


@many
@given(calendars, instants, instants)
def test_adding_what_was_measured_leads_to_the_same_work(calendar, a, b):
    a, b = sorted((a, b))
    worked = between(calendar, a, b)
    assert add(calendar, a, worked) <= b
    assert between(calendar, add(calendar, a, worked), b) == ZERO


@many
@given(calendars, instants, lengths, lengths)
def test_two_lengths_one_after_the_other_are_their_sum(calendar, start, one, two):
    assert add(calendar, add(calendar, start, one), two) == add(calendar, start, one + two)


@many
@given(calendars, st.tuples(instants, instants, instants).map(sorted))
def test_work_over_a_then_b_is_work_over_both(calendar, abc):
    a, b, c = abc
    assert between(calendar, a, b) + between(calendar, b, c) == between(calendar, a, c)
    assert ZERO <= between(calendar, a, b) <= b - a
    assert between(calendar, c, a) == -between(calendar, a, c)


@many
@given(calendars, instants, instants, lengths, lengths)
def test_later_starts_and_longer_lengths_never_end_earlier(calendar, a, b, one, two):
    a, b = sorted((a, b))
    one, two = sorted((one, two))
    assert add(calendar, a, one) <= add(calendar, b, one)
    assert add(calendar, a, one) <= add(calendar, a, two)


@many
@given(calendars, instants, st.timedeltas(ZERO, timedelta(days=100)))
def test_the_intervals_explain_the_sum_and_agree_with_open_and_closed(calendar, start, length):
    end = start + length
    pieces = list(intervals(calendar, start, end))
    assert sum((piece.end - piece.start for piece in pieces), ZERO) == between(calendar, start, end)
    assert all(one.end <= two.start for one, two in pairwise(pieces))
    for piece in pieces:
        assert piece.start < piece.end
        assert is_open(calendar, piece.start)
        assert is_open(calendar, piece.end - timedelta(microseconds=1))


@many
@given(calendars, instants)
def test_the_next_opening_is_open_and_nothing_is_worked_before(calendar, at):
    opens = next_open(calendar, at)
    assert opens >= at
    assert is_open(calendar, opens)
    assert between(calendar, at, opens) == ZERO
    assert is_open(calendar, at) is (opens == at)


@many
@given(calendars, instants)
def test_the_wall_clock_agrees_with_the_windows_of_the_day(calendar, at):
    """An independent reading: look at the wall, and at the windows of today and of the evening before."""
    local = at.astimezone(calendar.tz)
    wall = timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
    on_the_wall = any(
        timedelta(minutes=window.start) <= wall + ago * timedelta(days=1) < timedelta(minutes=window.end)
        for ago in (0, 1)
        for window in calendar.windows_on(local.date() - ago * timedelta(days=1))[0]
    )
    ambiguous = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    assert ambiguous or is_open(calendar, at) is on_the_wall


@many
@given(calendars, instants, st.integers(1, 30))
def test_a_promise_in_days_falls_due_on_open_time_and_later_than_it_was_made(calendar, start, count):
    at = due(calendar, start, Span.parse(f"{count}d"))
    assert at > start
    assert is_open(calendar, at)


@many
@given(calendars)
def test_a_calendar_survives_storing(calendar):
    stored = Calendar.from_data(calendar.to_data())
    assert stored.zone == calendar.zone
    assert stored.exceptions == calendar.exceptions
    assert stored == calendar
