"""The clock of a step: one for each that is under way, promised by its time standard."""

from tickets.clocks import ClockRule

STEP = "step"
BEGUN, DONE, DROPPED = "step.begun", "step.done", "step.dropped"

STEP_CLOCK = ClockRule(
    kind=STEP,
    starts=frozenset({BEGUN}),
    meets=frozenset({DONE}),
    ends=frozenset({DROPPED, "ticket.merged", "ticket.spam"}),
    from_event=True,
    subject="turn",
    side_by_side=True,
)
