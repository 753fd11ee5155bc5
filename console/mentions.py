"""On which tickets somebody was named in a note, until they have opened them."""

from dataclasses import replace

from console.doors import Visitor
from console.house import House
from tickets import views
from tickets.actions import mentioning
from tickets.views import WholeTicket


async def opened(house: House, visitor: Visitor, found: WholeTicket) -> Visitor:
    """Take it that somebody knows of their mentions on a ticket once they have opened it; they, knowing it."""
    number, desk, posts = found.ticket.number, found.ticket.desk, posts_of(visitor)
    if await house.ledger.read(lambda session: views.with_mentions(session, [number], posts)):
        at, ids = house.clock(), [id_ for slug, id_ in posts if slug == desk]
        await house.ledger.write(lambda tx: mentioning.seen(tx, number, desk, ids, at=at), name="mentions")
        return replace(visitor, named_on=max(visitor.named_on - 1, 0))
    return visitor


def posts_of(visitor: Visitor) -> list[tuple[str, str]]:
    """Return where they work, and under which ids."""
    return [(post.desk, post.id) for post in visitor.posts]
