"""How tickets hang together: links, merges, splits, incidents."""

from datetime import datetime

from fastapi.responses import JSONResponse

from console.api.bodies import AnswerAll, Attach, CloseAll, LinkTo, Merge, Move, PartMatter, Split, Unlink
from console.api.caller import Asking, Caller
from console.api.shapes import FullTicket, IncidentList, answer
from console.api.tickets import REFUSALS, SHOWN, Number
from console.house import TheHouse
from console.routes import Router
from procedures import carrying
from tickets import views
from tickets.actions import incidents, linking, parting, splitting
from tickets.desk import beside
from tickets.ledger.tx import Tx
from tickets.ticket import NoSuchTicketError, load
from tickets.views import Page

router = Router(tags=["belonging"], responses=REFUSALS)


@router.post("/tickets/{number}/link", summary="Link it with another ticket", responses=SHOWN)
async def link(number: Number, body: LinkTo, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        linking.link(tx, number, body.ticket, body.kind, by=asked.by, at=at)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/unlink", summary="Take a link back", responses=SHOWN)
async def unlink(number: Number, body: Unlink, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        linking.unlink(tx, number, body.ticket, by=asked.by, at=at)

    return await asked.does(number, act, body)


@router.post(
    "/tickets/{number}/merge", summary="End it in another ticket of the same contact", responses=SHOWN
)
async def merge(number: Number, body: Merge, asked: Asking) -> JSONResponse:
    """Answers with the ticket that stays. `POST /tickets/{number}/restore` takes it back within a week."""

    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, number)
        asked.house.acts.merge(tx, number, body.into, desk=desk, by=asked.by, at=at, tell=body.tell)

    return await asked.does(body.into, act, body)


@router.post("/tickets/{number}/move", summary="Hand it to another desk, with its history", responses=SHOWN)
async def move(number: Number, body: Move, asked: Asking) -> JSONResponse:
    """For a supervisor of its desk, an agent of both, or any agent where both desks share the contact's number or bot."""
    to = asked.house.desk(body.desk)

    def act(tx: Tx, at: datetime) -> None:
        ticket = load(tx, number)
        carrying.move(
            tx, number, to=to, by=asked.by, there=asked.by, at=at, category=body.category, reason=body.reason,
            beside=to.slug in beside(ticket.account, ticket.desk, asked.house.desks()),
        )  # fmt: skip

    return await asked.does(number, act, body)


@router.post(
    "/tickets/{number}/split",
    summary="Make a ticket of some of its messages",
    status_code=201,
    responses={201: {"model": FullTicket}, **REFUSALS},
)
async def split(number: Number, body: Split, asked: Asking) -> JSONResponse:
    """Answers with the new ticket, whose clocks start at the first of the messages."""

    def act(tx: Tx, at: datetime) -> int:
        desk = asked.desk_of(tx, number)
        splitting.split(tx, number, body.messages, desk=desk, by=asked.by, at=at, subject=body.subject)
        return body.messages[0]

    return await asked.opens(act, body)


@router.post(
    "/tickets/{number}/part-matter",
    summary="Make a ticket of one of several matters in a message",
    status_code=201,
    responses={201: {"model": FullTicket}, **REFUSALS},
)
async def part_matter(number: Number, body: PartMatter, asked: Asking) -> JSONResponse:
    """Answers with the new ticket, which has the words of that matter and its category; its clocks start when the message came."""

    def act(tx: Tx, at: datetime) -> int:
        desk = asked.desk_of(tx, number)
        return parting.part(tx, number, body.category, desk=desk, by=asked.by, at=at).message

    return await asked.opens(act, body)


@router.get(
    "/tickets/{number}/incident",
    summary="The tickets of an incident",
    responses={200: {"model": IncidentList}},
)
async def incident(number: Number, house: TheHouse, by: Caller) -> JSONResponse:
    found = await house.ledger.read(
        lambda session: views.ticket(session, number, link=house.links.url, desks=by.desks)
    )
    if found is None:
        raise NoSuchTicketError(number)
    items = await house.ledger.read(lambda session: views.incident_tickets(session, number))
    return answer(Page(items=items, next=None))


@router.post("/tickets/{number}/attach", summary="Let tickets be part of this incident", responses=SHOWN)
async def attach(number: Number, body: Attach, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        incidents.attach(tx, number, body.tickets, by=asked.by, at=at)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/answer-all", summary="Answer everybody in this incident", responses=SHOWN)
async def answer_all(number: Number, body: AnswerAll, asked: Asking) -> JSONResponse:
    """Each contact once, on their own channel."""

    def act(tx: Tx, at: datetime) -> None:
        asked.house.acts.answer_all(tx, number, body.text, agent=asked.by.id, by=asked.by, at=at)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/close-all", summary="Solve everything of this incident", responses=SHOWN)
async def close_all(number: Number, asked: Asking, body: CloseAll | None = None) -> JSONResponse:
    category = body.category if body is not None else None

    def act(tx: Tx, at: datetime) -> None:
        desk = asked.desk_of(tx, number)
        asked.house.acts.close_all(tx, number, desk=desk, by=asked.by, at=at, category=category)

    return await asked.does(number, act, body)
