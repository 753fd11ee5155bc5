"""Counted at once, lengths are what counting them one by one makes them."""

import json
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from reports.lengths import MICROSECOND, Runs, all_counted, number_of, open_at
from reports.reckoning import Reckoning
from tickets.hours import Calendar, ClosedDay, DatedHours, Span, Window, is_open
from tickets.ledger.types import EPOCH
from tickets.promises import Terms

DAY, NIGHT = (Window.parse("08:00-12:00"), Window.parse("13:00-16:00")), (Window.parse("22:00-06:00"),)
CALENDARS = {
    "weeks with a fast and a holiday": Calendar(
        zone="Asia/Jakarta",
        week=(DAY,) * 5 + ((),) * 2,
        exceptions=(DatedHours(first_on=date(2026, 2, 18), last_on=date(2026, 3, 19), week=(DAY[:1],) * 5 + (None,) * 2),),
        closed=(ClosedDay(date(2026, 3, 3), "Dies Natalis"),),
    ),
    "nights over which the clocks change": Calendar(zone="Europe/Berlin", week=(NIGHT,) * 7),
    "always": Calendar.always("UTC"),
}  # fmt: skip


@pytest.mark.parametrize("promise", ["15m operating", "3d operating", "24h calendar"])
@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
def test_many_are_counted_as_each_alone(calendar, promise):
    drawn = random.Random(7)
    terms, span = Terms(calendar=calendar, promises={}, warn_at=None), Span.from_text(promise)
    reckoning = Reckoning(OneRevision(terms), now=edges(drawn)[-1])
    clocks = [drawn_clock(drawn, promise) for _ in range(300)]
    runs = Runs(
        starts=[(each.started_at - EPOCH) // MICROSECOND for each in clocks],
        ends=[(each.met_at - EPOCH) // MICROSECOND for each in clocks],
        pauses=[json.dumps(each.pauses) if each.pauses else None for each in clocks],
    )
    alone = [reckoning.took(each) // MICROSECOND for each in clocks]
    assert all_counted(terms, span, runs).tolist() == alone
    assert all_counted(terms, span, Runs(starts=(), ends=(), pauses=())).tolist() == []


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
def test_many_instants_are_open_as_each_alone(calendar):
    instants = [
        at + step for at in edges(random.Random(7)) for step in (-MICROSECOND, timedelta(), MICROSECOND)
    ]
    counted = np.array([number_of(at) for at in instants], dtype=np.int64)
    assert open_at(calendar, counted).tolist() == [is_open(calendar, at) for at in instants]
    assert open_at(calendar, counted[:0]).tolist() == []


class OneRevision:
    """A ledger that has one revision of one desk."""

    def __init__(self, terms):
        self._terms = terms

    def execute(self, *_asked):
        return self

    def scalar_one(self):
        return self._terms.to_data()


@dataclass
class Ran:
    promise: str
    started_at: datetime
    met_at: datetime
    pauses: list[list[str | None]] | None
    terms_of: str = "desk"
    revision: int = 1


def edges(drawn):
    """Two instants at which something begins or the clocks change, and others of four months, in order."""
    these = [datetime(2026, 3, 2, 1, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)]
    these += [datetime(2026, 1, 1, tzinfo=UTC) + drawn.random() * timedelta(days=120) for _ in range(6)]
    return sorted(drawn.sample(these, 6))


def drawn_clock(drawn, promise):
    """Pauses may begin before the start and last beyond the end; the last may have no end."""
    a, b, c, d, e, f = edges(drawn)
    start, end = drawn.choice([(a, f), (b, e), (c, d), (a, a)])
    pauses = drawn.choice([None, [[a, b], [c, d]], [[b, d], [e, f]], [[c, None]]])
    kept = pauses and [[begun.isoformat(), over and over.isoformat()] for begun, over in pauses]
    return Ran(promise, start, end, kept)
