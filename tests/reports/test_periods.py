"""Months: where they begin and end, and what is none."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from reports.errors import ReportError
from reports.periods import Days, Month

NOW = datetime(2026, 11, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "start", "end"),
    [
        ("2026-10", "Asia/Jakarta", "2026-09-30T17:00", "2026-10-31T17:00"),
        ("2026-10", "Asia/Jayapura", "2026-09-30T15:00", "2026-10-31T15:00"),
        ("2025-12", "UTC", "2025-12-01T00:00", "2026-01-01T00:00"),
        ("2026-10", "Europe/Berlin", "2026-09-30T22:00", "2026-10-31T23:00"),  # an hour longer
        ("2026-03", "Europe/Berlin", "2026-02-28T23:00", "2026-03-31T22:00"),  # an hour shorter
        ("2017-10", "America/Asuncion", "2017-10-01T04:00", "2017-11-01T03:00"),  # its first midnight is skipped
    ],
)  # fmt: skip
def test_a_month_is_from_local_midnight_to_local_midnight(text, zone, start, end):
    month = Month.parse(text, zone=zone, now=NOW)
    assert (month.start_at, month.end_at) == (
        datetime.fromisoformat(f"{start}+00:00"),
        datetime.fromisoformat(f"{end}+00:00"),
    )
    assert str(month) == text


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "America/New_York", "America/Asuncion", "Pacific/Apia"])
def test_the_months_of_a_year_leave_no_gap_and_have_all_their_days(zone):
    months = [Month.of(2025, number, zone=zone, now=NOW) for number in range(1, 13)]
    assert all(one.end_at == other.start_at for one, other in pairwise(months))
    assert sum(len(list(month.days(NOW))) for month in months) == 365


@pytest.mark.parametrize(
    ("days", "before"),
    [
        (("2026-01-01", "2026-10-31"), ("2025-01-01", "2025-10-31")),
        (("2025-02-01", "2025-02-28"), ("2024-02-01", "2024-02-29")),
        (("2024-02-29", "2024-02-29"), ("2023-02-28", "2023-02-28")),
    ],
)
def test_a_year_before_the_end_of_a_month_is_the_end_of_that_month(days, before):
    found = Days.of(*map(date.fromisoformat, days), zone="Asia/Jakarta").year_before
    assert (str(found.first_on), str(found.last_on)) == before


def test_the_running_month_is_allowed_and_goes_up_to_today():
    month = Month.parse("2026-11", zone="Asia/Jakarta", now=NOW)
    assert month.running
    assert list(month.days(NOW))[-1] == date(2026, 11, 10)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "0000-01", "10-2026", "2026-1", "٢٠٢٦-١٠", "2026-10-01", "9999-12"]
)  # fmt: skip
def test_what_is_no_month_gets_one_clear_line(text):
    with pytest.raises(ReportError) as refused:
        Month.parse(text, zone="Asia/Jakarta", now=NOW)
    assert "\n" not in str(refused.value)


def test_a_month_to_come_is_refused_until_it_begins_at_the_desk():
    before = datetime(2026, 11, 30, 16, 59, tzinfo=UTC)
    with pytest.raises(ReportError, match="has not begun"):
        Month.parse("2026-12", zone="Asia/Jakarta", now=before)
    assert Month.parse("2026-12", zone="Asia/Jakarta", now=before.replace(hour=17, minute=0)).running
