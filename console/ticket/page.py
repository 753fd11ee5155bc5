"""One ticket: the conversation, who it is about, what was promised, and every act upon it as a form."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from console.doors import Visitor
from console.errors import status_of
from console.forms import SEE_OTHER, Form, OurForm
from console.headers import WITH_PICTURES
from console.house import House, TheHouse
from console.language import language_of
from console.once import done_once
from console.pages.render import moments
from console.phrases import why_refused
from console.routes import Router
from console.ticket.acts import ACTS, Upon
from console.ticket.draft import Draft
from console.ticket.drafts import kept_draft
from console.ticket.refused_words import told
from console.ticket.replying import filled
from console.ticket.seen import looked_at
from console.ticket.shown import Asked, show
from console.visitors import Here
from tickets import views
from tickets.actions import identity
from tickets.actions.errors import ActError, CollisionError, UnfilledError
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.writer import Tx
from tickets.ticket import NoSuchTicketError
from tickets.views import Wanted, WholeTicket

Number = Annotated[int, Path(ge=1, lt=10**15)]
Act = Callable[[Tx, datetime], int | None]

router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Doing:
    """A form that was sent from the page of a ticket."""

    request: Request
    house: House
    visitor: Visitor
    form: Form
    number: int
    found: WholeTicket
    desk: DeskNow

    @property
    def by(self) -> Actor:
        return self.visitor.actor(self.found.ticket.desk)

    async def does(self, act: Act, draft: Draft | None = None) -> Response:
        """Do it once and show the ticket; what is refused is said on the page, and the draft survives."""
        at = self.house.clock()
        command = self.form.command(self.by)
        try:
            await done_once(self.house.ledger, command, lambda tx: act(tx, at), at=at)
        except ActError as refused:
            refused_draft = replace(
                draft or Draft(text=self.form.text("text")), problem=why_refused(refused.code),
                told=told(refused, self.desk.desk, language_of(self.request), when=moments(self.request, self.desk.desk.calendar.tz, at)),
                collision=refused.collision if isinstance(refused, CollisionError) else None,
                unfilled=refused.missing if isinstance(refused, UnfilledError) and draft else (),
            )  # fmt: skip
            return await self.shows(refused_draft, status=status_of(refused))
        return RedirectResponse(f"/tickets/{self.number}#newest", status_code=303)

    async def shows(self, draft: Draft, status: int = 200) -> Response:
        asked = Asked(
            request=self.request, house=self.house, visitor=self.visitor, found=self.found, draft=draft,
            now=self.house.clock(),
        )  # fmt: skip
        return await show(asked, status=status)


@router.get("/tickets/{number}")
async def show_ticket(
    request: Request,
    number: Number,
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
async def show_number(
    request: Request, number: Number, house: TheHouse, visitor: Here, form: OurForm
) -> Response:
    """Show the contact's whole identity number this once; the history tells who looked at it."""
    doing = await doing_of(request, house, visitor, form, number)
    at = house.clock()
    await house.ledger.write(lambda tx: identity.show_number(tx, number, by=doing.by, at=at), name="console")
    asked = Asked(
        request=request,
        house=house,
        visitor=visitor,
        found=doing.found,
        draft=Draft(),
        now=at,
        number_shown=True,
    )
    return await show(asked)


@router.post("/tickets/{number}/{act}")
async def act_upon(
    request: Request, number: Number, act: str, house: TheHouse, visitor: Here, form: OurForm
) -> Response:
    doing = await doing_of(request, house, visitor, form, number)
    do = ACTS.get(act)
    if do is None:
        raise NoSuchTicketError(number)
    upon = Upon(
        house=house,
        form=form,
        number=number,
        desk=doing.desk,
        by=doing.by,
        name=visitor.name,
        at_desk=visitor.actor,
    )
    answer = await doing.does(lambda tx, at: do(upon, tx, at))
    if answer.status_code == SEE_OTHER and not await _still_seen(house, visitor, number):
        return RedirectResponse("/inbox", status_code=SEE_OTHER)  # it went to a desk that is not theirs
    return answer


# -- the page ---------------------------------------------------------------------------------------------------------


async def _still_seen(house: House, visitor: Visitor, number: int) -> bool:
    now = await house.ledger.read(
        lambda session: views.tickets(session, Wanted(desks=visitor.desks, q=f"#{number}"), limit=1)
    )
    return any(ticket.number == number for ticket in now.items)


async def found_for(house: House, visitor: Visitor, number: int) -> WholeTicket:
    found = await house.ledger.read(
        lambda session: views.ticket(session, number, link=house.links.path, desks=visitor.desks)
    )
    if found is None or not visitor.may_see(found.ticket.desk, found.ticket.team):
        raise NoSuchTicketError(number)
    return found


async def doing_of(request: Request, house: House, visitor: Visitor, form: Form, number: int) -> Doing:
    found = await found_for(house, visitor, number)
    return Doing(
        request=request, house=house, visitor=visitor, form=form, number=number, found=found,
        desk=house.desk(found.ticket.desk),
    )  # fmt: skip


def with_template(house: House, visitor: Visitor, found: WholeTicket, template: str, draft: Draft) -> Draft:
    """Put a reply template below what stands in the form already; one that is gone changes nothing."""
    if house.catalogue(found.ticket.desk).reply(template) is None:
        return draft
    return draft.with_template(template, filled(house, found, template, agent=visitor.name))
