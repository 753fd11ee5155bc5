"""The clock of a step: one for each that is under way, promised by its time standard."""

from procedures.happened import Moment
from tickets.clocks import ClockRule

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
