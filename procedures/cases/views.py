"""Cases as they are read: for pages and programs."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from procedures.cases.rows import CaseNow, case_from
from procedures.cases.step_clock import STEP, subject_of
from procedures.cases.tables import Case, CaseTurn
from tickets.clocks import ClockState
from tickets.ledger.events import clock_from
from tickets.tables import Clock

_CASES = Case.__table__  # type: ignore[attr-defined]
_TURNS = CaseTurn.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case with the clocks of its steps."""

    case: CaseNow
    clocks: Mapping[tuple[str, int], ClockState]  # by step and round; a step without a standard has none

    @property
    def desk(self) -> str:
        return self.case.desk


def case(session: Session, id: int) -> CaseView | None:  # noqa: A002  the column
    """Return a case; None if there is none of that number."""
    row = session.execute(select(_CASES).where(_CASES.c.id == id)).one_or_none()
    if row is None:
        return None
    turns = session.execute(select(_TURNS).where(_TURNS.c.case == id).order_by(_TURNS.c.place)).all()
    found = case_from(row, turns)
    clocks = session.execute(select(_CLOCKS).where(_CLOCKS.c.ticket == found.ticket, _CLOCKS.c.kind == STEP))
    states = {(each.subject, each.cycle): clock_from(each) for each in clocks}
    return CaseView(
        case=found,
        clocks={
            (turn.step, turn.round): state
            for turn in found.turns
            if (state := states.get((subject_of(id, turn.step), turn.round))) is not None
        },
    )


def newest_of(session: Session, ticket: int) -> int | None:
    """Return the id of a ticket's newest case that no other has begun."""
    return session.scalar(
        select(_CASES.c.id)
        .where(_CASES.c.ticket == ticket, _CASES.c.parent.is_(None))
        .order_by(_CASES.c.id.desc())
        .limit(1)
    )


def cases_of(session: Session, ticket: int) -> tuple[CaseNow, ...]:
    """Return the cases of a ticket, the newest first."""
    rows = session.execute(select(_CASES).where(_CASES.c.ticket == ticket).order_by(_CASES.c.id.desc())).all()
    if not rows:
        return ()
    found = session.execute(
        select(_TURNS).where(_TURNS.c.case.in_([row.id for row in rows])).order_by(_TURNS.c.place)
    ).all()
    return tuple(case_from(row, [turn for turn in found if turn.case == row.id]) for row in rows)
