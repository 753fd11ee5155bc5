"""How people say that they are away."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.executing.absences import Leave, NotATimeError, break_until, from_and_to, leave_of

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
TODAY = NOON.date()


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("30m", "12:30"),
        ("45 menit", "12:45"),
        ("1 jam", "13:00"),
        ("2h", "14:00"),
        ("sampai 13.30", "13:30"),
        ("until 13:30", "13:30"),
        ("sampai pukul 13.05", "13:05"),
        (f"sampai{' ' * 20_000}13.05", "13:05"),
        ("13.15", "13:15"),
    ],
)
def test_a_break_has_a_length_or_an_end(words, until):
    assert f"{break_until(words, NOON):%Y-%m-%d %H:%M}" == f"2026-11-26 {until}"


def test_a_break_without_words_lasts_until_they_are_back():
    assert break_until("", NOON) is None


def test_a_time_of_day_that_has_passed_is_tomorrow_s():
    assert break_until("sampai 01.00", NOON) == datetime(2026, 11, 27, 1, 0, tzinfo=NOON.tzinfo)


@pytest.mark.parametrize("words", ["sebentar", "0m", "25 jam", "sampai 25.00", "12.75", "30 hari", "-5m"])
def test_other_words_are_no_break(words):
    with pytest.raises(NotATimeError):
        break_until(words, NOON)


@pytest.mark.parametrize(
    ("words", "leave"),
    [
        ("", Leave(first_on=TODAY, last_on=None, substitute=None)),
        ("sari", Leave(first_on=TODAY, last_on=None, substitute="sari")),
        ("2026-12-01", Leave(first_on=date(2026, 12, 1), last_on=date(2026, 12, 1), substitute=None)),
        (
            "2026-12-01 2026-12-05",
            Leave(first_on=date(2026, 12, 1), last_on=date(2026, 12, 5), substitute=None),
        ),
        (
            "2026-12-01 sampai 2026-12-05 pengganti Sari Wulandari",
            Leave(first_on=date(2026, 12, 1), last_on=date(2026, 12, 5), substitute="Sari Wulandari"),
        ),
    ],
)
def test_a_leave_has_days_and_perhaps_a_substitute(words, leave):
    assert leave_of(words, TODAY) == leave


@pytest.mark.parametrize(
    "words",
    [
        "2026-12-05 2026-12-01",
        "2026-13-01",
        "2026-12-01 9999-12-31",
        "1 Desember",
        "2026-12-01 2026-12-05 2026-12-07",
    ],
)
def test_other_words_are_no_leave(words):
    with pytest.raises(NotATimeError):
        leave_of(words, TODAY)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("budi kepada sari", ("budi", "sari")),
        ("Budi Hartanto to Sari Wulandari", ("Budi Hartanto", "Sari Wulandari")),
        ("budi", ("budi", None)),
        ("budi\n kepada \t sari", ("budi", "sari")),
        (f"budi{' ' * 20_000}sari", ("budi sari", None)),
        ("", ("", None)),
    ],
)
def test_a_hand_over_names_one_or_two_people(words, names):
    assert from_and_to(words) == names
