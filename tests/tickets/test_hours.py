"""Operating hours as a supervisor would check them: a table of cases, each with its clock times on the wall."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tickets.hours import (
    DAYS,
    BeyondHorizon,
    Calendar,
    ClosedDay,
    DatedHours,
    HoursError,
    NoOperatingHours,
    Span,
    Window,
    add,
    between,
    closures,
    due,
    intervals,
    is_open,
    next_open,
    parse_duration,
)


def week(**days):
    return tuple(tuple(Window.parse(text) for text in days.get(day, "").split()) for day in DAYS)


def some_days(**days):
    return tuple(
        tuple(Window.parse(text) for text in days[day].split()) if day in days else None for day in DAYS
    )


OFFICE = dict.fromkeys(("mon", "tue", "wed", "thu"), "08:00-12:00 13:00-16:00") | {
    "fri": "08:00-11:30 13:00-16:30"
}
RAMADAN = DatedHours(
    first_on=date(2026, 2, 18),
    last_on=date(2026, 3, 19),
    note="Ramadan",
    week=some_days(
        **dict.fromkeys(("mon", "tue", "wed", "thu"), "08:00-15:00"),
        fri="08:00-11:30 12:30-15:00",
    ),
)
CLOSED = (
    ClosedDay(date(2026, 1, 1), "Tahun Baru Masehi"),
    *(ClosedDay(date(2026, 3, day), "Cuti bersama dan Idul Fitri") for day in (20, 21, 22, 23, 24)),
    ClosedDay(date(2026, 8, 17), "Hari Kemerdekaan"),
)

CALENDARS = {
    "office": Calendar(zone="Asia/Jakarta", week=week(**OFFICE), exceptions=(RAMADAN,), closed=CLOSED),
    "office in Makassar": Calendar(zone="Asia/Makassar", week=week(**OFFICE)),
    "office in Jayapura": Calendar(zone="Asia/Jayapura", week=week(**OFFICE)),
    "night shift": Calendar(
        zone="Asia/Jakarta",
        week=week(**dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "22:00-06:00")),
        closed=(ClosedDay(date(2026, 8, 17), "Hari Kemerdekaan"),),
    ),
    "always": Calendar.always("Asia/Jakarta"),
    "always in Berlin": Calendar.always("Europe/Berlin"),
    "Berlin": Calendar(zone="Europe/Berlin", week=week(**dict.fromkeys(DAYS, "00:00-06:00 08:00-16:00"))),
    "Berlin at half past two": Calendar(
        zone="Europe/Berlin", week=week(**dict.fromkeys(DAYS, "02:30-04:00"))
    ),
    "office in Kathmandu": Calendar(zone="Asia/Kathmandu", week=week(**OFFICE)),
    "campus in the semester break": Calendar(
        zone="Asia/Jakarta",
        week=week(**OFFICE),
        closed=tuple(ClosedDay(date(2026, 6, 15) + timedelta(days=n), "Libur semester") for n in range(77)),
    ),
    "closed for a year": Calendar(
        zone="Asia/Jakarta",
        week=week(**OFFICE),
        exceptions=(
            DatedHours(
                first_on=date(2026, 1, 1),
                last_on=date(2026, 12, 31),
                note="renovation",
                week=((),) * len(DAYS),
            ),
        ),
    ),
}

# calendar, from (local), promise, due (local)
DUE = [
    ("office", "2026-10-05 08:00", "15m", "2026-10-05 08:15"),  # Monday morning
    ("office", "2026-10-05 07:00", "15m", "2026-10-05 08:15"),  # before opening
    ("office", "2026-10-05 11:50", "15m", "2026-10-05 13:05"),  # over lunch
    ("office", "2026-10-05 11:45", "15m", "2026-10-05 12:00"),  # to the very last minute before lunch
    ("office", "2026-10-05 12:00", "15m", "2026-10-05 13:15"),  # at the beginning of lunch
    ("office", "2026-10-05 15:50", "15m", "2026-10-06 08:05"),  # into the next morning
    ("office", "2026-10-09 11:25", "15m", "2026-10-09 13:10"),  # over Friday prayer
    ("office", "2026-10-09 16:25", "15m", "2026-10-12 08:10"),  # over the weekend
    ("office", "2026-10-10 10:00", "15m", "2026-10-12 08:15"),  # on a Saturday
    ("office", "2026-08-14 16:25", "15m", "2026-08-18 08:10"),  # over weekend and Independence Day
    ("office", "2026-10-05 08:00", "7h", "2026-10-05 16:00"),  # a whole day's work
    ("office", "2026-10-05 08:00", "35h", "2026-10-09 16:30"),  # a whole week's work
    ("office", "2026-02-17 15:50", "15m", "2026-02-18 08:05"),  # into Ramadan
    ("office", "2026-02-18 12:00", "15m", "2026-02-18 12:15"),  # Ramadan has no lunch break
    ("office", "2026-02-20 11:25", "15m", "2026-02-20 12:40"),  # Friday prayer in Ramadan
    ("office", "2026-03-19 14:50", "15m", "2026-03-25 08:05"),  # over the Eid break, back to the usual hours
    ("office", "2025-12-31 15:55", "10m", "2026-01-02 08:05"),  # over New Year, a Thursday
    ("office", "2026-10-05 10:00", "3d", "2026-10-08 10:00"),
    ("office", "2026-10-08 10:00", "3d", "2026-10-13 10:00"),  # the weekend does not count
    ("office", "2026-10-06 12:30", "3d", "2026-10-09 13:00"),  # lunch there: when the desk next works
    ("office", "2026-10-08 11:45", "1d", "2026-10-09 13:00"),  # Friday prayer there
    ("office", "2026-10-09 20:00", "1d", "2026-10-13 08:00"),  # Friday night: Monday at 20:00 is closed
    ("office", "2026-10-10 10:00", "1d", "2026-10-12 10:00"),  # on a Saturday: the next working day
    ("office", "2026-03-19 10:00", "1d", "2026-03-25 10:00"),  # the Eid break does not count
    ("office", "2026-10-09 16:00", "24h calendar", "2026-10-10 16:00"),
    ("office", "2026-10-09 16:00", "3d calendar", "2026-10-12 16:00"),
    ("office in Makassar", "2026-10-05 07:30", "15m", "2026-10-05 08:15"),
    ("office in Jayapura", "2026-10-05 16:30", "15m", "2026-10-06 08:15"),
    ("office in Kathmandu", "2026-10-05 15:50", "15m", "2026-10-06 08:05"),  # a zone of 5:45 hours
    ("campus in the semester break", "2026-06-12 16:25", "15m", "2026-08-31 08:10"),  # over eleven weeks
    (
        "campus in the semester break",
        "2026-07-20 10:00",
        "3d",
        "2026-09-02 10:00",
    ),  # begun in the middle of them
    ("campus in the semester break", "2026-06-12 10:00", "3d", "2026-09-02 10:00"),
    ("campus in the semester break", "2026-07-20 10:00", "24h calendar", "2026-07-21 10:00"),
    ("night shift", "2026-10-05 12:00", "15m", "2026-10-05 22:15"),
    ("night shift", "2026-10-05 23:50", "15m", "2026-10-06 00:05"),
    (
        "night shift",
        "2026-10-10 05:50",
        "15m",
        "2026-10-12 22:05",
    ),  # Saturday morning belongs to Friday's shift
    ("night shift", "2026-10-10 02:00", "1d", "2026-10-13 02:00"),  # so a shift later is in Monday's shift
    (
        "night shift",
        "2026-08-15 05:50",
        "15m",
        "2026-08-18 22:05",
    ),  # the holiday takes the shift that starts on it
    ("always", "2026-12-31 23:50", "15m", "2027-01-01 00:05"),
    ("always", "2026-10-10 10:00", "3d", "2026-10-13 10:00"),
    ("Berlin", "2026-03-29 01:30", "2h", "2026-03-29 04:30"),  # the clocks skip 02:00 to 03:00
    ("Berlin", "2026-10-25 01:30", "2h", "2026-10-25 02:30+1"),  # 02:00 to 03:00 comes twice
    ("Berlin", "2026-03-28 02:30", "1d", "2026-03-29 03:00"),  # there is no 02:30 on that day
    ("Berlin", "2026-10-24 10:00", "1d", "2026-10-25 10:00"),  # same time of day, 25 hours later
    (
        "Berlin at half past two",
        "2026-03-29 00:00",
        "1h",
        "2026-03-29 04:00",
    ),  # a window that begins in the skip
    (
        "Berlin at half past two",
        "2026-10-25 00:00",
        "1h",
        "2026-10-25 02:30+1",
    ),  # one that begins at the first 02:30
    ("always in Berlin", "2026-03-29 00:00", "24h", "2026-03-30 01:00"),
    ("closed for a year", "2025-12-31 15:50", "15m", "2027-01-01 08:05"),
]


def moment(calendar, text):
    """Read a wall-clock time; `+1` says the second of two."""
    naive = datetime.fromisoformat(text.removesuffix("+1"))
    return naive.replace(tzinfo=ZoneInfo(calendar.zone), fold=int(text.endswith("+1"))).astimezone(UTC)


@pytest.mark.parametrize(("name", "start", "promise", "expected"), DUE)
def test_a_promise_falls_due_when_the_supervisor_would_say(name, start, promise, expected):
    calendar = CALENDARS[name]
    length, _, counts = promise.partition(" ")
    at = due(calendar, moment(calendar, start), Span.parse(length, counts or "operating"))
    assert at.astimezone(calendar.tz) == moment(calendar, expected).astimezone(calendar.tz)


# calendar, from, to (local), hours worked
WORKED = [
    ("office", "2026-10-05 00:00", "2026-10-06 00:00", 7),
    ("office", "2026-10-05 00:00", "2026-10-12 00:00", 35),
    ("office", "2026-10-05 11:00", "2026-10-05 14:00", 2),
    ("office", "2026-10-10 00:00", "2026-10-12 00:00", 0),
    ("office", "2026-10-12 09:00", "2026-10-12 08:00", -1),
    (
        "office",
        "2026-03-16 00:00",
        "2026-03-30 00:00",
        28 + 21,
    ),  # four days of Ramadan, then three after the break
    ("night shift", "2026-10-05 00:00", "2026-10-12 00:00", 40),
    ("always", "2026-01-01 00:00", "2027-01-01 00:00", 365 * 24),
    ("Berlin", "2026-03-29 00:00", "2026-03-30 00:00", 13),
    ("Berlin", "2026-10-25 00:00", "2026-10-26 00:00", 15),
    ("office in Kathmandu", "2026-10-05 00:00", "2026-10-12 00:00", 35),
    ("campus in the semester break", "2026-06-15 00:00", "2026-08-31 00:00", 0),
    (
        "campus in the semester break",
        "2026-06-08 00:00",
        "2026-09-07 00:00",
        70,
    ),  # the week before, the week after
    ("closed for a year", "2026-01-01 00:00", "2027-01-01 00:00", 0),
]


@pytest.mark.parametrize(("name", "start", "end", "hours"), WORKED)
def test_the_hours_worked_between_two_instants(name, start, end, hours):
    calendar = CALENDARS[name]
    assert between(calendar, moment(calendar, start), moment(calendar, end)) == timedelta(hours=hours)


# calendar, at, open?, next open (local)
OPEN = [
    ("office", "2026-10-05 07:59", False, "2026-10-05 08:00"),
    ("office", "2026-10-05 08:00", True, "2026-10-05 08:00"),
    ("office", "2026-10-05 12:00", False, "2026-10-05 13:00"),
    ("office", "2026-10-09 16:30", False, "2026-10-12 08:00"),
    ("office", "2026-03-20 09:00", False, "2026-03-25 08:00"),
    ("night shift", "2026-10-10 05:59", True, "2026-10-10 05:59"),
    ("night shift", "2026-10-10 06:00", False, "2026-10-12 22:00"),
    ("closed for a year", "2025-12-31 16:00", False, "2027-01-01 08:00"),
    ("always", "2026-10-05 00:00", True, "2026-10-05 00:00"),
]


@pytest.mark.parametrize(("name", "at", "open_", "opens"), OPEN)
def test_the_desk_says_whether_it_is_open_and_when_it_opens(name, at, open_, opens):
    calendar = CALENDARS[name]
    assert is_open(calendar, moment(calendar, at)) is open_
    assert next_open(calendar, moment(calendar, at)) == moment(calendar, opens)


def test_the_same_instant_is_open_in_jayapura_and_not_yet_in_jakarta():
    at = datetime(2026, 10, 5, 0, 30, tzinfo=UTC)
    assert is_open(CALENDARS["office in Jayapura"], at)
    assert is_open(CALENDARS["office in Makassar"], at)
    assert not is_open(CALENDARS["office"], at)


def test_an_explanation_lists_what_was_counted_and_why_days_are_missing():
    office = CALENDARS["office"]
    start, end = moment(office, "2026-03-18 14:00"), moment(office, "2026-03-25 09:00")
    counted = [
        (f"{one.start.astimezone(office.tz):%a %H:%M}", f"{one.end.astimezone(office.tz):%a %H:%M}", one.note)
        for one in intervals(office, start, end)
    ]
    assert counted == [
        ("Wed 14:00", "Wed 15:00", "Ramadan"),
        ("Thu 08:00", "Thu 15:00", "Ramadan"),
        ("Wed 08:00", "Wed 09:00", ""),
    ]
    assert [day.on.day for day in closures(office, start, end)] == [20, 23, 24]  # 21 and 22 are a weekend


def test_around_the_clock_is_one_interval():
    always = CALENDARS["always in Berlin"]
    start, end = moment(always, "2026-03-01 05:00"), moment(always, "2026-11-01 05:00")
    assert list(intervals(always, start, end)) == [(start, end, "")]


def test_windows_that_overlap_across_midnight_are_counted_once():
    calendar = Calendar(zone="Asia/Jakarta", week=week(fri="20:00-06:00", sat="05:00-08:00"))
    start, end = moment(calendar, "2026-10-09 00:00"), moment(calendar, "2026-10-12 00:00")
    assert between(calendar, start, end) == timedelta(hours=12)
    assert len(list(intervals(calendar, start, end))) == 1


def test_the_later_of_two_exceptions_wins_and_unnamed_days_keep_their_hours():
    half = DatedHours(
        first_on=date(2026, 3, 2),
        last_on=date(2026, 3, 2),
        note="Dies Natalis",
        week=some_days(mon="08:00-10:00"),
    )
    calendar = Calendar(
        zone="Asia/Jakarta", week=week(**OFFICE, sat="09:00-10:00"), exceptions=(RAMADAN, half)
    )
    assert [str(one) for one in calendar.windows_on(date(2026, 3, 2))[0]] == ["08:00-10:00"]
    assert calendar.windows_on(date(2026, 3, 3))[1] == "Ramadan"
    assert [str(one) for one in calendar.windows_on(date(2026, 3, 7))[0]] == ["09:00-10:00"]


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS.keys())
def test_a_calendar_survives_storing(calendar):
    assert Calendar.from_data(calendar.to_data()) == calendar


def test_a_week_without_a_window_is_refused():
    with pytest.raises(NoOperatingHours):
        Calendar(zone="Asia/Jakarta", week=((),) * 7)


@pytest.mark.parametrize("zone", ["Asia/Bandung", "", "../etc/passwd", "Asia", "/etc/localtime"])
def test_an_unknown_zone_is_refused(zone):
    with pytest.raises(HoursError, match="Asia/Jakarta"):
        Calendar.always(zone)


def test_a_desk_that_closes_for_centuries_gets_an_error_and_not_an_endless_search():
    shut = DatedHours(first_on=date(2026, 1, 1), last_on=date(2900, 1, 1), week=((),) * 7)
    calendar = Calendar(zone="Asia/Jakarta", week=week(**OFFICE), exceptions=(shut,))
    at = moment(calendar, "2026-10-05 08:00")
    with pytest.raises(BeyondHorizon):
        add(calendar, at, timedelta(minutes=15))
    with pytest.raises(BeyondHorizon):
        next_open(calendar, at)
    with pytest.raises(BeyondHorizon):
        due(calendar, at, Span.parse("3d"))


def test_an_instant_without_an_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        add(CALENDARS["office"], datetime(2026, 10, 5, 8), timedelta(minutes=15))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("08:00-12:00", "08:00-12:00"),
        ("8:00 - 12:00", "08:00-12:00"),
        ("00:00-24:00", "00:00-24:00"),
        ("22:00-06:00", "22:00-06:00"),
        ("22:00-00:00", "22:00-24:00"),
    ],
)
def test_a_window_is_read(text, said):
    assert str(Window.parse(text)) == said


@pytest.mark.parametrize(
    "text", ["", "8-12", "08:00", "08:00-25:00", "24:00-02:00", "08:60-09:00", "08:00-08:00"]
)
def test_what_is_no_window_is_refused(text):
    with pytest.raises(HoursError, match="HH:MM-HH:MM"):
        Window.parse(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3s", timedelta(seconds=3)),
        ("15m", timedelta(minutes=15)),
        ("24h", timedelta(hours=24)),
        ("3d", timedelta(days=3)),
    ],
)
def test_a_length_is_read_and_written_back(text, length):
    assert parse_duration(text) == length
    for counts in ("operating", "calendar"):
        span = Span.parse(text, counts)
        assert (span.length, span.counts, str(span)) == (length, counts, text)
        assert Span.from_data(span.to_data()) == span


@pytest.mark.parametrize("text", ["", "15", "m", "-5m", "0h", "1.5h", "1w", "9999999d", "15 m", "٣d"])
def test_what_is_no_length_is_refused(text):
    with pytest.raises(HoursError, match="15m, 24h or 3d"):
        parse_duration(text)
