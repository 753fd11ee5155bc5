"""What the turns of a procedure's steps have come to, over all cases that began in some days.

How long a turn took and how late it was was counted when it ended, and is kept with it, so that the database lists and sums up. Counted
here, for all of one revision at once (`lengths`), is only what is kept of none: how late turns are that are still open, and
whatever ended before lengths were kept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Row, Select, String, and_, bindparam, cast, func, select
from sqlalchemy.sql.functions import aggregate_strings
from sqlmodel import Session

from procedures.cases.lengths import counts
from procedures.cases.step_clock import STEP
from procedures.cases.tables import Case, CaseTurn
from procedures.cases.turns import DROPPED
from procedures.definition.procedure import DONE, SKIPPED, Procedure, Step
from reports.counted import COUNTED
from reports.indicators import many
from reports.lengths import Numbers, Runs, all_counted
from reports.listing import gathering, listed, listing
from reports.reckoning import Reckoning
from tickets.tables import Clock, Ticket

CASES = Case.__table__  # type: ignore[attr-defined]
_TURNS = CaseTurn.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_NOT_COUNTED = select(_TICKETS.c.number).where(_TICKETS.c.desk == bindparam("desk"), ~COUNTED)
# What is asked: of a desk's cases those that began in some days, of every procedure or of one, as they stand `now`.
BEGUN = and_(
    CASES.c.desk == bindparam("desk"), CASES.c.begun_at >= bindparam("start_at"),
    CASES.c.begun_at < bindparam("end_at"), CASES.c.ticket.not_in(_NOT_COUNTED),
)  # fmt: skip
ASKED = and_(BEGUN, CASES.c.procedure == bindparam("procedure"))
_OF_TURNS = CASES.join(_TURNS, _TURNS.c.case == CASES.c.id)
_IS_DONE = and_(_TURNS.c.ended_at.is_not(None), _TURNS.c.outcome.not_in((SKIPPED, DROPPED)))
_IS_OPEN = and_(CASES.c.ended_at.is_(None), _TURNS.c.begun_at.is_not(None), _TURNS.c.ended_at.is_(None))
_FROM_TO = ("starts", "ends")
_NOT_KEPT = and_(_IS_DONE, _TURNS.c.took.is_(None))


@dataclass(kw_only=True)
class StepTurns:
    """What the turns of one step have come to."""

    open: int = 0
    passed: int = 0
    again: int = 0
    late: int = 0
    overdue: int = 0  # microseconds
    lengths: list[Numbers] = field(default_factory=list)  # of those that are done, microseconds
    ways: Counter[str] = field(default_factory=Counter)

    @property
    def took(self) -> Numbers:
        """Return how long each took, the shortest first."""
        return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *self.lengths]))


@dataclass(frozen=True, kw_only=True)
class Turns:
    of_steps: Mapping[str, StepTurns]
    repeating: frozenset[int]  # cases in which some step was done again

    def of(self, step: Step) -> StepTurns:
        return self.of_steps.get(step.id) or StepTurns()


def turns_of(session: Session, procedure: Procedure, asked: Mapping[str, Any]) -> Turns:
    """Sum up the turns of what is `asked` (see `ASKED`)."""
    sums: defaultdict[str, StepTurns] = defaultdict(StepTurns)
    _add_kept(session, asked, sums)
    repeating: set[int] = set()
    not_kept = 0
    for row in session.execute(_unusual(session), asked):
        one = sums[row.step]
        one.open += row.open
        one.passed += row.passed
        one.again += row.again
        one.late += row.late
        one.overdue += int(row.overdue or 0)
        if row.kept and row.outcome != DONE:
            one.ways.update({row.outcome: row.kept, DONE: -row.kept})
        repeating.update(listed(row.repeating))
        not_kept += row.not_kept
    reckoning = Reckoning(session, now=asked["now"])
    _add_late(session, _IS_OPEN, procedure, asked, reckoning, sums)
    if not_kept:
        _add_late(session, _NOT_KEPT, procedure, asked, reckoning, sums)
        _add_lengths(session, procedure, asked, reckoning, sums)
    return Turns(of_steps=sums, repeating=frozenset(repeating))


# A database sorts a million turns into groups for longer than it reads them: it lists them, and the sorting is done here.
_KEPT = (
    select(
        aggregate_strings(_TURNS.c.step, ",").label("steps"),
        aggregate_strings(cast(_TURNS.c.took, String), ",").label("took"),
    )
    .select_from(_OF_TURNS)
    .where(ASKED, _TURNS.c.took.is_not(None))
)


def _add_kept(session: Session, asked: Mapping[str, Any], sums: Mapping[str, StepTurns]) -> None:
    """Add how long turns took of which it is kept; as if all of them had simply been done."""
    found = session.execute(_KEPT, asked).one()
    if found.took is None:
        return
    steps = found.steps.split(",")
    numbers = {step: number for number, step in enumerate(dict.fromkeys(steps))}
    of_step = np.fromiter(map(numbers.__getitem__, steps), dtype=np.int64, count=len(steps))
    took = np.fromstring(found.took, dtype=np.int64, sep=",")
    for step, number in numbers.items():
        lengths = took[of_step == number]
        sums[step].lengths.append(lengths)
        sums[step].ways[DONE] += len(lengths)


def _unusual(session: Session) -> Select[Any]:
    """Ask how many turns there are of each kind among those that were not simply done, in time and at once."""
    gathered = gathering(session)
    simply_done = and_(
        _TURNS.c.took.is_not(None), _TURNS.c.late.is_(None), _TURNS.c.round == 1, _TURNS.c.outcome == DONE
    )
    return (
        select(
            _TURNS.c.step, _TURNS.c.outcome, func.count(_TURNS.c.took).label("kept"),
            many(_NOT_KEPT).label("not_kept"), many(_IS_OPEN).label("open"),
            many(_TURNS.c.outcome == SKIPPED).label("passed"), many(_TURNS.c.round > 1).label("again"),
            func.count(_TURNS.c.late).label("late"), func.sum(_TURNS.c.late).label("overdue"),
            gathered(_TURNS.c.case).filter(_TURNS.c.round > 1).label("repeating"),
        )
        .select_from(_OF_TURNS)
        .where(ASKED, ~simply_done)
        .group_by(_TURNS.c.step, _TURNS.c.outcome)
    )  # fmt: skip


def _add_late(
    session: Session, which: ColumnElement[bool], procedure: Procedure, asked: Mapping[str, Any], reckoning: Reckoning,
    sums: Mapping[str, StepTurns],
) -> None:  # fmt: skip
    """Count which turns were over their standard, and by how much; what is still open, until now."""
    for row in session.execute(_late(session, which), asked):
        one = sums[row.step]
        one.late += row.late
        one.overdue += int(_runs(row, procedure, asked, reckoning).sum())


def _add_lengths(
    session: Session, procedure: Procedure, asked: Mapping[str, Any], reckoning: Reckoning,
    sums: Mapping[str, StepTurns],
) -> None:  # fmt: skip
    """Add how long turns took of which it is not kept, and how they ended."""
    key = (CASES.c.revision, _TURNS.c.step, _TURNS.c.outcome)
    asking = select(*key, *_from_to(session, _TURNS.c.begun_at, _TURNS.c.ended_at))
    for row in session.execute(asking.select_from(_OF_TURNS).where(ASKED, _NOT_KEPT).group_by(*key), asked):
        took = _runs(row, procedure, asked, reckoning)
        sums[row.step].lengths.append(took)
        sums[row.step].ways[row.outcome] += len(took)


def _from_to(session: Session, start: Any, end: Any) -> Iterator[Any]:
    return (each.label(name) for each, name in zip(listing(session, None, start, end), _FROM_TO, strict=True))


def _runs(row: Row[Any], procedure: Procedure, asked: Mapping[str, Any], reckoning: Reckoning) -> Numbers:
    """Count the lengths between the instants that a row lists, by the hours of the cases' revision."""
    runs = Runs(starts=listed(row.starts), ends=listed(row.ends), pauses=())
    terms = reckoning.terms_of(asked["desk"], row.revision)
    return all_counted(terms, counts(procedure.step(row.step)), runs)


def _late(session: Session, which: ColumnElement[bool]) -> Select[Any]:
    """Ask which of these turns were over their standard, and list from when to when; what is still open, until now."""
    subject = cast(_TURNS.c.case, String) + "/" + _TURNS.c.step
    of_clocks = _OF_TURNS.join(
        _CLOCKS,
        and_(
            _CLOCKS.c.ticket == CASES.c.ticket, _CLOCKS.c.kind == STEP, _CLOCKS.c.subject == subject,
            _CLOCKS.c.cycle == _TURNS.c.round,
        ),
    )  # fmt: skip
    now = bindparam("now", type_=_TURNS.c.ended_at.type)
    until = func.coalesce(_TURNS.c.ended_at, now, type_=_TURNS.c.ended_at.type)
    key = (CASES.c.revision, _TURNS.c.step)
    return (
        select(*key, func.count().label("late"), *_from_to(session, _CLOCKS.c.due_at, until))
        .select_from(of_clocks)
        .where(ASKED, which, until > _CLOCKS.c.due_at)
        .group_by(*key)
    )
