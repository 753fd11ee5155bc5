"""What else happens when a step begins or ends: what was read out of it, in the order in which it came about."""

from procedures.cases.happened import Doing, Happened, Moment
from procedures.cases.rows import CaseNow, Turn
from procedures.running.effects import Effect, follow_up
from tests.procedures.recording import RECORDING
from tests.tickets.desks import BUDI, MONDAY, SLUG, small_desk
from tickets.desk import DeskNow

CASE = CaseNow(id=7, desk=SLUG, ticket=1, procedure="rekaman", revision=1, begun_by=BUDI.key, begun_at=MONDAY)
DOING = Doing(
    procedure=RECORDING,
    desk=DeskNow(desk=small_desk(), revision=1, categories=frozenset()),
    by=BUDI,
    at=MONDAY,
)


def happened(moment, step):
    return Happened(
        moment=moment,
        case=CASE,
        doing=DOING,
        step=RECORDING.step(step),
        turn=Turn(step=step, round=1, place=1),
    )


def test_each_effect_of_a_moment_follows_up_what_it_finds_to_do():
    done = []
    letters = Effect(
        what=lambda each: ["surat balasan", "surat tugas"] if each.step.id == "surat" else [],
        do=lambda tx, each, letter: done.append((letter, each.case.id)),
    )
    names = Effect(what=lambda each: [each.step.id], do=lambda tx, each, name: done.append(name))
    follow_up(
        None,
        [happened(Moment.STEP_DONE, "surat"), happened(Moment.STEP_BEGUN, "serah")],
        {Moment.STEP_DONE: (letters, names)},
    )
    assert done == [("surat balasan", 7), ("surat tugas", 7), "surat"]
