"""The cases of a procedure that are under way: where each stands, and until when. For pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, and_, func, select
from sqlmodel import Session

from procedures.cases.awaited import due_of_steps
from procedures.cases.step_clock import subject_of
from procedures.cases.tables import Case, CaseTurn
from tickets.lifecycle import Status
from tickets.tables import Contact, Ticket

_CASES = Case.__table__  # type: ignore[attr-defined]
_TURNS = CaseTurn.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
# A ticket is not closed while a case of it runs: the few that are open lead to the cases, however many are over.
_OPEN = tuple(each.value for each in Status if each is not Status.CLOSED)


@dataclass(frozen=True, kw_only=True)
class Stand:
    """A step that a case stands at."""

    step: str
    round: int
    due_at: datetime | None  # None: it has no time standard


@dataclass(frozen=True, kw_only=True)
class UnderWay:
    """A case that is not over."""

    case: int
    ticket: int
    requester: str | None
    begun_at: datetime
    stands: tuple[Stand, ...]  # in the order in which the steps began


def under_way(session: Session, desk: str, procedure: str, *, most: int) -> tuple[UnderWay, ...]:
    """Return the cases of a procedure that are not over, those that have run longest first; `most` at most."""
    cases = session.execute(
        select(
            _CASES.c.id, _CASES.c.ticket, _CASES.c.begun_at,
            func.coalesce(_CONTACTS.c.identity_name, _CONTACTS.c.name).label("requester"),
        )
        .join(_TICKETS, _TICKETS.c.number == _CASES.c.ticket)
        .join(_CONTACTS, _CONTACTS.c.id == _TICKETS.c.contact)
        .where(
            _TICKETS.c.desk == desk, _TICKETS.c.status.in_(_OPEN),
            _CASES.c.procedure == procedure, _CASES.c.ended.is_(None),
        )
        .order_by(_CASES.c.id)
        .limit(most)
    ).all()  # fmt: skip
    turns = _open_turns(session, [each.id for each in cases])
    due = due_of_steps(session, [each.ticket for each in cases])
    return tuple(
        UnderWay(
            case=each.id, ticket=each.ticket, requester=each.requester, begun_at=each.begun_at,
            stands=tuple(
                Stand(step=turn.step, round=turn.round, due_at=due.get((subject_of(each.id, turn.step), turn.round)))
                for turn in turns
                if turn.case == each.id
            ),
        )
        for each in cases
    )  # fmt: skip


def _open_turns(session: Session, cases: Sequence[int]) -> Sequence[Row[tuple[int, str, int]]]:
    is_open = and_(_TURNS.c.begun_at.is_not(None), _TURNS.c.ended_at.is_(None))
    return session.execute(
        select(_TURNS.c.case, _TURNS.c.step, _TURNS.c.round)
        .where(_TURNS.c.case.in_(cases), is_open)
        .order_by(_TURNS.c.case, _TURNS.c.place)
    ).all()
