"""What is new to whoever looks: tickets whose contact has written since they looked last."""

from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from tickets.tables import SeenTicket

_SEEN = SeenTicket.__table__  # type: ignore[attr-defined]
_UP_TO = (
    select(_SEEN.c.ticket, func.max(_SEEN.c.message))
    .where(
        _SEEN.c.by.in_(bindparam("by", expanding=True)),
        _SEEN.c.ticket.in_(bindparam("tickets", expanding=True)),
    )
    .group_by(_SEEN.c.ticket)
)


def unseen(session: Session, said: Mapping[int, int], *, by: Collection[str]) -> frozenset[int]:
    """Return the tickets that none of these, who are one person, has seen since; `said` is the contact's newest message."""
    seen = {row[0]: row[1] for row in session.execute(_UP_TO, {"by": list(by), "tickets": list(said)})}
    return frozenset(ticket for ticket, message in said.items() if message > seen.get(ticket, 0))
