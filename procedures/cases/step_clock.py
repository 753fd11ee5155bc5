"""The clock of a step: one for each that is under way, promised by its time standard."""

from procedures.cases.happened import Moment
from tickets.clocks import RULES, ClockRule, ClockState
from tickets.ledger.events import clocks_of
from tickets.ledger.tx import Tx

STEP = "step"
LEFT, JOINED = "case.left", "case.joined"  # its ticket, as that was merged into another; and that other


def subject_of(case: int, step: str) -> str:
    """Return the subject under which a step's clock runs; its cycle is the round."""
    return f"{case}/{step}"


STEP_CLOCK = ClockRule(
    kind=STEP,
    starts=frozenset({Moment.STEP_BEGUN}),
    meets=frozenset({Moment.STEP_DONE}),
    ends=frozenset({Moment.STEP_DROPPED}),
    from_event=True,
    subject="turn",
    side_by_side=True,
    leaves=frozenset({LEFT}),
    joins=frozenset({JOINED}),
)


def clocks_of_case(tx: Tx, ticket: int, case: int) -> tuple[ClockState, ...]:
    """Return the clocks of every turn that a case of a ticket has had."""
    clocks = (each for each in clocks_of(tx, ticket) if each.kind == STEP)
    return tuple(each for each in clocks if each.subject.startswith(subject_of(case, "")))


CLOCK_RULES = (*RULES, STEP_CLOCK)  # with which a ledger is opened


def clock_of(tx: Tx, ticket: int, *, case: int, step: str, round_: int) -> ClockState | None:
    """Return the clock of one turn of a step; None where its step has no time standard."""
    key = (STEP, subject_of(case, step), round_)
    return next((each for each in clocks_of(tx, ticket) if each.key == key), None)
