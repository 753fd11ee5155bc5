"""The people of the desks."""

from sqlalchemy import select
from sqlmodel import Session

from tickets.staff import StaffNow, staff_from
from tickets.tables import Staff

_STAFF = Staff.__table__  # type: ignore[attr-defined]


def posts_of(session: Session, email: str) -> tuple[StaffNow, ...]:
    """Return where the owner of a mailbox works now."""
    statement = select(_STAFF).where(_STAFF.c.email == email, _STAFF.c.disabled_at.is_(None))
    return tuple(staff_from(row) for row in session.execute(statement.order_by(_STAFF.c.desk)))


def colleagues(session: Session, desks: frozenset[str] | None = None) -> tuple[StaffNow, ...]:
    """Return everybody who works at these desks now, by desk and name."""
    statement = select(_STAFF).where(_STAFF.c.disabled_at.is_(None)).order_by(_STAFF.c.desk, _STAFF.c.name)
    if desks is not None:
        statement = statement.where(_STAFF.c.desk.in_(desks))
    return tuple(staff_from(row) for row in session.execute(statement))
