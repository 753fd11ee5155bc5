"""When a step must be over: by its length, by a date, by another step, by a day of the month."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from procedures.asking.periods import Period
from procedures.cases.standards import due_at, promise
from procedures.definition.times import Deadline, Since, Standard
from tickets.hours import Calendar, ClosedDay, Span, Window

ZONE = ZoneInfo("Asia/Jakarta")
ALWAYS = Calendar.always("Asia/Jakarta")
BEFORE = Deadline(answer="tanggal", days=2)
BEGUN = datetime(2026, 10, 7, 10, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("standard", "tanggal", "due"),
    [
        (Standard(within=Span.parse("2h")), None, datetime(2026, 10, 7, 12, tzinfo=ZONE)),
        (Standard(deadline=BEFORE), date(2026, 10, 12), datetime(2026, 10, 11, tzinfo=ZONE)),
        (Standard(deadline=BEFORE), None, None),
        (
            Standard(within=Span.parse("1d"), deadline=BEFORE),
            date(2026, 10, 30),
            datetime(2026, 10, 8, 10, tzinfo=ZONE),
        ),
        (
            Standard(within=Span.parse("5d"), deadline=BEFORE),
            date(2026, 10, 11),
            datetime(2026, 10, 10, tzinfo=ZONE),
        ),
    ],
)
def test_a_step_is_due_by_its_length_or_its_date_whichever_comes_first(standard, tanggal, due):
    answers = {"tanggal": tanggal} if tanggal else {}
    assert due_at(standard, BEGUN, calendar=ALWAYS, answers=answers) == due


OFFICE = Calendar(
    zone="Asia/Jakarta", week=(*[(Window.parse("08:00-16:00"),)] * 5, (), ()),
    closed=(ClosedDay(date(2026, 10, 12), "Dies Natalis"),),
)  # fmt: skip
EVENT = Period(datetime(2026, 10, 16, 9), datetime(2026, 10, 16, 11))
KNOWN = {"tanggal": date(2026, 10, 14), "acara": EVENT}


def at(day: int, hour: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("standard", "due"),
    [
        # Wednesday 14 October, and the Monday before it is a holiday: Tuesday, Friday, Thursday
        (Standard(deadline=Deadline(answer="tanggal", days=3, working=True)), at(9)),
        (Standard(deadline=Deadline(answer="tanggal", days=0, working=True)), at(15)),
        (Standard(since=Since(answer="tanggal", length=Span.parse("3d"))), at(20)),  # up to Monday's end
        (Standard(since=Since(answer="tanggal", length=Span.parse("3d", "calendar"))), at(18)),
        (Standard(since=Since(answer="acara", length=Span.parse("2h"))), at(16, 13)),
        (Standard(since=Since(answer="acara", length=Span.parse("1d"))), at(20)),
        (Standard(since=Since(step="terima", length=Span.parse("2d"))), at(7, 9)),
        (Standard(since=Since(step="lain", length=Span.parse("2d"))), None),
        (Standard(since=Since(answer="lain", length=Span.parse("2d"))), None),
        (Standard(month_day=10), at(11)),
        (Standard(month_day=7), at(8)),
        (Standard(month_day=5), at(6, month=11)),
        (Standard(within=Span.parse("9d"), month_day=31), at(21, 10)),
    ],
)
def test_a_step_may_be_due_by_a_date_by_another_step_or_by_a_day_of_the_month(standard, due):
    ended = {"terima": at(5, 9)}
    assert due_at(standard, BEGUN, calendar=OFFICE, answers=KNOWN, ended=ended) == due


def test_where_the_date_has_passed_a_step_is_late_at_once():
    passed = Standard(within=Span.parse("5d"), deadline=Deadline(answer="tanggal", days=10))
    assert due_at(passed, BEGUN, calendar=OFFICE, answers=KNOWN) == at(5)
    assert promise(passed, BEGUN, calendar=OFFICE, answers=KNOWN) == Span.parse("1s", "calendar")
