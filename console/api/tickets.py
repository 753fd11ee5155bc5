"""Tickets: lists, one ticket, and every act upon it."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.responses import JSONResponse

from console.api.bodies import Assign, Categorise, Escalate, NewTicket, Note, Why
from console.api.caller import Asking, Caller, IdentityNumbers, only_theirs
from console.api.shapes import ErrorShape, FullTicket, TicketList
from console.house import TheHouse
from console.routes import Router
from console.search.kept import saved_of
from console.search.searching import asker_of, search_for
from tickets import staff, views
from tickets import ticket as tickets_
from tickets.actions import answering, handling, matching, supervising
from tickets.actions.errors import UnknownValueError
from tickets.actions.opening import Caller as Visitor
from tickets.actions.opening import open_by_hand
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.message import Channel
from tickets.priority import PRIORITIES
from tickets.ticket import NoSuchTicketError
from tickets.views import Wanted

MOST = 200

Number = Annotated[int, Path(ge=1, lt=10**15, description="The ticket's number, without `#`")]
Limit = Annotated[int, Query(ge=1, le=MOST)]
After = Annotated[int | None, Query(ge=0, lt=10**15, description="`next` of the page before")]

REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorShape, "description": "No valid token"},
    403: {"model": ErrorShape, "description": "The token has no right to this"},
    404: {"model": ErrorShape, "description": "There is no such ticket"},
    409: {"model": ErrorShape, "description": "A rule of the desk forbids it now"},
    422: {
        "model": ErrorShape,
        "description": "The request is malformed or names what the desk does not have",
    },
}
SHOWN: dict[int | str, dict[str, Any]] = {200: {"model": FullTicket}, **REFUSALS}

router = Router(tags=["tickets"], responses=REFUSALS)


@router.get("/tickets", summary="List tickets, newest first", responses={200: {"model": TicketList}})
async def list_tickets(
    house: TheHouse,
    by: Caller,
    numbers: IdentityNumbers,
    *,
    desk: str | None = None,
    status: Annotated[str | None, Query(description="One, or several separated by commas")] = None,
    channel: Channel | None = None,
    category: str | None = None,
    tag: str | None = None,
    team: Annotated[str | None, Query(description="Id of the second-line team that has it")] = None,
    q: Annotated[
        str | None,
        Query(max_length=300, description="Words, a name, #number, or filters as on the search page"),
    ] = None,
    priority: Annotated[str | None, Query(description="low, normal, high or urgent")] = None,
    asleep: Annotated[bool | None, Query(description="Only those that sleep, or none of them")] = None,
    external_id: Annotated[
        str | None, Query(max_length=1000, description="The provider's id of a message")
    ] = None,
    view: Annotated[
        int | None, Query(ge=1, lt=10**15, description="Id of a saved view, narrowed by what else is asked")
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> JSONResponse:
    only_theirs(by, desk)
    wanted = Wanted(
        desks=by.desks, desk=desk, status=_statuses(status), channel=channel, category=category, tag=tag, team=team, q=q,
        external_id=external_id, priority=_priority(priority), asleep=asleep,
    )  # fmt: skip
    if view is not None:
        saved = await saved_of(house, by, view)
        if desk is not None and saved.desk not in (None, desk):
            raise UnknownValueError(f"the view {view} is of {saved.desk}", field="desk", value=desk)
        wanted = replace(wanted, desk=saved.desk or desk, q=f"{saved.query} {q or ''}")
    search = search_for(house, asker_of(by))
    page = await house.ledger.read(
        lambda session: views.tickets(session, wanted, limit=limit, after=after, search=search)
    )
    return await numbers.answer(page)


@router.get("/tickets/{number}", summary="One ticket with messages and events", responses=SHOWN)
async def show_ticket(number: Number, house: TheHouse, by: Caller, numbers: IdentityNumbers) -> JSONResponse:
    found = await house.ledger.read(
        lambda session: views.ticket(session, number, link=house.links.url, desks=by.desks)
    )
    if found is None:
        raise NoSuchTicketError(number)
    return await numbers.answer(found)


@router.post(
    "/tickets",
    summary="Write down a telephone call or a visit",
    status_code=201,
    responses={201: {"model": FullTicket}, **REFUSALS},
)
async def open_ticket(body: NewTicket, asked: Asking) -> JSONResponse:
    desk = asked.house.desk(body.desk)
    identity = body.contact.identity

    def act(tx: Tx, at: datetime) -> int:
        visitor = Visitor(
            name=body.contact.name, identity_name=identity.name, identity_number=identity.number,
            identity_unit=identity.unit, identity_email=identity.email,
        )  # fmt: skip
        _ticket, message = open_by_hand(
            tx, desk=desk, by=asked.by, at=at, caller=visitor, text=body.text, subject=body.subject,
            category=body.category, came_at=body.came_at, medium=body.medium,
        )  # fmt: skip
        return message

    return await asked.opens(act, body)


@router.post("/tickets/{number}/note", summary="Write an internal note", responses=SHOWN)
async def note(number: Number, body: Note, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> int:
        return answering.note(tx, number, body.text, by=asked.by, at=at)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/assign", summary="Give it to somebody, or to nobody", responses=SHOWN)
async def assign(number: Number, body: Assign, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        to = None if body.agent is None else _colleague(tx, number, body.agent)
        desk = asked.desk_of(tx, number)
        team = desk.desk.members_of(tickets_.load(tx, number).team)
        handling.assign(tx, number, to, staff=staff.holders(tx, desk.slug), team=team, by=asked.by, at=at)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/categorise", summary="Say what it is about", responses=SHOWN)
async def categorise(number: Number, body: Categorise, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, number)
        handling.categorise(tx, number, body.category, desk=desk, by=asked.by, at=at)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/none-fits", summary="Say that no category fits", responses=SHOWN)
async def none_fits(number: Number, asked: Asking) -> JSONResponse:
    """It counts as out of the desk's scope, and the matcher learns that, whatever category the ticket gets."""

    def act(tx: Tx, at: datetime) -> None:
        matching.reject(tx, number, by=asked.by, at=at)

    return await asked.does(number, act)


