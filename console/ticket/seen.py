"""Looking at a ticket's page: what was written there is then no longer new to whoever looked."""

from fastapi import Request

from console.doors import Visitor
from console.house import House
from console.mentions import opened
from console.search.kept import owners_of
from console.sight import OUT_OF_SIGHT
from tickets import views
from tickets.actions import seeing
from tickets.message import Direction
from tickets.personal.looks import look
from tickets.views import WholeTicket

_MOST_KNOWN = 10_000  # looks that a process remembers to have written down


async def looked_at(request: Request, house: House, visitor: Visitor, found: WholeTicket) -> Visitor:
    """Write down how far they have read, where that is further than before, and that they know of their mentions."""
    if OUT_OF_SIGHT in request.headers:
        return visitor
    visitor = await opened(house, visitor, found)
    await _looked(house, visitor, found)
    heard = max((each.id for each in found.messages if each.direction == Direction.IN), default=None)
    if heard is None:
        return visitor
    number, by = found.ticket.number, visitor.actor(found.ticket.desk)
    them = owners_of(visitor)
    if await house.ledger.read(lambda session: views.unseen(session, {number: heard}, by=them)):
        await house.ledger.write(lambda tx: seeing.see(tx, number, heard, by=by), name="seen")
    return visitor


async def _looked(house: House, visitor: Visitor, found: WholeTicket) -> None:
    """Write down, once a day, that they have looked at what is kept of this contact."""
    at, ticket = house.clock(), found.ticket
    by = visitor.actor(ticket.desk).key
    about = (ticket.contact.id, by, at.date())
    if about in house.looked:
        return
    await house.ledger.write(
        lambda tx: look(tx, ticket.contact.id, desk=ticket.desk, by=by, at=at), name="looked"
    )
    if len(house.looked) >= _MOST_KNOWN:
        house.looked.clear()
    house.looked.add(about)
