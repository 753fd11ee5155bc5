"""When a step must be over."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from procedures.cases.standards import due_at
from procedures.definition.procedure import Deadline, Standard
from tickets.hours import Calendar, Span

ZONE = ZoneInfo("Asia/Jakarta")
ALWAYS = Calendar.always("Asia/Jakarta")
BEFORE = Deadline(answer="tanggal", before=timedelta(days=2))
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
