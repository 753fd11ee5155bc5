"""The tags of tickets, and those that a desk uses."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlmodel import Session

from tickets.tables import Ticket, TicketTag

_TAGS = TicketTag.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]


def tags_of(session: Session, numbers: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the tags of each ticket, in the order of the alphabet."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    if numbers:
        rows = session.execute(select(_TAGS).where(_TAGS.c.ticket.in_(numbers)).order_by(_TAGS.c.tag))
        for row in rows:
            found[row.ticket] += (row.tag,)
    return found


def tags_in_use(session: Session, desks: frozenset[str] | None) -> tuple[str, ...]:
    """Return the tags that tickets of these desks have."""
    statement = select(_TAGS.c.tag).distinct().order_by(_TAGS.c.tag)
    if desks is not None:
        statement = statement.join(_TICKETS, _TICKETS.c.number == _TAGS.c.ticket).where(
            _TICKETS.c.desk.in_(desks)
        )
    return tuple(session.execute(statement).scalars())
