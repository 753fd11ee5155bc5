"""How a case goes through its procedure: on, back, side by side, around what is not needed, to its end."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from procedures.asking.conditions import Condition, Conditions
from procedures.asking.questions import Kind, Question
from procedures.cases.engine import (
    NotTheirTurnError,
    Standing,
    TooLateError,
    UnknownOutcomeError,
    begin,
    finish,
    withdraw,
)
from procedures.definition.procedure import (
    DONE,
    SKIPPED,
    WITHDRAWN,
    End,
    Ending,
    Outcome,
    Procedure,
    Role,
    Step,
)
from procedures.soundness.flaws import flaws

PAID = Conditions(every=(Condition(question="paid", among=frozenset({True})),))
ENDS = (
    End(id="selesai", name="Selesai"),
    End(id="ditolak", name="Ditolak", ending=Ending.REFUSED),
)


def step(id_: str, *to: str, otherwise: tuple[str, ...] = (), **more: object) -> Step:
    """A step that decides nothing."""
    outcomes = (Outcome(id=DONE, label={}, to=to),)
    return Step(id=id_, number=id_, does=id_, role="a", outcomes=outcomes, otherwise=otherwise or to, **more)


def deciding(id_: str, **ways: str) -> Step:
    outcomes = tuple(Outcome(id=way, label={}, to=(to,)) for way, to in ways.items())
    return Step(id=id_, number=id_, does=id_, role="a", outcomes=outcomes)


def procedure(*steps: Step, withdraw_until: str | None = None) -> Procedure:
    return Procedure(
        id="p",
        name="P",
        roles=(Role(id="a", name="A", requester=True),),
        form=(Question(id="paid", ask={}, kind=Kind.YES_NO),),
        steps=steps,
        ends=ENDS,
        withdraw_until=withdraw_until,
    )


def played(
    plan: Procedure, *moves: str | tuple[str, str], answers: Mapping[str, object] | None = None
) -> Standing:
    """Play a case: each move is a step, or a step and its outcome."""
    case = begin(plan, answers or {})
    for move in moves:
        name, outcome = (move, DONE) if isinstance(move, str) else move
        case = finish(plan, case, name, outcome, answers=answers or {})
    return case


REVIEW = procedure(
    step("sunting", "periksa"), deciding("periksa", ya="serah", tidak="sunting"), step("serah", "selesai")
)
BRANCHES = procedure(
    step("daftar", "surat", "jadwal"),
    step("surat", "layani"),
    step("jadwal", "siapkan"),
    step("siapkan", "layani"),
    step("layani", "selesai", joins=True),
)
INVOICE = procedure(
    step("daftar", "tagih"),
    step("tagih", "bayar", otherwise=("layani",), only_if=PAID),
    step("bayar", "layani"),
    step("layani", "selesai"),
)


def test_a_case_goes_from_row_to_row_until_its_end():
    assert played(REVIEW).open == ("sunting",)
    case = played(REVIEW, "sunting", ("periksa", "ya"), "serah")
    assert (case.open, case.ended) == ((), "selesai")


def test_what_is_not_good_enough_goes_back_and_is_counted():
    case = played(REVIEW, "sunting", ("periksa", "tidak"), "sunting")
    assert case.open == ("periksa",)
    assert (case.round("sunting"), case.round("periksa")) == (2, 2)
    assert [(past.step, past.round, past.outcome) for past in case.past] == [
        ("sunting", 1, DONE),
        ("periksa", 1, "tidak"),
        ("sunting", 2, DONE),
    ]


def test_branches_run_side_by_side_and_what_joins_them_waits_for_all():
    assert played(BRANCHES, "daftar").open == ("surat", "jadwal")
    waiting = played(BRANCHES, "daftar", "surat", "jadwal")
    assert (waiting.open, waiting.held) == (("siapkan",), ("layani",))
    assert played(BRANCHES, "daftar", "surat", "jadwal", "siapkan").open == ("layani",)


def test_a_branch_that_was_passed_over_is_not_waited_for():
    plan = procedure(
        step("daftar", "tagih", "jadwal"),
        step("tagih", "layani", only_if=PAID),
        step("jadwal", "layani"),
        step("layani", "selesai", joins=True),
    )
    assert played(plan, "daftar").open == ("jadwal",)
    assert played(plan, "daftar", "jadwal").open == ("layani",)


def test_a_step_whose_condition_does_not_hold_is_passed_over_and_says_so():
    free = played(INVOICE, "daftar")
    assert free.open == ("layani",)
    assert free.past[-1].outcome == SKIPPED
    assert played(INVOICE, "daftar", answers={"paid": True}).open == ("tagih",)


def test_a_refusal_ends_everything_and_what_is_done_waits_for_the_rest():
    plan = procedure(
        step("daftar", "periksa", "beri_tahu"),
        deciding("periksa", ya="selesai", tidak="ditolak"),
        step("beri_tahu", "selesai"),
    )
    refused = played(plan, "daftar", ("periksa", "tidak"))
    assert (refused.open, refused.ended) == ((), "ditolak")
    half = played(plan, "daftar", ("periksa", "ya"))
    assert (half.open, half.ended) == (("beri_tahu",), None)
    assert played(plan, "daftar", ("periksa", "ya"), "beri_tahu").ended == "selesai"


def test_only_an_optional_step_can_be_left_out():
    plan = procedure(step("paraf", "serah", optional=True), step("serah", "selesai"))
    assert played(plan, ("paraf", SKIPPED)).open == ("serah",)
    with pytest.raises(UnknownOutcomeError):
        played(plan, "paraf", ("serah", SKIPPED))


def test_nobody_acts_twice_or_before_their_turn_or_after_the_end():
    for moves in (("sunting", "sunting"), ("serah",), ("sunting", ("periksa", "ya"), "serah", "serah")):
        with pytest.raises(NotTheirTurnError):
            played(REVIEW, *moves)
    with pytest.raises(UnknownOutcomeError):
        played(REVIEW, "sunting", ("periksa", "mungkin"))


def test_a_requester_takes_a_case_back_until_it_is_too_late():
    plan = procedure(step("daftar", "cetak"), step("cetak", "selesai"), withdraw_until="cetak")
    assert withdraw(plan, played(plan)).ended == WITHDRAWN
    with pytest.raises(TooLateError):
        withdraw(plan, played(plan, "daftar"))
    with pytest.raises(NotTheirTurnError):
        withdraw(plan, played(plan, "daftar", "cetak"))


@st.composite
def _procedures(draw: st.DrawFn) -> Procedure:
    """Draw procedures of up to seven steps with ways, loops, branches, joins and conditions of all kinds."""
    names = [f"s{at}" for at in range(draw(st.integers(1, 7)))]
    places = st.sampled_from([*names, *(end.id for end in ENDS)])
    steps = []
    for name in names:
        ways = draw(st.lists(st.lists(places, min_size=1, max_size=2, unique=True), min_size=1, max_size=3))
        outcomes = tuple(Outcome(id=f"o{at}", label={}, to=tuple(to)) for at, to in enumerate(ways))
        steps.append(
            Step(
                id=name,
                number=name,
                does=name,
                role="a",
                outcomes=outcomes,
                otherwise=tuple(draw(st.lists(places, min_size=1, max_size=2, unique=True))),
                only_if=PAID if draw(st.booleans()) else None,
                joins=draw(st.booleans()),
            )
        )
    return procedure(*steps)


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # most drawings have a flaw
@given(_procedures(), st.booleans(), st.lists(st.integers(0, 5), max_size=40))
def test_a_sound_procedure_never_gets_stuck_whatever_people_choose(plan, paid, choices):
    assume(not any(flaws(plan)))
    answers = {"paid": paid}
    case = begin(plan, answers)
    for choice in choices:
        if case.ended is not None:
            break
        name = case.open[choice % len(case.open)]  # fails where nobody's turn it is
        outcomes = plan.step(name).outcomes
        case = finish(plan, case, name, outcomes[choice % len(outcomes)].id, answers=answers)
        assert len(set(case.open)) == len(case.open)
        assert not set(case.open) & set(case.held) or case.ended is None
    assert case.open or case.ended is not None
