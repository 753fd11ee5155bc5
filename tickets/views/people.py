"""The people of the desks: who they are, who is here, how much they have to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from tickets import absences
from tickets.assignment import Candidate, Nobody, Way, choose
from tickets.desk import Desk
from tickets.lines import accepts, load_seen, on_line, unheld_seen
from tickets.presence import AbsenceNow, away_at
from tickets.staff import StaffNow, staff_from
from tickets.tables import Staff

_STAFF = Staff.__table__  # type: ignore[attr-defined]
_DESKS: Any = bindparam("desks", expanding=True)
_WORKING = select(_STAFF).where(_STAFF.c.disabled_at.is_(None))
_POSTS = _WORKING.where(_STAFF.c.email == bindparam("email")).order_by(_STAFF.c.desk)
_EVERYBODY = _WORKING.order_by(_STAFF.c.desk, _STAFF.c.name)
_EVER = select(_STAFF.c.id, _STAFF.c.name).where(_STAFF.c.desk == bindparam("desk"))
_COLLEAGUES = _EVERYBODY.where(_STAFF.c.desk.in_(_DESKS))


def posts_of(session: Session, email: str) -> tuple[StaffNow, ...]:
    """Return where the owner of a mailbox works now."""
    return tuple(map(staff_from, session.execute(_POSTS, {"email": email})))


def colleagues(session: Session, desks: frozenset[str] | None = None) -> tuple[StaffNow, ...]:
    """Return everybody who works at these desks now, by desk and name."""
    found = session.execute(_EVERYBODY) if desks is None else session.execute(_COLLEAGUES, {"desks": desks})
    return tuple(map(staff_from, found))


def names_ever(session: Session, desk: str) -> dict[str, str]:
    """Return the names of all who ever worked at a desk, by id: what is past names people who are gone, too."""
    return {row.id: row.name for row in session.execute(_EVER, {"desk": desk})}


@dataclass(frozen=True, kw_only=True)
class AtWork:
    """Somebody of a desk: whether they are here, and how much they have to do."""

    person: StaffNow
    teams: tuple[str, ...]  # ids
    load: int  # tickets to work on now
    capacity: int
    away: AbsenceNow | None  # what keeps them away now
    planned: tuple[AbsenceNow, ...]  # what is still to come, the next first


@dataclass(frozen=True, kw_only=True)
class LineAtWork:
    """What waits on a line for somebody to hold it."""

    team: str | None  # None: the first line
    way: Way
    unheld: int
    why: Nobody | None  # why nobody gets it; None: somebody could, now


def at_work(session: Session, desk: Desk, *, now: datetime) -> tuple[AtWork, ...]:
    """Return the people of a desk by name, with load and presence."""
    everybody = absences.seen(session, frozenset({desk.slug}))
    away = away_at(everybody, now)
    loads = load_seen(session, desk.slug)
    return tuple(
        AtWork(
            person=person, teams=(teams := tuple(team.id for team in desk.teams if person.id in team.members)),
            load=loads[person.id], capacity=desk.capacity_of(person.id, teams[0] if teams else None),
            away=away.get(person.id),
            planned=tuple(each for each in everybody if each.staff == person.id and each.since > now),
        )
        for person in colleagues(session, frozenset({desk.slug}))
    )  # fmt: skip


def lines_at_work(
    session: Session, desk: Desk, people: Sequence[AtWork], *, now: datetime
) -> tuple[LineAtWork, ...]:
    """Return each line of a desk with what waits there, and why it does."""
    waiting = unheld_seen(session, desk.slug)
    found = []
    for team in (None, *(team.id for team in desk.teams)):
        on_it = {person.id for person in on_line((each.person for each in people), desk, team)}
        candidates = [
            Candidate(
                id=each.person.id, capacity=desk.capacity_of(each.person.id, team), load=each.load,
                present=each.away is None,
            )
            for each in people
            if each.person.id in on_it
        ]  # fmt: skip
        way = desk.assignment_of(team).way
        next_one = choose(candidates, way, is_open=accepts(desk, team, now))
        why = next_one if isinstance(next_one, Nobody) else None
        found.append(LineAtWork(team=team, way=way, unheld=waiting.get(team, 0), why=why))
    return tuple(found)