@router.post("/tickets/{number}/wait", summary="Wait for the contact", responses=SHOWN)
async def wait(number: Number, asked: Asking, body: Why | None = None) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        handling.wait(tx, number, by=asked.by, at=at, reason=_reason(body))

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/close", summary="Say that it is solved", responses=SHOWN)
async def close(number: Number, asked: Asking, body: Why | None = None) -> JSONResponse:
    """Never without a category; the contact is told."""

    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, number)
        asked.house.acts.close(tx, number, desk=desk, by=asked.by, at=at, reason=_reason(body))

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/reopen", summary="Take it up again", responses=SHOWN)
async def reopen(number: Number, asked: Asking, body: Why | None = None) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, number)
        asked.house.acts.reopen(tx, number, desk=desk, by=asked.by, at=at, reason=_reason(body))

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/verify", summary="Confirm what is solved", responses=SHOWN)
async def verify(number: Number, asked: Asking, body: Why | None = None) -> JSONResponse:
    """For supervisors: it is closed. Nobody verifies what they hold themselves."""

    def act(tx: Tx, at: datetime) -> None:
        supervising.verify(tx, number, by=asked.by, at=at)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/escalate", summary="Hand it to the second line", responses=SHOWN)
async def escalate(number: Number, body: Escalate, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, number)
        asked.house.acts.escalate(tx, number, body.team, desk=desk, by=asked.by, at=at, reason=body.reason)

    return await asked.does(number, act, body)


def _statuses(given: str | None) -> frozenset[str] | None:
    if not given:
        return None
    wanted = frozenset(part.strip() for part in given.split(","))
    unknown = sorted(wanted - set(Status))
    if unknown:
        raise UnknownValueError(
            f"no status is called {unknown[0]}; {', '.join(Status)} are", field="status", value=unknown[0]
        )
    return wanted


def _priority(given: str | None) -> str | None:
    if given is not None and given not in PRIORITIES:
        raise UnknownValueError(
            f"no priority is called {given}; {', '.join(PRIORITIES)} are", field="priority", value=given
        )
    return given


def _colleague(tx: Tx, number: int, words: str) -> str:
    desk = tickets_.load(tx, number).desk
    found = staff.named(tx, desk, words)
    if found is None:
        raise UnknownValueError(f"nobody called {words} works at {desk}", field="agent", value=words)
    return found.id


def _reason(body: Why | None) -> str | None:
    return body.reason if body is not None else None
