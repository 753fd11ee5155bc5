"""A case moved to a newer version of its procedure: what that does is seen before, and clocks and steps follow."""

from dataclasses import replace
from datetime import timedelta

import pytest

from procedures.cases.versions import effect
from procedures.definition.times import Standard
from procedures.running.moving import move_to_newest
from tests.procedures.recording import RECORDING, step
from tests.procedures.test_cases import CasesAtWork
from tests.tickets.desk_at_work import MINUTE
from tests.tickets.desks import BUDI, MONDAY, RINA, open_desk
from tickets.actions.errors import NotAllowedError, RuleError, UnknownValueError
from tickets.hours import Span


def named(one: str, **more):
    """A newer version in which one step is other."""
    steps = tuple(replace(each, **more) if each.id == one else each for each in RECORDING.steps)
    return replace(RECORDING, steps=steps)


LONGER = named("terima", standard=Standard(within=Span.parse("30m")))
WITHOUT_SCHEDULE = replace(
    RECORDING,
    steps=tuple(
        replace(each, outcomes=tuple(replace(one, to=tuple(to for to in one.to if to != "jadwal")) for one in each.outcomes))
        for each in RECORDING.steps
        if each.id != "jadwal"
    ),
)  # fmt: skip
WITHOUT_SCHEDULE = replace(
    WITHOUT_SCHEDULE, steps=(*WITHOUT_SCHEDULE.steps[:2], step("ruang", "staf", "setuju"), *WITHOUT_SCHEDULE.steps[2:])
)  # fmt: skip


class Versions(CasesAtWork):
    def moves(self, case, after, *, by=RINA, stands=None):
        self.desk = open_desk(self.ledger, next_response=True)
        return self._does(
            lambda tx: move_to_newest(
                tx,
                case.id,
                before=RECORDING,
                after=after,
                stands=stands or {},
                desk=self.desk,
                by=by,
                at=self.now,
            )
        )


@pytest.fixture
def office(ledger):
    return Versions(ledger)


def test_the_effect_says_what_is_other_and_what_becomes_of_the_open_step(office):
    case = office.acts(office.starts(), "terima")
    shown = effect(case, RECORDING, WITHOUT_SCHEDULE, calendar=office.desk.desk.calendar, now=office.now)
    assert [each.id for each in (*shown.added, *shown.gone)] == ["ruang", "jadwal"]
    assert [before.id for before, _ in shown.changed] == ["terima", "setuju"]  # they lead elsewhere
    assert shown.homeless == ("jadwal",)
    stays = next(one for one in shown.stands if one.before.id == "surat")
    assert stays.due_before == stays.due_after == office.now + 10 * MINUTE


def test_a_clock_of_a_step_that_stays_is_reckoned_anew_from_its_start(office):
    case = office.starts()
    office.now += 5 * MINUTE
    case = office.moves(case, LONGER)
    assert (case.revision, case.standing.open) == (office.desk.revision, ("terima",))
    (clock,) = office.clocks(case)
    assert (clock.started_at, clock.due_at) == (MONDAY, MONDAY + timedelta(minutes=30))
    assert office.loaded(case) == case
    office.passes(20 * MINUTE)
    office.acts(case, "terima")
    assert office.clocks(case)[0].breached_at is None


def test_a_step_without_a_standard_begins_its_clock_and_the_other_way_round(office):
    case = office.moves(office.starts(), named("terima", standard=None))
    assert not any(clock.running for clock in office.clocks(case))


def test_where_the_open_step_is_gone_the_supervisor_says_where_it_stands(office):
    case = office.acts(office.starts(), "terima")
    with pytest.raises(UnknownValueError):
        office.moves(case, WITHOUT_SCHEDULE)
    with pytest.raises(NotAllowedError):
        office.moves(case, WITHOUT_SCHEDULE, by=BUDI, stands={"jadwal": "ruang"})
    case = office.moves(case, WITHOUT_SCHEDULE, stands={"jadwal": "ruang"})
    assert set(case.standing.open) == {"surat", "ruang"}
    assert [turn.outcome for turn in case.turns if turn.step == "jadwal"] == ["dropped"]
    running = [clock.subject for clock in office.clocks(case) if clock.running]
    assert set(running) == {f"{case.id}/surat", f"{case.id}/ruang"}


def test_what_is_over_or_has_nothing_newer_stays_as_it_is(office):
    case = office.starts()
    with pytest.raises(RuleError):
        office.moves(case, RECORDING)
    office.withdraws(case)
    with pytest.raises(RuleError):
        office.moves(case, LONGER)
