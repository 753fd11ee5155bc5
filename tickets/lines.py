"""The lines of a desk as they stand: who works on the first line and in each team, what they hold, what waits there.

Asked inside the writer's transaction by what gives tickets out, and from a session by what only shows them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, literal_column, or_, select
from sqlmodel import Session

from tickets import absences, staff
from tickets.actor import Actor, Kind, Role
from tickets.assignment import Assignment, Candidate
from tickets.desk import Desk, DeskNow
from tickets.hours import is_open
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.staff import StaffNow
from tickets.tables import Ticket, Turn

ASSIGNMENT = Actor(kind=Kind.SYSTEM, id="assignment")  # gives tickets out where the desk says so

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_TURNS = Turn.__table__  # type: ignore[attr-defined]
_AT_DESK = _TICKETS.c.desk == bindparam("desk")
TO_WORK_ON = and_(
    _TICKETS.c.status.in_((literal_column("'new'"), literal_column("'open'"))),
    _TICKETS.c.snoozed_until.is_(None),
)
_MANY = func.count().label("many")
_HELD = (
    select(_TICKETS.c.assignee.label("staff"), _MANY)
    .where(_AT_DESK, TO_WORK_ON, _TICKETS.c.assignee.is_not(None), _TICKETS.c.team.is_(None))
    .group_by(_TICKETS.c.assignee)
)
_HELD_IN_TEAMS = (
    select(_TICKETS.c.team_holder.label("staff"), _MANY)
    .where(_AT_DESK, TO_WORK_ON, _TICKETS.c.team_holder.is_not(None))
    .group_by(_TICKETS.c.team_holder)
)
# What a person put back to nobody is theirs to hand out.
UNHELD = or_(
    _TICKETS.c.team.is_(None)
    & _TICKETS.c.assignee.is_(None)
    & (_TICKETS.c.assigned_by.is_(None) | (_TICKETS.c.assigned_by == ASSIGNMENT.key)),
    _TICKETS.c.team.is_not(None) & _TICKETS.c.team_holder.is_(None),
)
_UNHELD_BY_LINE = select(_TICKETS.c.team, _MANY).where(_AT_DESK, TO_WORK_ON, UNHELD).group_by(_TICKETS.c.team)
_IN_ORDER = (
    select(_TICKETS.c.number)
    .where(_AT_DESK, TO_WORK_ON, UNHELD)
    .order_by(_TICKETS.c.priority.desc(), _TICKETS.c.created_at, _TICKETS.c.number)
    .limit(bindparam("most"))
)
_HELD_NOW, _HELD_IN_TEAMS_NOW = Prepared(_HELD), Prepared(_HELD_IN_TEAMS)
_UNHELD_FIRST_LINE = Prepared(_IN_ORDER.where(_TICKETS.c.team.is_(None)))
_UNHELD_IN_TEAM = Prepared(_IN_ORDER.where(_TICKETS.c.team == bindparam("team")))
_TURNS_AT_DESK = Prepared(select(_TURNS.c.staff, _TURNS.c.event).where(_TURNS.c.desk == bindparam("desk")))


@dataclass(frozen=True, kw_only=True)
class Line:
    """Who may hold tickets on the first line (`team` is None) or in a team, and how they come by them."""

    team: str | None
    assignment: Assignment
    people: tuple[Candidate, ...]

    @property
    def room(self) -> int:
        return sum(person.capacity - person.load for person in self.people if person.is_free)


def accepts(desk: Desk, team: str | None, at: datetime) -> bool:
    """Say whether a line is given anything at this instant."""
    return not desk.assignment_of(team).only_in_hours or is_open(desk.calendar, at)


def accepts_any(desk: Desk, at: datetime) -> bool:
    """Say whether any line of the desk is given anything at this instant."""
    return any(accepts(desk, team, at) for team in (None, *(team.id for team in desk.teams)))


def on_line(people: Iterable[StaffNow], desk: Desk, team: str | None) -> list[StaffNow]:
    """Return who works on the first line, or in a team. Supervisors look after tickets, they are given none."""
    if team is None:
        return [each for each in people if each.role is Role.AGENT and each.helps is None]
    found = desk.team(team)
    return [each for each in people if found is not None and each.id in found.members]


def line_of(
    tx: Tx, team: str | None, *, desk: DeskNow, at: datetime, without: str | None = None,
    more: Mapping[str, int] | None = None,
) -> Line:  # fmt: skip
    """Return a line as it stands: who is here, what they hold (and `more` that is about to come), whose turn it is."""
    away = absences.away_now(tx, desk.slug, at)
    loads = load_of(tx, desk.slug) + Counter(more or {})
    turns = {row.staff: row.event for row in tx.all(_TURNS_AT_DESK, desk=desk.slug)}
    people = tuple(
        Candidate(
            id=person.id, capacity=desk.desk.capacity_of(person.id, team), load=loads[person.id],
            present=person.id not in away, last_turn=turns.get(person.id, 0),
        )
        for person in on_line(staff.active(tx, desk.slug), desk.desk, team)
        if person.id != without
    )  # fmt: skip
    return Line(team=team, assignment=desk.desk.assignment_of(team), people=people)


def unheld(tx: Tx, desk: str, team: str | None, *, most: int) -> list[int]:
    """Return the tickets on a line that nobody holds, the urgent first, then the old."""
    if team is None:
        rows = tx.all(_UNHELD_FIRST_LINE, desk=desk, most=most)
    else:
        rows = tx.all(_UNHELD_IN_TEAM, desk=desk, team=team, most=most)
    return [row.number for row in rows]


def load_of(tx: Tx, desk: str) -> Counter[str]:
    """Return how many tickets each person has to work on now, on all lines together."""
    return _added(tx.all(_HELD_NOW, desk=desk), tx.all(_HELD_IN_TEAMS_NOW, desk=desk))


def load_seen(session: Session, desk: str) -> Counter[str]:
    """Return the same for whoever only reads."""
    return _added(*(session.execute(each, {"desk": desk}).all() for each in (_HELD, _HELD_IN_TEAMS)))


def unheld_seen(session: Session, desk: str) -> dict[str | None, int]:
    """Return how many tickets nobody holds, by team; None: on the first line."""
    return {row.team: row.many for row in session.execute(_UNHELD_BY_LINE, {"desk": desk})}


def _added(*groups: Iterable[Any]) -> Counter[str]:
    loads: Counter[str] = Counter()
    for rows in groups:
        for row in rows:
            loads[row.staff] += row.many
    return loads
