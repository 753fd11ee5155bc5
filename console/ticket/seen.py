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
from tickets.views import WholeTicket


async def looked_at(request: Request, house: House, visitor: Visitor, found: WholeTicket) -> Visitor:
    """Write down how far they have read, where that is further than before, and that they know of their mentions."""
    if OUT_OF_SIGHT in request.headers:
        return visitor
    visitor = await opened(house, visitor, found)
    heard = max((each.id for each in found.messages if each.direction == Direction.IN), default=None)
    if heard is None:
        return visitor
    number, by = found.ticket.number, visitor.actor(found.ticket.desk)
    them = owners_of(visitor)
    if await house.ledger.read(lambda session: views.unseen(session, {number: heard}, by=them)):
        await house.ledger.write(lambda tx: seeing.see(tx, number, heard, by=by), name="seen")
    return visitor
