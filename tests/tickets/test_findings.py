"""When whoever is responsible for a finding is reminded."""

from datetime import UTC, date, datetime

import pytest

from tests.tickets.desks import small_desk
from tickets.findings import Stand, is_overdue, next_reminder

OFFICE = small_desk().calendar  # Jakarta, Monday to Friday from 08:00


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=OFFICE.tz).astimezone(UTC)


@pytest.mark.parametrize(
    ("due_on", "after", "remind_at"),
    [
        ("2026-10-30", "2026-10-05 09:00", "2026-10-27 08:00"),  # three days before
        ("2026-10-30", "2026-10-27 08:00", "2026-10-30 08:00"),  # on the day
        ("2026-10-30", "2026-10-29 10:00", "2026-10-30 08:00"),
        ("2026-10-30", "2026-10-30 08:00", "2026-11-06 08:00"),  # then weekly
        ("2026-10-30", "2026-11-20 12:00", "2026-11-27 08:00"),
        ("2026-10-25", "2026-10-24 10:00", "2026-10-26 08:00"),  # a Sunday: when the desk opens
    ],
)
def test_it_is_before_the_day_on_it_and_weekly_after_it(due_on, after, remind_at):
    assert next_reminder(OFFICE, date.fromisoformat(due_on), after=moment(after)) == moment(remind_at)


def test_without_a_day_nobody_is():
    assert next_reminder(OFFICE, None, after=moment("2026-10-05 09:00")) is None


def test_what_is_proposed_as_done_is_not_overdue():
    day, later = date(2026, 10, 5), date(2026, 10, 6)
    assert is_overdue(Stand.OPEN, day, later)
    assert not is_overdue(Stand.OPEN, day, day)
    assert not is_overdue(Stand.PROPOSED, day, later)
