"""Blocked addresses: what they sent meanwhile is here, and here they are heard again."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.doors import Visitor
from console.forms import OurForm
from console.house import House, TheHouse
from console.once import done_once
from console.pages.render import moments, page
from console.routes import Router
from console.visitors import Here
from tickets import views
from tickets.actions import blocking
from tickets.actor import Role
from tickets.ledger.tx import Tx
from tickets.views import BlockedAddress, MessageView

_SHOWN = 20  # messages of each address

router = Router(include_in_schema=False)


@router.get("/blocked")
async def show(request: Request, house: TheHouse, visitor: Here) -> Response:
    found = await _blocked(house, visitor)
    held = {address.id: await _held(house, address) for address in found if address.held}
    people = await house.ledger.read(lambda session: views.colleagues(session, visitor.desks))
    now = house.clock()
    zones = {slug: desk.desk.calendar.tz for slug, desk in house.desks().items()}
    return page(
        request, house, "blocked.html", visitor=visitor, addresses=found, held=held,
        names={f"staff:{person.id}": person.name for person in people},
        when={slug: moments(request, zone, now) for slug, zone in zones.items()},
        desks={slug: desk.desk.name for slug, desk in house.desks().items()},
    )  # fmt: skip


@router.post("/blocked/{address}")
async def unblock(address: int, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    found = next((each for each in await _blocked(house, visitor) if each.id == address), None)
    if found is None:
        raise HTTPException(404, "no such address is blocked")
    by, at, take_in = visitor.actor(found.desk), house.clock(), bool(form.line("take_in"))
    command = form.command(by, body={"take_in": take_in})

    def act(tx: Tx) -> None:
        blocking.unblock(tx, address, desk=house.desk(found.desk), take_in=take_in, by=by, at=at)

    await done_once(house.ledger, command, act, at=at)
    return RedirectResponse("/blocked", status_code=303)


async def _blocked(house: House, visitor: Visitor) -> tuple[BlockedAddress, ...]:
    if not visitor.supervises:
        raise HTTPException(403, "for supervisors")
    everything = await house.ledger.read(
        lambda session: views.blocked_addresses(session, desks=visitor.desks)
    )
    return tuple(
        each for each in everything if visitor.actor(each.desk).may(Role.SUPERVISOR, each.desk)
    )  # fmt: skip


async def _held(house: House, address: BlockedAddress) -> tuple[MessageView, ...]:
    only = await house.ledger.read(lambda session: views.held_messages(session, address.id))
    found = await house.ledger.read(
        lambda session: views.messages(session, link=house.links.path, limit=_SHOWN, only=only)
    )
    return found.items
