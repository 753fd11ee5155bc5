"""The steps at which the cases of desks stand, with who has them: what somebody may be waited for. For pages."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlmodel import Session

from procedures.cases.step_clock import STEP, subject_of
from procedures.cases.tables import Case, CaseTurn
from tickets.lifecycle import Status
from tickets.tables import Clock, Contact, Ticket

_CASES = Case.__table__  # type: ignore[attr-defined]
_TURNS = CaseTurn.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
_OPEN = tuple(each.value for each in Status if each is not Status.CLOSED)  # no other has a case that runs


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """A step that a case stands at."""

    desk: str
    ticket: int
    team: str | None  # the second-line team that has the ticket
    case: int
    procedure: str
    revision: int  # of the desk's files, under which the case runs
    step: str
    round: int
    requester: str | None
    holder: str | None  # id of the one person whose turn it is; None: whoever holds the role
    voted: frozenset[str]  # keys of the actors who have voted on it
    begun_at: datetime
    due_at: datetime | None  # None: it has no time standard


def awaited_at(session: Session, desks: Collection[str]) -> tuple[Awaited, ...]:
    """Return the steps at which cases of these desks stand, those that are due first at the front."""
    rows = session.execute(
        select(
            _CASES.c.desk, _CASES.c.ticket, _TICKETS.c.team, _CASES.c.id.label("case"), _CASES.c.procedure, _CASES.c.revision,
            _TURNS.c.step, _TURNS.c.round, _TURNS.c.holder, _TURNS.c.votes, _TURNS.c.begun_at,
            func.coalesce(_CONTACTS.c.identity_name, _CONTACTS.c.name).label("requester"),
        )
        .join(_TICKETS, _TICKETS.c.number == _CASES.c.ticket)
        .join(_CONTACTS, _CONTACTS.c.id == _TICKETS.c.contact)
        .join(_TURNS, and_(_TURNS.c.case == _CASES.c.id, _TURNS.c.begun_at.is_not(None), _TURNS.c.ended_at.is_(None)))
        .where(_TICKETS.c.desk.in_(desks), _TICKETS.c.status.in_(_OPEN), _CASES.c.ended.is_(None))
    ).all()  # fmt: skip
    due = due_of_steps(session, {row.ticket for row in rows})
    found = [
        Awaited(
            desk=row.desk, ticket=row.ticket, team=row.team, case=row.case, procedure=row.procedure, revision=row.revision,
            step=row.step, round=row.round, requester=row.requester, holder=row.holder,
            voted=frozenset(each["by"] for each in row.votes or ()), begun_at=row.begun_at,
            due_at=due.get((subject_of(row.case, row.step), row.round)),
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.due_at is None, each.due_at or each.begun_at)))


def due_of_steps(session: Session, tickets: Collection[int]) -> dict[tuple[str, int], datetime]:
    """Return when each step of these tickets is due, by its clock's subject and cycle."""
    rows = session.execute(
        select(_CLOCKS.c.subject, _CLOCKS.c.cycle, _CLOCKS.c.due_at).where(
            _CLOCKS.c.ticket.in_(tickets), _CLOCKS.c.kind == STEP, _CLOCKS.c.met_at.is_(None)
        )
    )
    return {(row.subject, row.cycle): row.due_at for row in rows}
