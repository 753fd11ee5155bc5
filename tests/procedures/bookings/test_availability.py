"""When a resource is to be had, and what instead."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from procedures.asking.periods import Period, period_of
from procedures.bookings.availability import (
    Hindrance,
    Taken,
    around,
    free_on,
    hindrance,
    instead,
    most_at_once,
    taken_on,
)
from tests.procedures.bookings.rooms import CAMERAS, OTHER_STUDIO, RESOURCES, STUDIO

NOW = datetime(2026, 10, 19, 1, tzinfo=UTC)  # Monday 08.00 in Jakarta
TUESDAY = date(2026, 10, 20)


def period(typed: str) -> Period:
    found = period_of(typed, date(2026, 10, 19))
    assert found is not None
    return found


def taken(typed: str, *, resource=STUDIO, count=1) -> Taken:
    return Taken(*around(resource, period(typed)), count)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("20 okt 2026 09.00-11.00", None),
        ("20 okt 2026 10.00-14.00", None),  # over noon
        ("20 okt 2026 07.00-09.00", Hindrance.CLOSED),
        ("20 okt 2026 12.15-14.00", None),  # the day's opening is one stretch
        ("20 okt 2026 15.00-17.00", Hindrance.CLOSED),
        ("24 okt 2026 09.00-11.00", Hindrance.CLOSED),  # a Saturday
        ("20 okt 2026 08.00-15.00", Hindrance.TOO_LONG),
        ("23 okt 2026 09.00-11.00", Hindrance.BLOCKED),
        ("16 okt 2026 09.00-11.00", Hindrance.PAST),
        ("19 okt 2026 08.30-09.00", Hindrance.TOO_SOON),
        ("1 des 2026 09.00-10.00", Hindrance.TOO_FAR),
        ("21 okt 2026 11.00-12.00", Hindrance.TAKEN),  # an hour is wanted between two: 30 minutes are
        ("21 okt 2026 11.30-12.00", None),
        ("21 okt 2026 08.00-09.00", Hindrance.TAKEN),  # the next is prepared from 08.30 on
    ],
)
def test_a_room_is_to_be_had_as_its_file_says(typed, found):
    room = replace(STUDIO, notice=timedelta(hours=1), ahead=timedelta(days=30))
    busy = [taken("21 okt 2026 09.00-11.00")]
    assert hindrance(room, period(typed), 1, taken=busy, now=NOW) is found


def test_of_several_alike_as_many_are_to_be_had_as_are_left():
    busy = [
        taken("20 okt 2026 09.00-11.00", resource=CAMERAS, count=2),
        taken("20 okt 2026 11.00-13.00", resource=CAMERAS, count=2),
    ]
    long = period("20 okt 2026 10.00-12.00")
    assert most_at_once(busy, *around(CAMERAS, long)) == 2
    assert hindrance(CAMERAS, long, 1, taken=busy, now=NOW) is None
    assert hindrance(CAMERAS, long, 2, taken=busy, now=NOW) is Hindrance.TAKEN
    assert hindrance(CAMERAS, long, 4, taken=busy, now=NOW) is Hindrance.TOO_MANY
    assert hindrance(CAMERAS, period("24 s.d. 25 oktober 2026"), 3, taken=busy, now=NOW) is None


def test_a_day_shows_what_is_taken_and_what_is_free():
    busy = [taken("20 okt 2026 09.00-11.00"), taken("20 okt 2026 13.00-14.00")]
    says = [f"{each.start:%H.%M}-{each.end:%H.%M}" for each in free_on(STUDIO, TUESDAY, 1, taken=busy)]
    assert says == ["08.00-08.30", "11.30-12.30", "14.30-16.00"]
    says = [f"{each.start:%H.%M}-{each.end:%H.%M}" for each in taken_on(STUDIO, TUESDAY, 1, taken=busy)]
    assert says == ["08.30-11.30", "12.30-14.30"]
    assert free_on(STUDIO, date(2026, 10, 24), 1, taken=busy) == ()
    assert free_on(CAMERAS, TUESDAY, 4, taken=()) == ()


def test_instead_come_another_time_another_room_another_day():
    wanted = period("20 okt 2026 09.30-10.30")
    busy = {STUDIO.id: [taken("20 okt 2026 09.00-11.00")]}
    found = instead(STUDIO, wanted, 1, among=RESOURCES, taken=busy, now=NOW)
    assert [(each.resource.id, str(each.period)) for each in found] == [
        ("studio-1", "2026-10-20T11:30/2026-10-20T12:30"),
        ("studio-2", str(wanted)),
        ("studio-1", "2026-10-21T09:30/2026-10-21T10:30"),
    ]
    busy[OTHER_STUDIO.id] = [taken("20 s.d. 21 oktober 2026")]
    busy[STUDIO.id].append(taken("21 oktober 2026"))
    found = instead(STUDIO, wanted, 1, among=RESOURCES, taken=busy, now=NOW)
    assert [str(each.period)[:10] for each in found] == ["2026-10-20", "2026-10-22", "2026-10-26"]
