"""Cases of a desk at work: who acts when, what their clocks say, and that nobody acts twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from procedures import carrying
from procedures.asking.given_answers import AnswersMissingError
from procedures.cases import on_tickets
from procedures.cases.on_tickets import BothRunningError, CaseRunningError, MoveRunningError
from procedures.cases.refusals import StepOverError
from procedures.definition.procedure import DONE
from procedures.running.actions import ReasonMissingError
from tests.procedures.cases_at_work import CasesAtWork
from tests.procedures.recording import FORM, RECORDING, SUBSTITUTE, step
from tests.tickets.desk_at_work import HOUR, MINUTE
from tests.tickets.desks import BUDI, MONDAY, RINA, SLUG
from tickets.actions import handling
from tickets.actions.errors import NotAllowedError, RuleError, UnknownValueError
from tickets.actions.joining import join
from tickets.actor import Actor
from tickets.actor import Kind as Who
from tickets.actor import Role as Rank

SITI = Actor(kind=Who.STAFF, id=SUBSTITUTE, role=Rank.AGENT, desks=frozenset({SLUG}))


@pytest.fixture
def office(ledger):
    return CasesAtWork(ledger)


def test_a_first_row_that_is_the_request_itself_is_over_by_the_form(office):
    asked_for = replace(RECORDING, steps=(step("ajukan", "pemohon", "terima"), *RECORDING.steps))
    case = office.starts(procedure=asked_for)
    assert [(turn.step, turn.outcome, turn.by) for turn in case.turns] == [
        ("ajukan", DONE, BUDI.key),
        ("terima", None, None),
    ]


def test_a_case_goes_through_its_steps_and_is_kept_as_it_was(office):
    case = office.starts()
    assert case.standing.open == ("terima",)
    case = office.acts(case, "terima")
    assert set(case.standing.open) == {"surat", "jadwal"}
    office.acts(case, "jadwal", ruang="Studio 1")
    office.acts(case, "surat")
    assert office.loaded(case).standing.held == ("serah",)
    office.acts(case, "setuju", "tidak", by=RINA, reason=" Ruang terpakai. ")
    office.acts(case, "jadwal", ruang="Studio 2")
    office.acts(case, "setuju", "ya", by=RINA)
    case = office.acts(case, "serah")
    assert case == office.loaded(case)
    assert (case.ended, case.ended_at) == ("selesai", office.now)
    assert case.answers == FORM | {"ruang": "Studio 2"}
    assert [(turn.step, turn.round, turn.outcome) for turn in case.turns] == [
        ("terima", 1, DONE),
        ("surat", 1, DONE),
        ("jadwal", 1, DONE),
        ("setuju", 1, "tidak"),
        ("serah", 1, DONE),
        ("jadwal", 2, DONE),
        ("setuju", 2, "ya"),
    ]
    assert case.turns[3].reason == "Ruang terpakai."


def test_each_step_has_a_clock_of_its_own_that_is_met_late_or_in_time(office):
    case = office.starts()
    (clock,) = office.clocks(case)
    assert (clock.started_at, clock.due_at) == (MONDAY, MONDAY + timedelta(minutes=10))
    office.passes(15 * MINUTE)
    office.acts(case, "terima")
    first, *others = office.clocks(case)
    assert (first.breached_at, first.met_at) == (clock.due_at, office.now)
    assert [each.running for each in others] == [True, True]
    begun_at = office.now
    office.acts(case, "surat")
    assert {each.subject: each.met_at for each in office.clocks(case)[1:]} == {
        f"{case.id}/jadwal": None,
        f"{case.id}/surat": begun_at + MINUTE,
    }


def test_a_refusal_stops_what_runs_beside_it(office):
    case = office.acts(office.starts(), "terima")
    office.acts(case, "jadwal", ruang="Studio 1")
    case = office.acts(case, "setuju", "tolak", by=RINA)
    assert (case.ended, case.standing.open, case.standing.held) == ("ditolak", (), ())
    assert not any(clock.running for clock in office.clocks(case))


def test_the_requester_is_told_where_it_stands_and_how_it_ended(office):
    case = office.acts(office.starts(), "terima")
    assert office.told() == ["Pelantikan pada Selasa, 20 Oktober 2026 kami terima (#1)."]
    office.acts(case, "jadwal", ruang="Studio 1")
    office.acts(case, "setuju", "tolak", by=RINA, reason="Studio dipakai")
    assert office.told()[1:] == ["Mohon maaf: Studio dipakai"]


def test_only_whose_turn_it_is_acts(office):
    case = office.starts()
    with pytest.raises(NotAllowedError):
        office.acts(case, "terima", by=SITI)
    office.is_away(BUDI)
    office.acts(case, "terima", by=SITI)  # his substitute
    office.acts(case, "jadwal", ruang="Studio 1")
    with pytest.raises(NotAllowedError):
        office.acts(case, "setuju", "ya", by=BUDI)


def test_the_second_of_two_is_told_that_the_step_is_over(office):
    case = office.starts()
    office.acts(case, "terima")
    with pytest.raises(StepOverError):
        office.acts(case, "terima", by=RINA)
    with pytest.raises(UnknownValueError):
        office.acts(case, "cetak")


def test_nothing_moves_while_something_is_missing(office):
    with pytest.raises(AnswersMissingError) as refused:
        office.starts(answers={"kegiatan": "Pelantikan"})
    assert refused.value.missing == ("tanggal",)
    case = office.acts(office.starts(), "terima")
    with pytest.raises(AnswersMissingError):
        office.acts(case, "jadwal")
    office.acts(case, "jadwal", ruang="Studio 1")
    with pytest.raises(ReasonMissingError):
        office.acts(case, "setuju", "tidak", by=RINA, reason=" ")
    with pytest.raises(UnknownValueError):
        office.acts(case, "setuju", "mungkin", by=RINA)
    assert set(office.loaded(case).standing.open) == {"surat", "setuju"}


def test_a_case_is_withdrawn_until_it_is_too_late_and_once(office):
    case = office.acts(office.starts(), "terima")
    assert office.withdraws(case).ended == "withdrawn"
    with pytest.raises(RuleError):
        office.withdraws(case)
    other = office.starts()
    assert other.ticket == case.ticket  # the next case of the same matter
    office.acts(other, "terima")
    office.acts(other, "surat")
    office.acts(other, "jadwal", ruang="Studio 1")
    office.acts(other, "setuju", "ya", by=RINA)
    with pytest.raises(RuleError):
        office.withdraws(other)


def test_a_ticket_has_one_case_at_a_time(office):
    office.starts()
    with pytest.raises(RuleError):
        office.starts()


def test_a_ticket_is_neither_closed_nor_moved_while_its_case_runs(office):
    case = office.starts()
    for refuses, error in (
        (on_tickets.require_none_running, CaseRunningError),
        (on_tickets.require_may_move, MoveRunningError),
    ):
        with pytest.raises(error):
            office._does(lambda tx, refuses=refuses: refuses(tx, case.ticket))
    office.withdraws(case)
    office._does(lambda tx: on_tickets.require_none_running(tx, case.ticket))


def test_a_case_goes_along_when_its_ticket_is_merged_and_comes_back_with_it(office):
    """Its clocks stand as they stood, broken or not, and what is done meanwhile stays done; what it is about goes along."""
    stays, case = office.hears("+628222"), office.acts(office.starts(), "terima")
    office._does(lambda tx: join(tx, case.ticket, stays, by=RINA, at=office.now, reason="satu orang"))
    office.passes(HOUR)
    before = office.clocks(case)
    assert [clock.breached_at is not None for clock in before] == [False, True, True]
    office._does(
        lambda tx: handling.categorise(tx, case.ticket, "password", desk=office.desk, by=BUDI, at=office.now)
    )
    kept = office._does(
        lambda tx: carrying.merge(tx, case.ticket, stays, desk=office.desk, by=RINA, at=office.now)
    )
    assert kept.category == "password"
    moved = office.loaded(case)
    assert (moved.ticket, office.clocks(moved), office.clocks(case)) == (stays, before, [])
    office.acts(moved, "surat")
    office._does(lambda tx: carrying.bring_back(tx, case.ticket, by=RINA, at=office.now))
    back = office.loaded(case)
    assert back.ticket == case.ticket
    assert {clock.subject: clock.running for clock in office.clocks(back)} == {
        f"{case.id}/terima": False,
        f"{case.id}/surat": False,
        f"{case.id}/jadwal": True,
    }
    other = office.starts(sender="+628222")
    with pytest.raises(BothRunningError):
        office._does(
            lambda tx: carrying.merge(tx, case.ticket, other.ticket, desk=office.desk, by=RINA, at=office.now)
        )
