"""What a supervisor has to verify: solved tickets, the drawn ones first, and whose work each of them is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlmodel import Session

from tickets.actor import Actor, Kind
from tickets.tables import Event, Ticket, VerificationDraw
from tickets.views.queue import ticket_views
from tickets.views.ticket_values import TicketView

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_DRAWS = VerificationDraw.__table__  # type: ignore[attr-defined]
_DRAWN = exists().where(
    _DRAWS.c.ticket == _TICKETS.c.number, _DRAWS.c.cycle == _TICKETS.c.cycle, _DRAWS.c.drawn
)


@dataclass(frozen=True, kw_only=True)
class ToVerify:
    ticket: TicketView
    drawn: bool  # only a person closes it
    solved_by: str | None  # actor

    def is_work_of(self, somebody: Actor) -> bool:
        """Whether they hold or solved it: then somebody else verifies it."""
        return somebody.kind is Kind.STAFF and (
            somebody.id == self.ticket.assignee or somebody.key == self.solved_by
        )


def to_verify(session: Session, desks: Collection[str], *, limit: int) -> tuple[ToVerify, ...]:
    """Return the solved tickets of these desks, those of the sample first, then by number."""
    rows = session.execute(
        select(_TICKETS, _DRAWN.label("drawn"))
        .where(_TICKETS.c.desk.in_(desks), _TICKETS.c.status == "solved")
        .order_by(_DRAWN.desc(), _TICKETS.c.number)
        .limit(limit)
    ).all()
    solvers = _solvers(session, [row.number for row in rows])
    return tuple(
        ToVerify(ticket=ticket, drawn=bool(row.drawn), solved_by=solvers.get(row.number))
        for row, ticket in zip(rows, ticket_views(session, rows), strict=True)
    )


def _solvers(session: Session, numbers: Sequence[int]) -> dict[int, str | None]:
    last = (
        select(func.max(_EVENTS.c.id))
        .where(_EVENTS.c.ticket.in_(numbers), _EVENTS.c.kind == "ticket.solved")
        .group_by(_EVENTS.c.ticket)
    )
    found = session.execute(select(_EVENTS.c.ticket, _EVENTS.c.actor).where(_EVENTS.c.id.in_(last)))
    return {row.ticket: row.actor for row in found}
