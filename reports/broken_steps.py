"""What the steps of procedures are called whose time ran out: a clock knows no more than the case and the step's id."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from procedures.cases.step_clock import STEP
from procedures.cases.tables import Case
from procedures.definition.procedure import Procedure
from reports.labels import Labels
from reports.reckoning import Promise

_CASES: Any = Case.__table__  # type: ignore[attr-defined]
_AT_ONCE = 500

Steps = Mapping[str, tuple[str, str]]  # by the subject of a step's clock: its procedure's name, and its own


def steps_of(session: Session, promises: Iterable[Promise], procedures: Sequence[Procedure]) -> Steps:
    """Return what the steps among some promises are called, as the desk has its procedures now."""
    subjects = sorted({each.subject for each in promises if each.kind == STEP})
    of_cases = _procedures_of(session, sorted({_case(each) for each in subjects}))
    known = {each.id: each for each in procedures}
    return {
        subject: _named(known.get(of_cases[_case(subject)]), of_cases[_case(subject)], subject)
        for subject in subjects
        if _case(subject) in of_cases
    }


def promise_name(promise: Promise, steps: Steps, labels: Labels) -> str:
    """Return what a promise is called; of a step, of which procedure, and what is to be done in it."""
    found = steps.get(promise.subject) if promise.kind == STEP else None
    if found is None:
        return labels.promise(promise.kind)
    procedure, step = found
    return labels("step_of", procedure=procedure, step=step)


def _procedures_of(session: Session, cases: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(cases), _AT_ONCE):
        some = _CASES.c.id.in_(cases[start : start + _AT_ONCE])
        found |= {
            row.id: row.procedure
            for row in session.execute(select(_CASES.c.id, _CASES.c.procedure).where(some))
        }
    return found


def _case(subject: str) -> int:
    return int(subject.partition("/")[0])


def _named(procedure: Procedure | None, id_: str, subject: str) -> tuple[str, str]:
    """Return the names; ids where the desk has that procedure, or that step of it, no longer."""
    step = subject.partition("/")[2]
    found = None if procedure is None else procedure.step(step)
    return (
        id_ if procedure is None else procedure.name,
        step if found is None else f"{found.number}. {found.does}",
    )
