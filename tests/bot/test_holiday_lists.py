"""An operator's own lists of holidays: what they add, what they take away, and what is said of a mistake in them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from bot.desk_files import DeskFileError, desk_from_files, load_desk
from bot.desk_files.holiday_lists import read_csv
from bot.desk_files.holidays_section import feed_file
from bot.desk_files.icalendar_days import read_ics
from bot.desk_files.recurrence import Rule

JAKARTA, JAYAPURA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
YEARS = range(2025, 2029)
DESK = """\
desk: kecil
name: Unit Kecil
timezone: Asia/Jakarta
hours: {mon-fri: ["08:00-16:00"]}
sla:
  first_response: {within: 15m}
  resolution: {within: 24h, counts: calendar}
"""


def event(*lines):
    return "\n".join(("BEGIN:VEVENT", "UID:1@x", "DTSTAMP:20250101T000000Z", *lines, "END:VEVENT"))


def calendar(*events):
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//uji//", *events, "END:VCALENDAR", ""))


def days(*events, zone=JAKARTA, years=YEARS):
    """Return the days of a calendar as texts: `-` before those that are taken away."""
    listed = read_ics(calendar(*events), zone=zone, years=years)
    assert listed.mistakes == ()
    return [f"{'-' if day.open else ''}{day.on}" for day in listed.days]


def closed(text, **files):
    named = {name.replace("_", "."): content for name, content in files.items()}
    desk = desk_from_files({"desk.yaml": text} | named, {}, years=YEARS).desk
    return {day.on: day.name for day in desk.calendar.closed}


def mistakes(text, **files):
    with pytest.raises(DeskFileError) as caught:
        closed(text, **files)
    return [str(problem) for problem in caught.value.problems]


# -- files of a desk --------------------------------------------------------------------------------------------------


def test_a_list_adds_days_and_takes_away_those_of_the_country():
    text = f"{DESK}holidays: {{country: ID, file: libur.csv}}\n"
    listed = "on,to,name,open\n2026-07-06,2026-07-17,Libur semester,\n2026-08-17,,Upacara di kampus,ya\n"
    found = closed(text, libur_csv=listed)
    assert found[date(2026, 7, 6)] == found[date(2026, 7, 17)] == "Libur semester"
    assert date(2026, 8, 17) not in found
    assert date(2026, 12, 25) in found


def test_several_lists_are_added_up_and_whoever_takes_a_day_away_is_believed():
    text = f"{DESK}holidays: {{file: [satu.csv, dua.ics]}}\n"
    one = "on,name\n2026-05-04,Wisuda\n2026-05-05,Dies Natalis\n"
    two = calendar(event("DTSTART;VALUE=DATE:20260505", "SUMMARY:Dies Natalis", "STATUS:CANCELLED"))
    assert closed(text, satu_csv=one, dua_ics=two) == {date(2026, 5, 4): "Wisuda"}


def test_a_spreadsheets_semicolons_and_byte_order_mark_do_no_harm():
    assert read_csv("\ufeffOn;Name;Open\r\n2026-05-04;Wisuda;tidak\r\n;;\r\n", years=YEARS).days == (
        (date(2026, 5, 4), "Wisuda", False),
    )


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("", "libur.csv:1: expected a header of on, to, name, open"),
        ("tanggal,nama\n2026-05-04,Wisuda", "libur.csv:1: expected a header of on, to, name, open"),
        ("on,name\n04/05/2026,Wisuda", 'libur.csv:2: on: expected a date YYYY-MM-DD, not "04/05/2026"'),
        ("on,name\n2026-02-30,Wisuda", 'libur.csv:2: on: expected a date YYYY-MM-DD, not "2026-02-30"'),
        ("on,name\n2026-05-04,", "libur.csv:2: name: expected what the day off is called"),
        ("on,name,open\n2026-05-04,Wisuda,buka", "libur.csv:2: open: expected yes or no (ya, tidak)"),
        ("on,name\n2026-05-04,Wisuda,besar", "libur.csv:2: expected 2 columns, as in the header"),
        ("on,to,name\n2026-05-04,2026-05-01,x", "libur.csv:2: to: expected a date from 2026-05-04 on"),
    ],
)
def test_a_mistake_in_a_list_is_named_with_its_line(listed, said):
    (found,) = mistakes(f"{DESK}holidays: {{file: libur.csv}}\n", libur_csv=listed)
    assert found.startswith(said)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        (
            "{file: libur.csv}",
            "desk.yaml:8: holidays.file: expected libur.csv beside desk.yaml; there is none",
        ),
        (
            "{file: ../libur.csv}",
            "desk.yaml:8: holidays.file: expected the name of a .csv or .ics file beside",
        ),
        ("{feed: libur}", "desk.yaml:8: holidays.feed: expected an address such as https://"),
        ("{feed: {url: x}}", "desk.yaml:8: holidays.feed: expected an address such as https://"),
        ("{file: [3]}", "desk.yaml:8: holidays.file: expected the name of a .csv or .ics file beside"),
    ],
)
def test_a_list_that_cannot_be_is_refused(section, said):
    (found,) = mistakes(f"{DESK}holidays: {section}\n")
    assert found.startswith(said)


def test_the_lists_belong_to_the_desk_and_other_files_beside_it_do_not(tmp_path):
    (tmp_path / "desk.yaml").write_text(f"{DESK}holidays: {{file: libur.csv}}\n")
    (tmp_path / "libur.csv").write_text("on,name\n2026-05-04,Wisuda\n")
    (tmp_path / "people.csv").write_text("number,name\n")
    loaded = load_desk(tmp_path, {}, years=YEARS)
    assert sorted(loaded.files) == ["desk.yaml", "libur.csv"]
    assert desk_from_files(loaded.files, {}, years=YEARS).desk == loaded.desk


def test_what_a_feed_brought_counts_like_a_file_and_its_address_is_not_shown():
    url = "https://kalender.example.ac.id/${KEY}/libur.ics"
    files = {
        "desk.yaml": f"{DESK}holidays: {{feed: '{url}'}}\n",
        feed_file(url): calendar(event("DTSTART;VALUE=DATE:20260504", "SUMMARY:Wisuda")),
    }
    desk = desk_from_files(files, {"KEY": "rahasia"}, years=YEARS).desk
    assert [day.on for day in desk.calendar.closed] == [date(2026, 5, 4)]
    assert desk.holiday_feeds[0].url.endswith("/rahasia/libur.ics")
    assert "rahasia" not in repr(desk)


def test_a_feed_whose_variable_is_not_set_is_off_and_a_warning_says_so():
    loaded = desk_from_files({"desk.yaml": f"{DESK}holidays: {{feed: '${{LIBUR}}'}}\n"}, {}, years=YEARS)
    assert loaded.desk.holiday_feeds == ()
    assert loaded.warnings == ("A feed of holidays is off: LIBUR not set.",)


@pytest.mark.parametrize(
    "section",
    [
        "holidays: {extra: [{from: 2025-01-01, to: 2028-12-31, name: Tutup}]}",
        "hours: {mon: ['08:00-16:00'], exceptions: [{from: 2025-01-01, to: 2028-12-31, mon-sun: []}]}",
    ],
)
def test_a_calendar_that_its_own_exceptions_close_for_good_is_refused(section):
    text = DESK if section.startswith("holidays") else DESK.replace('hours: {mon-fri: ["08:00-16:00"]}\n', "")
    (found,) = mistakes(f"{text}{section}\n")
    assert "there is not one operating hour from 2025 to 2028" in found


def test_a_desk_may_close_for_a_semester_break():
    found = closed(
        f"{DESK}holidays: {{extra: [{{from: 2026-06-15, to: 2026-08-30, name: Libur semester}}]}}\n"
    )
    assert len(found) == 77


# -- iCalendar --------------------------------------------------------------------------------------------------------


def test_an_event_of_several_whole_days_ends_on_the_day_before_its_end():
    assert days(event("DTSTART;VALUE=DATE:20260504", "DTEND;VALUE=DATE:20260507", "SUMMARY:Libur")) == [
        "2026-05-04",
        "2026-05-05",
        "2026-05-06",
    ]


def test_a_meeting_is_no_day_off_but_what_covers_a_whole_local_day_is():
    meeting = event("DTSTART;TZID=Asia/Jakarta:20260504T090000", "DTEND;TZID=Asia/Jakarta:20260504T110000")
    whole = event("DTSTART:20260504T170000Z", "DURATION:P1D", "SUMMARY:Libur")
    assert days(meeting, whole) == ["2026-05-05"]  # 17:00 UTC is midnight in Jakarta
    assert days(whole, zone=JAYAPURA) == []  # and 02:00 in Jayapura


def test_cancelled_days_and_days_marked_open_are_taken_away():
    assert days(
        event("DTSTART;VALUE=DATE:20260504", "STATUS:CANCELLED"),
        event("DTSTART;VALUE=DATE:20260505", "CATEGORIES:Kampus,Buka"),
        event("DTSTART;VALUE=DATE:20260506", "CATEGORIES:Kampus"),
    ) == ["-2026-05-04", "-2026-05-05", "2026-05-06"]


def test_a_yearly_event_comes_every_year_but_where_it_is_left_out():
    yearly = ("DTSTART;VALUE=DATE:20190302", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270302")
    assert days(event(*yearly)) == ["2025-03-02", "2026-03-02", "2028-03-02"]


def test_an_occurrence_that_was_moved_stands_in_the_place_of_the_one_it_names():
    yearly = event("DTSTART;VALUE=DATE:20250302", "RRULE:FREQ=YEARLY;COUNT=3")
    moved = event("DTSTART;VALUE=DATE:20260309", "RECURRENCE-ID;VALUE=DATE:20260302")
    assert sorted(days(yearly, moved)) == ["2025-03-02", "2026-03-09", "2027-03-02"]


def test_the_last_friday_of_a_month_is_found():
    rule = "RRULE:FREQ=YEARLY;BYMONTH=6;BYDAY=-1FR;UNTIL=20261231"
    assert days(event("DTSTART;VALUE=DATE:20250627", rule)) == ["2025-06-27", "2026-06-26"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("DTSTART;VALUE=DATE:2026",), "DTSTART: expected a value as in RFC 5545"),
        (("SUMMARY:Libur",), "DTSTART: expected a value as in RFC 5545"),
        (("DTSTART;VALUE=DATE:20260504", "DTSTART;VALUE=DATE:20260505"), "DTSTART: expected a value"),
        (
            ("DTSTART;VALUE=DATE:20260504", "DTEND;VALUE=DATE:20260501"),
            "DTEND: expected an end after the start",
        ),
        (("DTSTART;VALUE=DATE:20260504", "RRULE:FREQ=SECONDLY"), "RRULE: expected DAILY, WEEKLY, MONTHLY"),
        (("DTSTART;VALUE=DATE:20260504", "RRULE:FREQ=YEARLY;BYSETPOS=1"), "RRULE: expected DAILY, WEEKLY"),
        (("DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=DAILY"), "DTSTART: expected a date from 1900"),
    ],
)
def test_an_event_that_cannot_be_read_is_named_with_its_line(lines, said):
    good = event("DTSTART;VALUE=DATE:20260504")
    listed = read_ics(calendar(good, event(*lines)), zone=JAKARTA, years=YEARS)
    (mistake,) = listed.mistakes
    assert mistake.message.startswith(said)
    assert mistake.line == 9


@pytest.mark.parametrize("text", ["", "on,name\n", "BEGIN:VCALENDAR\n", "BEGIN:VEVENT\nEND:VEVENT\n", "\0"])
def test_what_is_no_calendar_is_refused(text):
    assert "this is not iCalendar" in read_ics(text, zone=JAKARTA, years=YEARS).mistakes[0].message


def test_a_hostile_calendar_is_given_up_before_it_costs_anything():
    endless = event("DTSTART;VALUE=DATE:19000101", "DTEND;VALUE=DATE:19091231", "RRULE:FREQ=DAILY")
    assert "at most 20,000 days" in read_ics(calendar(endless), zone=JAKARTA, years=YEARS).mistakes[0].message
    many = calendar(*[event("DTSTART;VALUE=DATE:19000101", "RRULE:FREQ=DAILY;COUNT=1")] * 201)
    assert "at most 200 events" in read_ics(many, zone=JAKARTA, years=YEARS).mistakes[0].message


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from('BEGIN:VEVENT\nDTSTART;=20260101TZRULEFQYCOX+-;,\\"'), max_size=300))
def test_no_text_at_all_makes_reading_fail(body):
    listed = read_ics(calendar(f"BEGIN:VEVENT\n{body}\nEND:VEVENT"), zone=JAKARTA, years=YEARS)
    assert all(day.on.year in YEARS for day in listed.days)


ordinals = st.sampled_from(["", "1", "2", "-1", "5"])
weekdays = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])


@st.composite
def rules(draw):
    """Make rules of all kinds that are followed, in the grammar of RFC 5545."""
    frequency = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]))
    parts = [f"FREQ={frequency}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 4))}")
    if draw(st.booleans()):
        parts.append(
            f"BYMONTH={','.join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=3))))}"
        )
    # Not both, nor days that a month may lack: where they never meet the library searches for seconds.
    which = draw(st.sampled_from(["days", "weekdays", "neither"]))
    if frequency != "WEEKLY" and which == "days":
        month_days = draw(st.lists(st.sampled_from([1, 2, 15, 28, -1, -3]), min_size=1, max_size=3))
        parts.append(f"BYMONTHDAY={','.join(map(str, month_days))}")
    elif which == "weekdays":
        ordinal = draw(ordinals) if frequency in {"YEARLY", "MONTHLY"} else ""
        parts.append(f"BYDAY={ordinal}{draw(weekdays)}")
    end = draw(st.sampled_from(["", "COUNT=3", "UNTIL=20270115"]))
    wkst = draw(st.sampled_from(["", "WKST=SU"]))
    return ";".join(filter(None, (*parts, end, wkst)))


@settings(max_examples=200, deadline=None)
@given(rules(), st.dates(date(2023, 1, 1), date(2026, 12, 31)))
def test_rules_are_followed_as_dateutil_follows_them(rule, start):
    """The library unrolls a rule, which may take for ever; ours asks each day. They agree where the library ends."""
    last = date(2028, 1, 1)
    ours = list(Rule.read(vRecur.from_ical(rule), start=midnight(start), zone=JAKARTA).days(until=last))
    bounded = rule if "UNTIL" in rule or "COUNT" in rule else f"{rule};UNTIL=20280101"
    theirs = []
    for at in rrulestr(bounded, dtstart=midnight(start)):
        if at > midnight(last):
            break
        theirs.append(at.date())
    assert ours == theirs


def midnight(day):
    return datetime.combine(day, time())
