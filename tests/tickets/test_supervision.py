"""When the digest is due, and which solved tickets are drawn for verification, as pure rules."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tickets.desk import Digest
from tickets.hours import Calendar, ClosedDay, Window
from tickets.supervision import digest_day, is_drawn

JAKARTA = ZoneInfo("Asia/Jakarta")
MAULID = datetime(2026, 8, 25, tzinfo=JAKARTA).date()  # a Tuesday
OFFICE = Calendar(
    zone="Asia/Jakarta",
    week=((Window.parse("08:00-16:00"),),) * 5 + ((), ()),
    closed=(ClosedDay(MAULID, "Maulid Nabi"),),
)
WEEKDAYS = frozenset(range(5))


@pytest.mark.parametrize(
    ("local", "digest", "due"),
    [
        ("2026-10-05 07:29", Digest(), False),  # a Monday, too early
        ("2026-10-05 07:30", Digest(), True),
        ("2026-10-05 14:00", Digest(), True),  # the service was down in the morning
        ("2026-10-05 23:59", Digest(), True),
        ("2026-10-06 00:01", Digest(), False),  # what was missed yesterday is told by the next one
        ("2026-10-04 09:00", Digest(), False),  # Sunday: no hours
        ("2026-10-04 09:00", Digest(on_closed_days=True), True),
        ("2026-10-04 09:00", Digest(on_closed_days=True, days=WEEKDAYS), False),
        ("2026-08-25 09:00", Digest(), False),  # a holiday
        ("2026-08-25 09:00", Digest(on_closed_days=True), True),
        ("2026-10-05 09:00", Digest(days=frozenset({1})), False),  # Tuesdays only
        ("2026-10-05 15:59", Digest(at=time(16)), False),
    ],
)
def test_the_digest_is_due_from_its_time_until_midnight_of_the_desk(local, digest, due):
    now = datetime.fromisoformat(local).replace(tzinfo=JAKARTA)
    found = digest_day(digest, OFFICE, now.astimezone(UTC))
    assert found == (now.date() if due else None)


def test_the_draw_is_the_same_whoever_draws_and_about_as_large_as_the_desk_says():
    solved_at = datetime(2026, 10, 5, 3, 0, 0, 123456, tzinfo=UTC)

    def drawn(share, zone):
        return [
            number
            for number in range(1, 2001)
            if is_drawn(
                share, desk="uji", ticket=number, cycle=1,
                solved_at=(solved_at + timedelta(seconds=number)).astimezone(zone),
            )
        ]  # fmt: skip

    sample = drawn(0.2, UTC)
    assert sample == drawn(0.2, JAKARTA)
    assert 300 < len(sample) < 500
    assert set(sample) < set(drawn(0.5, UTC))
    assert len(drawn(1, UTC)) == 2000
