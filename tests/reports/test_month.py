"""The month, counted by hand (see `october.py` for what happened)."""

from datetime import date, timedelta

import pytest

from reports.reckoning import Outcome
from tests.reports.october import tell_october
from tests.tickets.desks import BUDI, RINA

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(params=["Asia/Jakarta", "Asia/Jayapura"])
def told(ledger, request):
    return tell_october(ledger, request.param)


def test_a_month_runs_from_local_midnight_to_local_midnight(told):
    assert [row.number for row in told.rows()] == [2, 3, 4, 5, 6, 7]
    assert [row.number for row in told.rows("2026-09")] == [1]
    assert [row.number for row in told.rows("2026-11")] == [8]


def test_volumes_are_those_counted_by_hand(told):
    report = told.report()
    assert report.tickets == 6
    assert report.statuses == {"new": 2, "open": 0, "waiting": 0, "solved": 3, "closed": 1}
    assert [(group.key, group.tickets, group.finished) for group in report.channels] == [
        ("whatsapp", 4, 2),
        ("email", 2, 2),
    ]
    assert [(group.name, group.tickets) for group in report.categories] == [
        ("Lupa kata sandi", 3),
        (None, 2),
        ("Tidak bisa masuk", 1),
    ]
    assert [row.number for row in report.uncategorised] == [5, 7]
    assert (report.reopened, report.reopenings) == (1, 1)
    assert (report.messages_in, report.messages_out, report.messages_automatic) == (8, 6, 1)


def test_every_day_of_the_month_is_told(told):
    days = told.report().days
    assert [day.on for day in days] == [date(2026, 10, number) for number in range(1, 32)]
    assert {day.on.day: day.tickets for day in days if day.tickets} == {1: 1, 5: 1, 9: 1, 13: 1, 30: 1, 31: 1}


@pytest.mark.parametrize("swept", [False, True], ids=["before the sweep", "after the sweep"])
def test_first_responses_are_those_counted_by_hand(told, swept):
    if swept:
        told.sweep()
    first = told.report().promise("first_response")
    # In time: Bea, and Dedi twice. Late: Citra and Eka. Gita's still runs, Fitri's matter ended without an answer.
    assert (first.met, first.breached, first.running, first.ended) == (3, 2, 1, 1)
    assert first.share == 3 / 5
    # Operating time to the first answer: Bea 10, Citra 20, Dedi 10 minutes.
    assert (first.median, first.p90) == (10 * MINUTE, 20 * MINUTE)


@pytest.mark.parametrize("swept", [False, True], ids=["before the sweep", "after the sweep"])
def test_resolutions_are_those_counted_by_hand(told, swept):
    if swept:
        told.sweep()
    resolution = told.report().promise("resolution")
    # In time: Bea, Citra, Dedi's second round, Fitri. Late: Dedi's first round, Eka. Gita's still runs.
    assert (resolution.met, resolution.breached, resolution.running, resolution.ended) == (4, 2, 1, 0)
    # Plain time without waiting: Bea 9 h, Citra 24.5 - 2 h, Dedi 66 h 5 min, Fitri 8 min.
    assert resolution.median == 15 * HOUR + 45 * MINUTE
    assert resolution.p90 == 66 * HOUR + 5 * MINUTE


@pytest.mark.parametrize("swept", [False, True], ids=["before the sweep", "after the sweep"])
def test_breaches_say_when_how_late_and_who_held_the_ticket(told, swept):
    if swept:
        told.sweep()
    assert [
        (one.ticket.number, one.promise.kind, one.promise.breached_at, one.promise.late, one.held_by_name)
        for one in told.report().breaches
    ] == [
        (3, "first_response", told.at("2026-10-05 09:15"), 5 * MINUTE, "Budi"),
        (4, "resolution", told.at("2026-10-10 15:55"), 42 * HOUR + 5 * MINUTE, None),
        (5, "first_response", told.at("2026-10-13 10:15"), 95 * HOUR + 45 * MINUTE, None),  # 4:45 and 13 days of 7 h
        (5, "resolution", told.at("2026-10-14 10:00"), 434 * HOUR, None),
    ]  # fmt: skip


def test_agents_are_the_people_who_hold_and_answer_and_never_the_bot(told):
    assert [
        (group.key, group.name, group.tickets, group.answers) for group in told.report().agents
    ] == [
        (BUDI.id, "Budi", 3, 4),
        (None, None, 3, 0),
        (RINA.id, "Rina", 0, 1),
    ]  # fmt: skip


def test_a_row_tells_its_ticket(told):
    bea, _citra, dedi, *_, gita = told.rows()
    assert (bea.contact, bea.identity_number, bea.verified_by) == ("Beatrix", "*****001", "Rina")
    assert bea.closed_at == told.at("2026-10-01 10:00")
    assert dedi.reopenings == 1
    assert sorted(each.outcome for each in dedi.of("resolution")) == [Outcome.BREACHED, Outcome.MET]
    (answer,) = gita.of("first_response")
    assert (answer.due_at, answer.outcome) == (told.at("2026-11-02 08:15"), Outcome.RUNNING)


def test_identity_numbers_are_shown_to_those_who_may_see_them(told):
    assert told.rows(identities=True)[0].identity_number == "13519001"


def test_a_running_month_says_so_and_ends_today(told):
    running = told.report(now=told.at("2026-10-31 23:59:30"))
    assert running.month.running
    assert not told.report().month.running
    assert told.report("2026-11").days[-1].on == date(2026, 11, 1)


def test_a_month_without_tickets_is_a_report_of_none(told):
    empty = told.report("2026-08")
    assert empty.tickets == 0
    assert empty.promise("first_response").share is None
    assert empty.promise("resolution").median is None
    assert (empty.channels, empty.categories, empty.agents, empty.breaches) == ((), (), (), ())
    assert len(empty.days) == 31
