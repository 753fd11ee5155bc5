"""The figures of many cases: how long each step took against its standard, what is late, where cases go round, how they end.

Of the cases that began in some days, as they stand now; tickets that were spam or became part of another are left out, as in every report.
What the steps come to is in `reports.turns`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import func, select
from sqlmodel import Session

from procedures.definition.procedure import Procedure, Step
from reports.lengths import Numbers, middle, ninetieth
from reports.listing import instants, listing
from reports.periods import Days
from reports.turns import ASKED, CASES, StepTurns, Turns, turns_of


@dataclass(frozen=True, kw_only=True)
class StepFigures:
    """What one step has come to, over all its turns; lengths as its standard counts."""

    step: Step
    role: str  # what whoever does it is called
    done: int
    median: timedelta | None
    p90: timedelta | None
    late: int  # over their standard when they ended, or still open and over it
    overdue: timedelta  # how much too long all of these together took, as counted
    open: int  # now
    passed: int  # over: not done
    again: int  # turns beyond the first of their case
    ways: Mapping[str, int]  # outcome → how often

    @property
    def promised(self) -> int:
        return self.done + self.open if self.step.standard else 0

    @property
    def late_share(self) -> float | None:
        return self.late / self.promised if self.promised else None


@dataclass(frozen=True, kw_only=True)
class Loop:
    """A decision that led back."""

    step: Step
    outcome: str
    to: tuple[Step, ...]
    taken: int


@dataclass(frozen=True, kw_only=True)
class ProcedureFigures:
    """What the cases of a procedure that began in some days have come to."""

    procedure: Procedure
    days: Days
    cases: int
    open: int
    ends: Mapping[str, int]  # id of the end → cases
    median: timedelta | None  # from the beginning to the end of a case, plain time
    p90: timedelta | None
    went_round: int  # cases in which some step was done again
    steps: tuple[StepFigures, ...]  # in the procedure's order
    loops: tuple[Loop, ...]  # the most taken first

    @property
    def bottleneck(self) -> StepFigures | None:
        """Return the step that has cost the most time over its standard; where none has, the one that took longest."""
        late = max(self.steps, key=lambda one: one.overdue, default=None)
        if late is not None and late.overdue:
            return late
        done = [one for one in self.steps if one.median]
        return max(done, key=lambda one: one.median or timedelta(), default=None)


def procedure_figures(
    session: Session, procedure: Procedure, *, desk: str, days: Days, now: datetime
) -> ProcedureFigures:
    """Measure the cases of a procedure that began in some days, as they stand now.

    What was done in steps that its newest version does not have is in no step's figures.
    """
    asked = {
        "desk": desk, "procedure": procedure.id, "start_at": days.start_at, "end_at": days.end_at, "now": now
    }  # fmt: skip
    turns = turns_of(session, procedure, asked)
    ended, leads = _cases(session, asked)
    total = sum(ended.values())
    return ProcedureFigures(
        procedure=procedure,
        days=days,
        cases=total,
        open=ended.pop(None, 0),
        ends={end: count for end, count in ended.items() if end is not None},
        median=middle(leads),
        p90=ninetieth(leads),
        went_round=len(turns.repeating),
        steps=tuple(_of_step(procedure, step, turns.of(step)) for step in procedure.steps),
        loops=tuple(_loops(procedure, turns)),
    )


_ENDED = CASES.c.ended_at.is_not(None)


def _cases(session: Session, asked: Mapping[str, Any]) -> tuple[dict[str | None, int], Numbers]:
    """Return how many cases came to each end (None: to none yet), and how long those that ended took, the shortest first."""
    found = select(
        CASES.c.ended, func.count().label("cases"), *listing(session, _ENDED, CASES.c.begun_at, CASES.c.ended_at)
    ).where(ASKED).group_by(CASES.c.ended)  # fmt: skip
    ended: dict[str | None, int] = {}
    leads = [np.empty(0, dtype=np.int64)]
    for row in session.execute(found, asked):
        ended[row.ended] = row.cases
        leads.append(instants(row[3]) - instants(row[2]))
    return ended, np.sort(np.concatenate(leads))


def _of_step(procedure: Procedure, step: Step, one: StepTurns) -> StepFigures:
    took = one.took
    return StepFigures(
        step=step,
        role=procedure.actor(step),
        done=len(took),
        median=middle(took),
        p90=ninetieth(took),
        late=one.late,
        overdue=timedelta(microseconds=one.overdue),
        open=one.open,
        passed=one.passed,
        again=one.again,
        ways=dict(+one.ways),  # those that were taken
    )


def _loops(procedure: Procedure, turns: Turns) -> Iterable[Loop]:
    order = {step.id: at for at, step in enumerate(procedure.steps)}
    found = []
    for step in procedure.steps:
        for outcome in step.outcomes:
            back = [place for place in outcome.to if order.get(place, len(order)) <= order[step.id]]
            if back and step.decides:
                steps = tuple(procedure.steps[order[place]] for place in back)
                taken = turns.of(step).ways[outcome.id]
                found.append(Loop(step=step, outcome=outcome.id, to=steps, taken=taken))
    return sorted(found, key=lambda loop: -loop.taken)
