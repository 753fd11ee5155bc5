"""Whose turn it is: by name where the step before says so, handed on, and ended by one of several alone."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from procedures.cases.naming import NameMissingError
from procedures.cases.refusals import StepOverError
from procedures.definition.procedure import Takes
from procedures.definition.turn_terms import Reminder, TurnTerms
from procedures.running import actions, handing, reminders
from tests.procedures.cases_at_work import CasesAtWork
from tests.procedures.recording import RECORDING
from tests.tickets.desk_at_work import HOUR, MINUTE
from tests.tickets.desks import BUDI, MONDAY, RINA
from tickets.actions.errors import AbsentError, NotAllowedError, UnknownValueError
from tickets.hours import Span

REMINDS = (
    Reminder(length=Span.parse("4m")),
    Reminder(length=Span.parse("2m", "calendar"), before_due=True),
)
SIDE_BY_SIDE = replace(
    RECORDING,
    roles=(
        *RECORDING.roles[:1],
        replace(RECORDING.roles[1], people=(BUDI.id, RINA.id), takes=Takes.NAMED, substitutes=()),
        *RECORDING.roles[2:],
    ),
    steps=(
        replace(RECORDING.steps[0], role="kepala", turn=TurnTerms(names="staf", reminds=REMINDS)),
        *RECORDING.steps[1:],
    ),
)


class NamedCases(CasesAtWork):
    procedure = SIDE_BY_SIDE

    def hands(self, case, step, to, *, by=BUDI):
        return self._does(
            lambda tx: handing.hand_over(
                tx, case.id, step, to, procedure=self.procedure, desk=self.desk, by=by, at=self.now
            )
        )

    def is_reminded(self):
        found = self._does(lambda tx: reminders.take_due(tx, now=self.now, most=10))
        return [(each.step, each.at - MONDAY) for each in found]


@pytest.fixture
def office(ledger):
    return NamedCases(ledger)


def test_the_step_before_says_who_acts_and_nobody_else_does_while_they_are_here(office):
    case = office.starts()
    with pytest.raises(NameMissingError) as missing:
        office.acts(case, "terima", by=RINA)
    assert set(missing.value.people) == {BUDI.id, RINA.id}
    with pytest.raises(UnknownValueError):
        office.acts(case, "terima", by=RINA, named="ana@example.ac.id")
    case = office.acts(case, "terima", by=RINA, named=BUDI.id)
    assert [turn.holder for turn in case.turns if turn.is_open] == [BUDI.id, BUDI.id]
    office.acts(case, "jadwal", ruang="Studio 1")
    case = office.acts(case, "setuju", "tidak", by=RINA, reason="Penuh")
    assert case.turn("jadwal").holder == BUDI.id  # and again, until somebody else is named


def test_a_turn_is_handed_on_and_taken_back(office):
    case = office.acts(office.starts(), "terima", by=RINA, named=BUDI.id)
    office.hands(case, "surat", RINA.id)
    with pytest.raises(NotAllowedError):
        office.acts(case, "surat", by=BUDI)
    office.hands(case, "surat", BUDI.id)
    office.is_away(RINA)
    with pytest.raises(AbsentError):
        office.hands(case, "surat", RINA.id)
    with pytest.raises(UnknownValueError):
        office.hands(case, "surat", "ana@example.ac.id")
    office.acts(case, "surat", by=BUDI)
    with pytest.raises(StepOverError):
        office.hands(case, "surat", BUDI.id)


def test_who_stands_beside_a_role_ends_its_step_as_well_and_the_first_of_them_decides(office):
    office.procedure = RECORDING
    case = office.acts(office.starts(), "terima")
    office.acts(case, "jadwal", ruang="Studio 1")
    with pytest.raises(NotAllowedError):
        office.acts(case, "setuju", "ya")
    steps = (replace(one, beside=("staf",)) if one.id == "setuju" else one for one in RECORDING.steps)
    office.procedure = replace(RECORDING, steps=tuple(steps))
    case = office.hands(case, "setuju", RINA.id, by=RINA)
    office.acts(case, "setuju", "ya")
    with pytest.raises(StepOverError):
        office.acts(case, "setuju", "tidak", by=RINA, reason="Penuh")


def test_what_was_seen_of_an_earlier_round_ends_nothing(office):
    case = office.acts(office.starts(), "terima", by=RINA, named=BUDI.id)
    office.acts(case, "jadwal", ruang="Studio 1")
    office.acts(case, "setuju", "tidak", by=RINA, reason="Penuh")
    with pytest.raises(StepOverError) as over:
        office.acts(case, "jadwal", seen=1, ruang="Studio 2")
    assert over.value.turn.by == BUDI.key
    office.acts(case, "jadwal", seen=2, ruang="Studio 2")


def test_a_turn_is_called_to_mind_after_a_while_and_before_it_is_due(office):
    office.starts()
    assert office.is_reminded() == []
    office.passes(HOUR)
    assert office.is_reminded() == [("terima", 4 * MINUTE), ("terima", 8 * MINUTE)]
    assert office.is_reminded() == []


def _race(ledgers, office):
    """Let two decide at the same moment, each otherwise; return how it stands and what each was told."""
    case = office.acts(office.starts(), "terima", by=RINA, named=BUDI.id)
    case = office.acts(case, "jadwal", ruang="Studio 1")

    def decides(ledger, outcome):
        def act(tx):
            return actions.act(
                tx, case.id, "setuju", outcome, procedure=SIDE_BY_SIDE, answers={}, reason="Penuh",
                desk=office.desk, by=RINA, at=office.now, seen=1,
            )  # fmt: skip

        try:
            ledger.write_blocking(act)
        except StepOverError as error:
            return error.turn.outcome
        return None

    ways = ["ya", "tidak"] * 4
    with ThreadPoolExecutor(len(ways)) as pool:
        told = list(pool.map(decides, [ledgers[at % len(ledgers)] for at in range(len(ways))], ways))
    return office.loaded(case), told


def _is_decided_once(case, told):
    (decided,) = [turn for turn in case.turns if turn.step == "setuju"]
    assert told.count(None) == 1
    assert {each for each in told if each is not None} == {decided.outcome}  # and the others hear how


def test_of_many_who_decide_at_once_one_does(ledger, office):
    _is_decided_once(*_race([ledger], office))


def test_of_many_who_decide_at_once_in_two_processes_one_does(two_ledgers):
    _is_decided_once(*_race(two_ledgers, NamedCases(two_ledgers[0])))
