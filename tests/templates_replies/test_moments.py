import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates_replies.moments import date_in_words, in_words, moment_in_words, month_in_words

FRIDAY = date(2026, 11, 20)
UNITS = {
    "hari": 86400,
    "jam": 3600,
    "menit": 60,
    "detik": 1,
    "day": 86400,
    "hour": 3600,
    "minute": 60,
    "second": 1,
}

lengths = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000))
languages = st.sampled_from(["id", "en"])


@pytest.mark.parametrize(
    ("length", "indonesian", "english"),
    [
        (timedelta(0), "0 detik", "0 seconds"),
        (timedelta(seconds=-5), "0 detik", "0 seconds"),
        (timedelta(seconds=1), "1 detik", "1 second"),
        (timedelta(seconds=59.9), "59 detik", "59 seconds"),
        (timedelta(minutes=1), "1 menit", "1 minute"),
        (timedelta(minutes=12, seconds=40), "12 menit", "12 minutes"),
        (timedelta(minutes=60), "1 jam", "1 hour"),
        (timedelta(minutes=65), "1 jam 5 menit", "1 hour 5 minutes"),
        (timedelta(hours=24), "24 jam", "24 hours"),
        (timedelta(hours=47, minutes=59), "47 jam 59 menit", "47 hours 59 minutes"),
        (timedelta(days=2), "2 hari", "2 days"),
        (timedelta(days=3, hours=1, minutes=59), "3 hari 1 jam", "3 days 1 hour"),
    ],
)
def test_a_length_is_told_in_its_two_largest_units(length, indonesian, english):
    assert (in_words(length, "id"), in_words(length, "en")) == (indonesian, english)


def test_a_narrow_column_has_it_brief():
    length = timedelta(hours=13, minutes=53)
    assert (in_words(length, "id", brief=True), in_words(length, "en", brief=True)) == (
        "13 jam 53 mnt",
        "13 h 53 min",
    )


def seconds_told(text: str) -> int:
    return sum(
        int(count) * UNITS[unit.removesuffix("s")] for count, unit in re.findall(r"(\d+) ([a-z]+)", text)
    )


@given(lengths, languages)
def test_the_words_never_say_more_than_the_length_and_lose_less_than_their_smallest_unit(length, language):
    lost = length.total_seconds() - seconds_told(in_words(length, language))

    assert 0 <= lost < (1 if length < timedelta(minutes=1) else 60 if length < timedelta(days=2) else 3600)


@given(lengths, lengths, languages)
def test_a_longer_wait_is_never_told_as_a_shorter_one(one, other, language):
    shorter, longer = sorted((one, other))

    assert seconds_told(in_words(shorter, language)) <= seconds_told(in_words(longer, language))


@given(lengths)
def test_both_languages_tell_the_same_length(length):
    assert seconds_told(in_words(length, "id")) == seconds_told(in_words(length, "en"))


@pytest.mark.parametrize(
    ("moment", "indonesian", "english"),
    [
        (datetime(2026, 11, 20, 13, 0), "hari ini pukul 13.00", "today at 13:00"),
        (datetime(2026, 11, 21, 8, 5), "besok pukul 08.05", "tomorrow at 08:05"),
        (datetime(2026, 11, 19, 23, 59), "kemarin pukul 23.59", "yesterday at 23:59"),
        (
            datetime(2026, 11, 23, 8, 0),
            "Senin, 23 November 2026 pukul 08.00",
            "Monday, 23 November 2026 at 08:00",
        ),
        (datetime(2027, 8, 1, 0, 0), "Minggu, 1 Agustus 2027 pukul 00.00", "Sunday, 1 August 2027 at 00:00"),
    ],
)
def test_a_moment_is_told_from_where_the_reader_stands(moment, indonesian, english):
    assert moment_in_words(moment, "id", today=FRIDAY) == indonesian
    assert moment_in_words(moment, "en", today=FRIDAY) == english
    assert moment_in_words(moment, "en", today=None).endswith(
        english.partition(" at ")[2]
    )  # on paper, with its date
    assert date_in_words(moment, "en") in moment_in_words(moment, "en", today=None)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Jakarta", "hari ini pukul 13.00 WIB"),
        ("Asia/Makassar", "hari ini pukul 13.00 WITA"),
        ("Asia/Jayapura", "hari ini pukul 13.00 WIT"),
        ("Europe/Berlin", "hari ini pukul 13.00"),
    ],
)
def test_the_zone_is_said_in_indonesia(zone, words):
    assert moment_in_words(datetime(2026, 11, 20, 13, 0, tzinfo=ZoneInfo(zone)), "id", today=FRIDAY) == words


def test_today_may_be_given_as_a_moment():
    now = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)

    assert moment_in_words(datetime(2026, 11, 21, 8, 0, tzinfo=UTC), "id", today=now) == "besok pukul 08.00"


def test_dates_and_months_are_told_alone():
    assert date_in_words(FRIDAY, "id") == "Jumat, 20 November 2026"
    assert month_in_words(FRIDAY, "en") == "November 2026"


@given(st.datetimes(), st.dates(), languages)
def test_every_moment_has_words(moment, today, language):
    assert moment.strftime("%H.%M" if language == "id" else "%H:%M") in moment_in_words(
        moment, language, today=today
    )
