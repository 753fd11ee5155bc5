"""One booking: for whom and what for, and moving or cancelling it with a reason."""

from collections.abc import Callable, Mapping
from datetime import datetime

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from console.bookings.booked import (
    Found,
    desks_with_resources,
    found_booking,
    refused_words,
    typed_period,
)
from console.bookings.bookings_page import PATH
from console.doors import Visitor
from console.errors import status_of
from console.forms import SEE_OTHER, Form, OurForm, does_once
from console.house import House, TheHouse
from console.ids import Id
from console.language import language_of
from console.pages.render import moments, page
from console.routes import Router
from console.visitors import Here
from procedures.bookings import actions
from procedures.bookings.actions import Place
from procedures.bookings.rows import NoSuchBookingError, State
from procedures.bookings.views import Booked
from procedures.bookings.words import period_words
from tickets.actions.errors import ActError
from tickets.actor import CONTACT, Role
from tickets.ledger.tx import Tx
from tickets.views import colleagues

Act = Callable[[Tx, Found, datetime], object]

router = Router(prefix=PATH, include_in_schema=False)


@router.get("/{id}")
async def show(request: Request, id: Id, house: TheHouse, visitor: Here) -> Response:  # noqa: A002
    return await _shown(request, house, visitor, await _theirs(house, visitor, id))


@router.post("/{id}/move")
async def move(request: Request, id: Id, house: TheHouse, visitor: Here, form: OurForm) -> Response:  # noqa: A002
    def act(tx: Tx, found: Found, at: datetime) -> object:
        place = Place(
            resource=form.line("resource"), period=typed_period(form.line("from"), form.line("until"))
        )
        by = visitor.actor(found.desk.slug)
        return actions.move(
            tx, id, place, reason=form.text("reason"), procedure=found.procedure, desk=found.desk, by=by, at=at
        )  # fmt: skip

    return await _does(request, house, visitor, form, id, act)


@router.post("/{id}/cancel")
async def cancel(request: Request, id: Id, house: TheHouse, visitor: Here, form: OurForm) -> Response:  # noqa: A002
    def act(tx: Tx, found: Found, at: datetime) -> object:
        by = visitor.actor(found.desk.slug)
        return actions.cancel(tx, id, reason=form.text("reason"), desk=found.desk, by=by, at=at)

    return await _does(request, house, visitor, form, id, act)


async def _theirs(house: House, visitor: Visitor, id: int) -> Found:  # noqa: A002
    """Return a booking of a desk of theirs. Raises NoSuchBookingError, also for one that is none of their business."""
    found = await found_booking(house, id)
    if found.desk.slug not in desks_with_resources(house, visitor):
        raise NoSuchBookingError(id)
    return found


async def _does(
    request: Request, house: House, visitor: Visitor, form: Form, id: int, act: Act  # noqa: A002
) -> Response:  # fmt: skip
    """Do it once and show the booking; what is refused is said on the page."""
    found = await _theirs(house, visitor, id)
    try:
        await does_once(
            house, form, visitor.actor(found.desk.slug), lambda tx, at: act(tx, found, at)
        )  # fmt: skip
    except ActError as refused:
        problem = refused_words(refused, language_of(request))
        return await _shown(request, house, visitor, found, problem=problem, status=status_of(refused))
    return RedirectResponse(f"{PATH}/{id}", status_code=SEE_OTHER)


async def _shown(
    request: Request, house: House, visitor: Visitor, found: Found, *, problem: str = "", status: int = 200
) -> Response:  # fmt: skip
    booking, desk, now = found.booked.booking, found.desk.desk, house.clock()
    zone, language = desk.calendar.tz, language_of(request)
    people = await house.ledger.read(lambda session: colleagues(session, frozenset({desk.slug})))
    resource = desk.resource(booking.resource)
    is_open = booking.state is not State.CANCELLED and booking.ends_at > now
    return page(
        request, house, "booking.html", visitor=visitor, status=status, problem=problem, desk=desk, booking=booking,
        booked=found.booked, procedure=found.procedure, resource=resource.name if resource else booking.resource,
        alike=[one for one in desk.resources if resource is None or one.kind == resource.kind],
        period=booking.period(zone), said=period_words(booking.period(zone), language),
        when=moments(request, zone, now), by=_who(found.booked, {each.actor.key: each.name for each in people}),
        may_change=is_open and visitor.actor(desk.slug).may(Role.AGENT, desk.slug),
    )  # fmt: skip


def _who(booked: Booked, names: Mapping[str, str]) -> str:
    """Return the name of whoever booked: the requester, somebody of the desk, or a program."""
    key = booked.booking.booked_by
    if key == CONTACT.key:
        return booked.contact or "–"
    return names.get(key, key.partition(":")[2] or key)
