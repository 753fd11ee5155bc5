"""The statistics of any days are the month's report of the same days, and what was counted by hand."""

from dataclasses import replace
from datetime import date

import pytest

from reports.measures import names_of
from reports.part import Part
from reports.periods import Days
from reports.statistics import statistics
from tests.reports.october import CATEGORIES, STAFF, tell_october
from tests.tickets.desks import BUDI


@pytest.fixture(params=["Asia/Jakarta", "Asia/Kathmandu", "Europe/Berlin"])
def told(ledger, request):
    return tell_october(ledger, request.param)


def asked(told, first=date(2026, 10, 1), last=date(2026, 10, 31), **part):
    names = names_of(told.desk, category_names=CATEGORIES, staff_names=STAFF)
    days = Days.of(first, last, zone=told.zone)
    with told.ledger.reading() as session:
        return statistics(
            session, desk=told.desk.slug, days=days, now=told.noon_after, names=names, part=Part(**part)
        )


@pytest.mark.parametrize("swept", [False, True], ids=["before the sweep", "after the sweep"])
def test_they_are_the_report_s(told, swept):
    if swept:
        told.sweep()
    found, report = asked(told), told.report()
    assert found.tickets == report.tickets
    assert found.finished == sum(each.finished for each in report.days)
    assert found.by_day == report.days
    assert found.promises == tuple(report.promise(each.kind) for each in found.promises)
    assert found.channels == report.channels
    assert found.categories == report.categories
    holders = [replace(each, answers=0) for each in report.agents if each.tickets]
    assert list(found.agents) == holders


def test_a_part_of_them_is_counted_alone(told):
    report = told.report()
    found = asked(told, agent=BUDI.id)
    theirs = next(each for each in report.agents if each.key == BUDI.id)
    assert (found.tickets, found.promises) == (theirs.tickets, (theirs.first_response, theirs.resolution))
    assert sum(found.by_hour.values()) == theirs.tickets
    assert asked(told, channel="webchat").tickets == 0


def test_hours_and_steps_are_those_of_the_desk_s_wall(told):
    first = asked(told, last=date(2026, 10, 5))
    assert first.by_hour == {(3, 0): 1, (0, 9): 1}  # Bea on Thursday at midnight, Citra on Monday at nine
    assert first.steps["first_response"] == (0, 1, 1, 0, 0, 0, 0, 0)  # ten minutes, and twenty


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ((2026, 10, 1), (2026, 10, 31), ((2026, 9, 1), (2026, 9, 30))),
        ((2026, 10, 5), (2026, 10, 11), ((2026, 9, 28), (2026, 10, 4))),
        ((2026, 10, 5), (2026, 10, 5), ((2026, 10, 4), (2026, 10, 4))),
    ],
)
def test_what_days_are_compared_with(first, last, before):
    days = Days.of(date(*first), date(*last), zone="Asia/Jakarta").before
    assert (days.first_on, days.last_on) == (date(*before[0]), date(*before[1]))
