"""One ticket: the conversation, who it is about, what was promised, and every act upon it as a form."""

from dataclasses import replace
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response

from console.doors import Visitor
from console.forms import SEE_OTHER
from console.headers import WITH_PICTURES
from console.house import House, TheHouse
from console.ids import Id
from console.routes import Router
from console.ticket.acts import ACTS, Upon
from console.ticket.doing import OnTicket, found_for
from console.ticket.draft import Draft
from console.ticket.drafts import kept_draft
from console.ticket.replying import filled
from console.ticket.seen import looked_at
from console.ticket.shown import Asked, show
from console.visitors import Here
from tickets import views
from tickets.actions import identity
from tickets.ticket import NoSuchTicketError
from tickets.views import Wanted, WholeTicket

router = Router(include_in_schema=False)


@router.get("/tickets/{number}")
async def show_ticket(
    request: Request,
    number: Id,
    house: TheHouse,
    visitor: Here,
    template: Annotated[str | None, Query(max_length=100)] = None,
    find: Annotated[str, Query(max_length=300)] = "",
    pictures: Annotated[int | None, Query(ge=1, lt=10**15)] = None,
) -> Response:
    """Show it. `pictures` is the message whose pictures from elsewhere were asked for."""
    found = await found_for(house, visitor, number)
    visitor = await looked_at(request, house, visitor, found)
    draft = await kept_draft(house, visitor, found)
    draft = with_template(house, visitor, found, template, draft) if template else draft
    asked = Asked(
        request=request, house=house, visitor=visitor, found=found, draft=draft, now=house.clock(),
        find=find, pictures=pictures,
    )  # fmt: skip
    answer = await show(asked)
    if pictures is not None:
        answer.headers.update(WITH_PICTURES)
    return answer


@router.post("/tickets/{number}/number")
async def show_number(doing: OnTicket) -> Response:
    """Show the contact's whole identity number this once; the history tells who looked at it."""
    at = doing.house.clock()
    await doing.house.ledger.write(
        lambda tx: identity.show_number(tx, doing.number, by=doing.by, at=at), name="console"
    )
    return await show(replace(doing.asked(Draft()), number_shown=True))


@router.post("/tickets/{number}/{act}")
async def act_upon(act: str, doing: OnTicket) -> Response:
    house, visitor, number = doing.house, doing.visitor, doing.number
    do = ACTS.get(act)
    if do is None:
        raise NoSuchTicketError(number)
    upon = Upon(
        house=house, form=doing.form, number=number, desk=doing.desk, by=doing.by, name=visitor.name,
        at_desk=visitor.actor,
    )  # fmt: skip
    answer = await doing.does(lambda tx, at: do(upon, tx, at))
    if answer.status_code == SEE_OTHER and not await _still_seen(house, visitor, number):
        return RedirectResponse("/inbox", status_code=SEE_OTHER)  # it went to a desk that is not theirs
    return answer


async def _still_seen(house: House, visitor: Visitor, number: int) -> bool:
    now = await house.ledger.read(
        lambda session: views.tickets(session, Wanted(desks=visitor.desks, q=f"#{number}"), limit=1)
    )
    return any(ticket.number == number for ticket in now.items)


def with_template(house: House, visitor: Visitor, found: WholeTicket, template: str, draft: Draft) -> Draft:
    """Put a reply template below what stands in the form already; one that is gone changes nothing."""
    if house.catalogue(found.ticket.desk).reply(template) is None:
        return draft
    return draft.with_template(template, filled(house, found, template, agent=visitor.name))
