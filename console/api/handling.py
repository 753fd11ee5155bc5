"""Priority, sleep, spam and blocked addresses."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Path
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from console.api.bodies import Prioritise, Snooze, Spam, Unblock, Why
from console.api.caller import Asking, Caller, only_theirs
from console.api.shapes import BlockedList, MessageList, answer
from console.api.tickets import REFUSALS, SHOWN, Number
from console.house import House, TheHouse
from console.routes import Router
from procedures import carrying
from tickets import contacts, views
from tickets import ticket as tickets_
from tickets.actions import blocking, fetching, prioritising, snoozing, spam
from tickets.actions.errors import NotAllowedError, RuleError
from tickets.actions.rights import require_on
from tickets.actor import Actor, Role
from tickets.ledger.tx import Tx
from tickets.views import BlockedAddress, Page

AddressId = Annotated[int, Path(ge=1, lt=10**15, description="The address's id, as the list has it")]

router = Router(tags=["handling"], responses=REFUSALS)


@router.post("/tickets/{number}/priority", summary="Say how urgent it is", responses=SHOWN)
async def prioritise(number: Number, body: Prioritise, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, number)
        prioritising.prioritise(tx, number, body.priority, desk=desk, by=asked.by, at=at)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/snooze", summary="Put it out of sight until an instant", responses=SHOWN)
async def snooze(number: Number, body: Snooze, asked: Asking) -> JSONResponse:
    """Its clocks run on. It wakes at once when the contact writes."""

    def act(tx: Tx, at: datetime) -> None:
        until = body.until.astimezone(UTC)
        snoozing.snooze(tx, number, until, by=asked.by, at=at, reason=body.reason)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/wake", summary="Bring it back into sight", responses=SHOWN)
async def wake(number: Number, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        snoozing.wake(tx, number, by=asked.by, at=at)

    return await asked.does(number, act)


@router.post("/tickets/{number}/fetch", summary="Fetch files again that could not be had", responses=SHOWN)
async def fetch(number: Number, asked: Asking) -> JSONResponse:
    """Those of its files whose `again` is true."""

    def act(tx: Tx, at: datetime) -> None:
        fetching.fetch_again(tx, number, by=asked.by, at=at)

    return await asked.does(number, act)


@router.post("/tickets/{number}/spam", summary="Throw it out as spam", responses=SHOWN)
async def throw_out(number: Number, asked: Asking, body: Spam | None = None) -> JSONResponse:
    """It leaves the statistics; nobody is told. With `block` nothing more is taken in from its address."""
    given = body or Spam()

    def act(tx: Tx, at: datetime) -> None:
        ticket = spam.mark_spam(tx, number, by=asked.by, at=at, reason=given.reason)
        if given.block and ticket.address is not None:
            blocking.block(tx, ticket.address, by=asked.by, at=at, reason=given.reason, ticket=number)

    return await asked.does(number, act, given)


@router.post(
    "/tickets/{number}/restore", summary="Take it back from spam, or out of a merge", responses=SHOWN
)
async def restore(number: Number, asked: Asking) -> JSONResponse:
    """It stands as before, its clocks as if it had never been away."""

    def act(tx: Tx, at: datetime) -> None:
        carrying.bring_back(tx, number, by=asked.by, at=at)

    return await asked.does(number, act)


@router.post("/tickets/{number}/block", summary="Block the address that it came from", responses=SHOWN)
async def block(number: Number, asked: Asking, body: Why | None = None) -> JSONResponse:
    """What comes from it is kept and listed, and becomes no ticket."""

    def act(tx: Tx, at: datetime) -> None:
        ticket = tickets_.load(tx, number)
        require_on(asked.by, Role.AGENT, ticket)
        address = ticket.address
        if address is None:
            raise RuleError(f"ticket #{number} came from no address", ticket=number)
        reason = body.reason if body is not None else None
        blocking.block(tx, address, by=asked.by, at=at, reason=reason, ticket=number)

    return await asked.does(number, act, body)


@router.get("/blocked", summary="Blocked addresses", responses={200: {"model": BlockedList}})
async def blocked(house: TheHouse, by: Caller, desk: str | None = None) -> JSONResponse:
    """For supervisors, as what these addresses sent is."""
    only_theirs(by, desk)
    if by.role not in {Role.SUPERVISOR, Role.ADMIN}:
        raise NotAllowedError(f"{by.key} may not see who is blocked")
    desks = by.desks if desk is None else frozenset({desk})
    found = await house.ledger.read(lambda session: views.blocked_addresses(session, desks=desks))
    return answer(Page(items=found, next=None))


@router.get(
    "/blocked/{address}/messages", summary="What it sent since", responses={200: {"model": MessageList}}
)
async def held(address: AddressId, house: TheHouse, by: Caller) -> JSONResponse:
    await _blocked(house, by, address)
    only = await house.ledger.read(lambda session: views.held_messages(session, address))
    page = await house.ledger.read(
        lambda session: views.messages(session, link=house.links.url, limit=len(only) or 1, only=only)
    )
    return answer(page)


@router.post("/blocked/{address}/unblock", summary="Hear the address again")
async def unblock(address: AddressId, asked: Asking, body: Unblock | None = None) -> JSONResponse:
    """For supervisors; the address, and with `take_in` the tickets that its messages became."""
    given = body or Unblock()
    found = await _blocked(asked.house, asked.by, address)

    def act(tx: Tx, at: datetime) -> None:
        desk = asked.house.desk(found.desk)
        blocking.unblock(tx, address, desk=desk, take_in=given.take_in, by=asked.by, at=at)

    await asked.does_once(act, given)
    now = await asked.house.ledger.write(lambda tx: contacts.load_address(tx, address), name="api")
    return answer({"id": now.id, "address": now.external_id, "blocked_at": now.blocked_at})


async def _blocked(house: House, by: Actor, address: int) -> BlockedAddress:
    everything = await house.ledger.read(lambda session: views.blocked_addresses(session, desks=by.desks))
    found = next((each for each in everything if each.id == address), None)
    if found is None:
        raise HTTPException(404, "no such address is blocked")
    if not by.may(Role.SUPERVISOR, found.desk):
        raise NotAllowedError(f"{by.key} may not see {found.desk}")
    return found
