"""Where colleagues have named somebody in their notes, and whom one can name on a ticket."""

from fastapi import Request
from fastapi.responses import Response

from console.account.own import zone_of
from console.house import TheHouse
from console.ids import Id
from console.mentions import posts_of
from console.pages.render import moments, page
from console.routes import Router
from console.ticket.doing import found_for
from console.visitors import Here
from tickets import views
from tickets.actions import mentioning
from tickets.actor import Role

MOST = 100

router = Router(include_in_schema=False)


@router.get("/mentions")
async def mentions(request: Request, house: TheHouse, visitor: Here) -> Response:
    now = house.clock()
    found, people = await house.ledger.read(
        lambda session: (
            views.mentions_of(session, posts_of(visitor), most=MOST),
            views.colleagues(session, visitor.desks),
        )
    )
    return page(
        request, house, "mentions.html", visitor=visitor, when=moments(request, zone_of(house, visitor), now),
        found=[each for each in found if visitor.may_see(each.desk, each.team)],
        names={person.actor.key: person.name for person in people},
    )  # fmt: skip


@router.get("/tickets/{number}/colleagues")
async def colleagues(number: Id, house: TheHouse, visitor: Here) -> list[dict[str, str]]:
    """Return whom a note on this ticket can name: what `@` lists."""
    ticket = (await found_for(house, visitor, number)).ticket
    by = visitor.actor(ticket.desk)
    if not (by.may(Role.AGENT, ticket.desk) and by.may_note(ticket.team)):
        return []
    people = await house.ledger.read(lambda session: views.colleagues(session, frozenset({ticket.desk})))
    return [
        {"id": person.id, "title": person.name, "about": person.email or "", "text": f"@{person.name} "}
        for person in people
        if person.id != by.id and mentioning.may_be_named(person, ticket.team)
    ]
