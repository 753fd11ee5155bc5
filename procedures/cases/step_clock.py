"""The clock of a step: one for each that is under way, promised by its time standard."""

from procedures.cases.happened import Moment
from tickets.clocks import ClockRule, ClockState
from tickets.ledger.events import clocks_of
from tickets.ledger.writer import Tx

STEP = "step"


def subject_of(case: int, step: str) -> str:
    """Return the subject under which a step's clock runs; its cycle is the round."""
    return f"{case}/{step}"


STEP_CLOCK = ClockRule(
    kind=STEP,
    starts=frozenset({Moment.STEP_BEGUN}),
    meets=frozenset({Moment.STEP_DONE}),
    ends=frozenset({Moment.STEP_DROPPED, "ticket.merged", "ticket.spam"}),
    from_event=True,
    subject="turn",
    side_by_side=True,
)


def clock_of(tx: Tx, ticket: int, *, case: int, step: str, round_: int) -> ClockState | None:
    """Return the clock of one turn of a step; None where its step has no time standard."""
    key = (STEP, subject_of(case, step), round_)
    return next((each for each in clocks_of(tx, ticket) if each.key == key), None)
