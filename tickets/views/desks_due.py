"""At which desks something is to be done now: asked for all of them at once, so that the others cost the writer nothing."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlmodel import Session

from tickets.lines import TO_WORK_ON, UNHELD
from tickets.presence import Away
from tickets.tables import Absence, Ticket

_ABSENCES = Absence.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_ASKED_TOGETHER = 1000  # desks


def with_unheld(session: Session, desks: Collection[str]) -> set[str]:
    """Return those of the desks at which tickets wait that nobody holds."""
    return _among(session, desks, select(_TICKETS.c.desk).where(TO_WORK_ON, UNHELD))


def with_solved(session: Session, desks: Collection[str], *, until: datetime) -> set[str]:
    """Return those of the desks at which a ticket was solved at this instant or before, and is not closed."""
    solved = select(_TICKETS.c.desk).where(_TICKETS.c.status == "solved", _TICKETS.c.solved_at <= until)
    return _among(session, desks, solved)


def with_absences_due(session: Session, *, now: datetime) -> set[str]:
    """Return the desks at which an absence begins or is over, or somebody absent has not handed over what they hold."""
    begins = _ABSENCES.c.began_at.is_(None)
    hands_over = and_(_ABSENCES.c.kind == str(Away.OUT_OF_OFFICE), _ABSENCES.c.handed_at.is_(None))
    due = or_(_ABSENCES.c.until <= now, and_(_ABSENCES.c.since <= now, or_(begins, hands_over)))
    return set(
        session.execute(select(_ABSENCES.c.desk).distinct().where(_ABSENCES.c.ended_at.is_(None), due)).scalars()
    )  # fmt: skip


def _among(session: Session, desks: Collection[str], asked: Select[tuple[str]]) -> set[str]:
    found: set[str] = set()
    for some in _portions(sorted(desks)):
        found |= set(session.execute(asked.where(_TICKETS.c.desk.in_(some)).distinct()).scalars())
    return found


def _portions(desks: list[str]) -> Iterator[Iterable[str]]:
    for start in range(0, len(desks), _ASKED_TOGETHER):
        yield desks[start : start + _ASKED_TOGETHER]
