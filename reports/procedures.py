"""The figures of many cases: how long each step took against its standard, what is late, where cases go round, how they end.

Of the cases that began in some days, as they stand now; tickets that were spam or became part of another are left out, as in every report.
The database counts and lists; how long a step took only the desk's own hours say, so that is counted here, for all turns of one
revision at once (`lengths`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Select, String, and_, bindparam, cast, func, select
from sqlmodel import Session

from procedures.cases.step_clock import STEP
from procedures.cases.tables import Case, CaseTurn
from procedures.cases.turns import DROPPED
from procedures.definition.procedure import SKIPPED, Procedure, Step
from reports.indicators import many
from reports.lengths import Numbers, Runs, all_counted, middle, ninetieth
from reports.listing import instants, listed, listing
from reports.periods import Days
from reports.rows import COUNTED, Reckoning
from tickets.hours import Span
from tickets.tables import Clock, Ticket

_CASES = Case.__table__  # type: ignore[attr-defined]
_TURNS = CaseTurn.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_NOT_COUNTED = select(_TICKETS.c.number).where(_TICKETS.c.desk == bindparam("desk"), ~COUNTED)
_ASKED = and_(
    _CASES.c.desk == bindparam("desk"), _CASES.c.procedure == bindparam("procedure"),
    _CASES.c.begun_at >= bindparam("start_at"), _CASES.c.begun_at < bindparam("end_at"),
    _CASES.c.ticket.not_in(_NOT_COUNTED),
)  # fmt: skip
_OF_TURNS = _CASES.join(_TURNS, _TURNS.c.case == _CASES.c.id)
_IS_DONE = and_(_TURNS.c.ended_at.is_not(None), _TURNS.c.outcome.not_in((SKIPPED, DROPPED)))
_IS_OPEN = and_(_TURNS.c.begun_at.is_not(None), _TURNS.c.ended_at.is_(None))
_AS_PROMISED = Span.parse("1h")  # whose length nobody asks: how it counts is what matters
_PLAIN = Span.parse("1h", "calendar")


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


@dataclass(kw_only=True)
class _Sum:
    """What the turns of one step have come to."""

    open: int = 0
    passed: int = 0
    again: int = 0
    late: int = 0
    overdue: int = 0  # microseconds
    took: list[Numbers] = field(default_factory=list)
    ways: Counter[str] = field(default_factory=Counter)


def procedure_figures(
    session: Session, procedure: Procedure, *, desk: str, days: Days, now: datetime
) -> ProcedureFigures:
    """Measure the cases of a procedure that began in some days, as they stand now.

    What was done in steps that its newest version does not have is in no step's figures.
    """
    asked = {
        "desk": desk, "procedure": procedure.id, "start_at": days.start_at, "end_at": days.end_at, "now": now
    }  # fmt: skip
    sums = _turns(session, procedure, asked, Reckoning(session, now=now))
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
        went_round=session.execute(_ROUND, asked).scalar_one(),
        steps=tuple(_of_step(procedure, step, sums[step.id]) for step in procedure.steps),
        loops=tuple(_loops(procedure, sums)),
    )


_ENDED = _CASES.c.ended_at.is_not(None)
_ROUND = select(func.count(_TURNS.c.case.distinct())).select_from(_OF_TURNS).where(_ASKED, _TURNS.c.round > 1)


def _cases(session: Session, asked: Mapping[str, Any]) -> tuple[dict[str | None, int], Numbers]:
    """Return how many cases came to each end (None: to none yet), and how long those that ended took, the shortest first."""
    found = select(
        _CASES.c.ended, func.count().label("cases"), *listing(session, _ENDED, _CASES.c.begun_at, _CASES.c.ended_at)
    ).where(_ASKED).group_by(_CASES.c.ended)  # fmt: skip
    ended: dict[str | None, int] = {}
    leads = [np.empty(0, dtype=np.int64)]
    for row in session.execute(found, asked):
        ended[row.ended] = row.cases
        leads.append(instants(row[3]) - instants(row[2]))
    return ended, np.sort(np.concatenate(leads))


def _turns(
    session: Session, procedure: Procedure, asked: Mapping[str, Any], reckoning: Reckoning
) -> Mapping[str, _Sum]:
    sums: defaultdict[str, _Sum] = defaultdict(_Sum)
    for row in session.execute(_counted(session), asked):
        one = sums[row.step]
        one.open += row.open
        one.passed += row.passed
        one.again += row.again
        one.ways.update({row.outcome: row.done} if row.done else {})
        if row.done:
            span = _counts(procedure.step(row.step))
            runs = Runs(starts=listed(row[-2]), ends=listed(row[-1]), pauses=())
            terms = reckoning.terms_of(asked["desk"], row.revision)
            one.took.append(all_counted(terms, span, runs))
    for row in session.execute(_late(session), asked):
        one = sums[row.step]
        runs = Runs(starts=listed(row[-2]), ends=listed(row[-1]), pauses=())
        span = _counts(procedure.step(row.step))
        one.late += row.late
        one.overdue += int(all_counted(reckoning.terms_of(asked["desk"], row.revision), span, runs).sum())
    return sums


def _counted(session: Session) -> Select[Any]:
    """Ask how many turns of each step there are of each kind, and list when those that are done ran."""
    key = (_CASES.c.revision, _TURNS.c.step, _TURNS.c.outcome)
    return (
        select(
            *key, many(_IS_DONE).label("done"), many(_IS_OPEN).label("open"),
            many(_TURNS.c.outcome == SKIPPED).label("passed"), many(_TURNS.c.round > 1).label("again"),
            *listing(session, _IS_DONE, _TURNS.c.begun_at, _TURNS.c.ended_at),
        )
        .select_from(_OF_TURNS)
        .where(_ASKED)
        .group_by(*key)
    )  # fmt: skip


def _late(session: Session) -> Select[Any]:
    """Ask which turns were over their standard, and list from when to when; what is still open, until now."""
    subject = cast(_TURNS.c.case, String) + "/" + _TURNS.c.step
    of_clocks = _OF_TURNS.join(
        _CLOCKS,
        and_(
            _CLOCKS.c.ticket == _CASES.c.ticket, _CLOCKS.c.kind == STEP, _CLOCKS.c.subject == subject,
            _CLOCKS.c.cycle == _TURNS.c.round,
        ),
    )  # fmt: skip
    now = bindparam("now", type_=_TURNS.c.ended_at.type)
    until = func.coalesce(_TURNS.c.ended_at, now, type_=_TURNS.c.ended_at.type)
    key = (_CASES.c.revision, _TURNS.c.step)
    return (
        select(*key, func.count().label("late"), *listing(session, None, _CLOCKS.c.due_at, until))
        .select_from(of_clocks)
        .where(_ASKED, _IS_DONE | _IS_OPEN, until > _CLOCKS.c.due_at)
        .group_by(*key)
    )


def _counts(step: Step | None) -> Span:
    """Return how the length of a step is counted: as its standard, else as plain time."""
    within = step.standard.within if step and step.standard else None
    return _AS_PROMISED if within is not None and within.counts == "operating" else _PLAIN


def _of_step(procedure: Procedure, step: Step, one: _Sum) -> StepFigures:
    took = np.sort(np.concatenate([np.empty(0, dtype=np.int64), *one.took]))
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
        ways=dict(one.ways),
    )


def _loops(procedure: Procedure, sums: Mapping[str, _Sum]) -> Iterable[Loop]:
    order = {step.id: at for at, step in enumerate(procedure.steps)}
    found = []
    for step in procedure.steps:
        for outcome in step.outcomes:
            back = [place for place in outcome.to if order.get(place, len(order)) <= order[step.id]]
            if back and step.decides:
                steps = tuple(procedure.steps[order[place]] for place in back)
                taken = sums[step.id].ways[outcome.id]
                found.append(Loop(step=step, outcome=outcome.id, to=steps, taken=taken))
    return sorted(found, key=lambda loop: -loop.taken)
