"""The tags of tickets, and those that a desk uses."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlmodel import Session

from tickets.tables import Ticket, TicketTag

_TAGS = TicketTag.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_NUMBERS: Any = bindparam("numbers", expanding=True)
_DESKS: Any = bindparam("desks", expanding=True)
_OF_TICKETS = select(_TAGS).where(_TAGS.c.ticket.in_(_NUMBERS)).order_by(_TAGS.c.tag)
# From one tag to the next in the index, so that a tag costs the same however many tickets have it.
_FIRST = select(func.min(_TAGS.c.tag).label("tag")).cte("used", recursive=True)
_NEXT = select(func.min(_TAGS.c.tag)).where(_TAGS.c.tag > _FIRST.c.tag).scalar_subquery()
_USED = _FIRST.union_all(select(_NEXT).where(_FIRST.c.tag.is_not(None)))
_IN_USE = select(_USED.c.tag).where(_USED.c.tag.is_not(None)).order_by(_USED.c.tag)
_IN_USE_AT = _IN_USE.where(
    exists()
    .where(_TAGS.c.tag == _USED.c.tag, _TICKETS.c.number == _TAGS.c.ticket, _TICKETS.c.desk.in_(_DESKS))
    .correlate(_USED)
)


def tags_of(session: Session, numbers: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the tags of each ticket, in the order of the alphabet."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    if numbers:
        for row in session.execute(_OF_TICKETS, {"numbers": numbers}):
            found[row.ticket] += (row.tag,)
    return found


def tags_in_use(session: Session, desks: frozenset[str] | None) -> tuple[str, ...]:
    """Return the tags that tickets of these desks have."""
    found = session.execute(_IN_USE) if desks is None else session.execute(_IN_USE_AT, {"desks": desks})
    return tuple(found.scalars())
