"""A form that was sent from the page of a ticket, whatever it asks for: who sent it, upon what, and how it is answered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response

from console.doors import Visitor
from console.errors import status_of
from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.ids import Id
from console.language import language_of
from console.once import done_once
from console.pages.render import moments
from console.phrases import why_refused
from console.ticket.draft import Draft
from console.ticket.refused_words import told
from console.ticket.shown import Asked, show
from console.visitors import Here
from tickets import views
from tickets.actions.errors import ActError, CollisionError, UnfilledError
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx
from tickets.ticket import NoSuchTicketError
from tickets.views import WholeTicket

Act = Callable[[Tx, datetime], int | None]


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
        return await show(self.asked(draft), status=status)

    def asked(self, draft: Draft) -> Asked:
        """Return what the ticket's page is shown by, with a draft in its form."""
        return Asked(
            request=self.request, house=self.house, visitor=self.visitor, found=self.found, draft=draft,
            now=self.house.clock(),
        )  # fmt: skip


async def found_for(house: House, visitor: Visitor, number: int) -> WholeTicket:
    """Return a ticket of which they are told. Raises NoSuchTicketError."""
    found = await house.ledger.read(
        lambda session: views.ticket(session, number, link=house.links.path, desks=visitor.desks)
    )
    if found is None or not visitor.may_see(found.ticket.desk, found.ticket.team):
        raise NoSuchTicketError(number)
    return found


async def _doing(request: Request, number: Id, house: TheHouse, visitor: Here, form: OurForm) -> Doing:
    found = await found_for(house, visitor, number)
    return Doing(
        request=request, house=house, visitor=visitor, form=form, number=number, found=found,
        desk=house.desk(found.ticket.desk),
    )  # fmt: skip


OnTicket = Annotated[Doing, Depends(_doing)]
