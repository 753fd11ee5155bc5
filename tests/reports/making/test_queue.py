"""The files that are asked for: one at a time, begun anew where the making was broken off, given up after that."""

from datetime import date, timedelta

import pytest

from reports.making import queue, shelf
from reports.making.order import REPORT, Order
from reports.making.queue import TooManyError, UnderWayError
from tests.tickets.desks import BUDI, MONDAY, RINA, SLUG
from tickets.actions.errors import NotAllowedError

MINUTE = timedelta(minutes=1)
OCTOBER = Order(
    what="tickets", format="csv", first_on=date(2026, 10, 1), last_on=date(2026, 10, 31), filter="tag:a"
)


@pytest.fixture
def does(ledger):
    """Do something in the writer: `does(queue.ask, …)`."""
    return lambda act, *args, **options: ledger.write_blocking(lambda tx: act(tx, *args, **options))


def of_rina(ledger, now=MONDAY):
    with ledger.reading() as session:
        return [(each.id, each.state) for each in shelf.makings(session, {RINA.key}, now=now, most=99)]


def test_one_is_made_at_a_time_and_each_person_asks_for_one(ledger, does):
    does(queue.ask, OCTOBER, SLUG, by=RINA, at=MONDAY)
    with pytest.raises(UnderWayError):
        does(queue.ask, OCTOBER, SLUG, by=RINA, at=MONDAY)
    with pytest.raises(NotAllowedError):
        does(queue.ask, OCTOBER, SLUG, by=BUDI, at=MONDAY)
    taken = does(queue.take, now=MONDAY)
    assert Order.from_data(taken.ordered) == OCTOBER
    assert does(queue.take, now=MONDAY) is None
    does(queue.finish, 1, name="t.csv", size=9, report=None, at=MONDAY)
    assert of_rina(ledger) == [(1, "done")]
    assert of_rina(ledger, MONDAY + queue.KEPT_FOR) == []


def test_what_was_broken_off_begins_anew_and_is_given_up_in_the_end(ledger, does):
    does(queue.ask, Order(what=REPORT, format="pdf", month="2026-10"), SLUG, by=RINA, at=MONDAY)
    now = MONDAY
    for _ in range(queue.TRIES):
        assert does(queue.take, now=now).id == 1
        assert does(queue.take, now=now + queue.LEASE - MINUTE / 2) is None  # somebody is about it
        now += queue.LEASE
    assert does(queue.take, now=now) is None
    (failed,) = of_rina(ledger, now)
    assert failed == (1, "failed")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_fills_the_house_and_old_files_give_way_to_new_ones(ledger, does, monkeypatch):
    monkeypatch.setattr(queue, "MOST_KEPT", 2)
    for key in (1, 2, 3):
        does(queue.ask, OCTOBER, SLUG, by=RINA, at=MONDAY)
        does(queue.take, now=MONDAY)
        does(queue.finish, key, name="t.csv", size=9, report=None, at=MONDAY)
    assert of_rina(ledger, MONDAY + MINUTE) == [(3, "done"), (2, "done")]
    with ledger.reading() as session:
        assert queue.expired(session, now=MONDAY, most=9) == [1]
    monkeypatch.setattr(queue, "MOST_WAITING", 0)
    with pytest.raises(TooManyError):
        does(queue.ask, OCTOBER, SLUG, by=RINA, at=MONDAY)
