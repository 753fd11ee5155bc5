"""What happens to a case, as values: the history is told of it, and what a step does besides hangs on it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from procedures.cases.rows import CaseNow, Turn
from procedures.definition.procedure import Procedure, Step
from tickets.actor import Actor
from tickets.desk import DeskNow


class Moment(StrEnum):
    """The kinds of what happens, by the names that the history has for them."""

    CASE_BEGUN = "case.begun"
    STEP_BEGUN = "step.begun"
    STEP_DONE = "step.done"  # somebody ended it, or chose to leave it out
    STEP_PASSED = "step.passed"  # its condition did not hold
    STEP_DROPPED = "step.dropped"  # the end of its case cut it short
    CASE_ENDED = "case.ended"


@dataclass(frozen=True, kw_only=True)
class Doing:
    """Who moves a case: when, at which desk, by which procedure."""

    procedure: Procedure  # as it was when the case began
    desk: DeskNow
    by: Actor
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing that has happened to a case, or to a step of it."""

    moment: Moment
    case: CaseNow  # as it stands after everything that happened with this
    doing: Doing
    step: Step | None = None  # None: to the case as a whole
    turn: Turn | None = None  # the step's, with its round, outcome and reason
