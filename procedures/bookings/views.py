"""Bookings as they are read: for pages, programs and the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlmodel import Session

from procedures.bookings.rows import BookingNow, State, booking_from
from procedures.bookings.tables import Booking
from procedures.cases.tables import Case
from tickets.tables import Contact, Ticket

_BOOKINGS = Booking.__table__  # type: ignore[attr-defined]
_CASES = Case.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CONTACTS = Contact.__table__  # type: ignore[attr-defined]
MOST = 2_000  # in one answer


@dataclass(frozen=True, kw_only=True)
class Booked:
    """A booking, for whom it is, and by which procedure."""

    booking: BookingNow
    contact: str | None
    procedure: str | None
    revision: int | None  # of the desk's files, under which its case runs


def between(
    session: Session, desk: str, since: datetime, until: datetime, *, resources: Sequence[str] = (),
    cancelled: bool = False, changed_since: datetime | None = None, most: int = MOST,
) -> list[Booked]:  # fmt: skip
    """Return what is booked at any time between two instants, the earliest first; of some resources, or of all.

    What is cancelled is left out unless it is asked for: all of it, or what was changed since.
    """
    wanted = _booked().where(
        _BOOKINGS.c.desk == desk, _BOOKINGS.c.starts_at < until, _BOOKINGS.c.ends_at > since
    )
    if resources:
        wanted = wanted.where(_BOOKINGS.c.resource.in_(resources))
    if not cancelled:
        stands = _BOOKINGS.c.state != State.CANCELLED
        recent = [_BOOKINGS.c.changed_at >= changed_since] if changed_since is not None else []
        wanted = wanted.where(or_(stands, *recent))
    rows = session.execute(wanted.order_by(_BOOKINGS.c.starts_at, _BOOKINGS.c.id).limit(most))
    return [_from(row) for row in rows]


def of_cases(session: Session, cases: Sequence[int]) -> list[BookingNow]:
    """Return what is booked for some cases, also what is cancelled, the earliest made first."""
    if not cases:
        return []
    rows = session.execute(select(_BOOKINGS).where(_BOOKINGS.c.case.in_(cases)).order_by(_BOOKINGS.c.id))
    return [booking_from(row._asdict()) for row in rows]


def one(session: Session, id: int) -> Booked | None:  # noqa: A002  the column
    """Return a booking; None if there is none of that number."""
    row = session.execute(_booked().where(_BOOKINGS.c.id == id)).one_or_none()
    return None if row is None else _from(row)


def newest_of(session: Session, desk: str, by: str) -> int | None:
    """Return the id of what an actor has booked last at a desk."""
    mine = select(_BOOKINGS.c.id).where(_BOOKINGS.c.desk == desk, _BOOKINGS.c.booked_by == by)
    return session.scalar(mine.order_by(_BOOKINGS.c.id.desc()).limit(1))


def _booked() -> Select[tuple[object, ...]]:
    return (
        select(_BOOKINGS, _CONTACTS.c.name.label("contact"), _CASES.c.procedure, _CASES.c.revision)
        .select_from(
            _BOOKINGS.outerjoin(_CASES, _CASES.c.id == _BOOKINGS.c.case)
            .outerjoin(_TICKETS, _TICKETS.c.number == _BOOKINGS.c.ticket)
            .outerjoin(_CONTACTS, _CONTACTS.c.id == _TICKETS.c.contact)
        )
    )  # fmt: skip


def _from(row: object) -> Booked:
    fields = row._asdict()  # type: ignore[attr-defined]
    names = {name: fields.pop(name) for name in ("contact", "procedure", "revision")}
    return Booked(booking=booking_from(fields), **names)
