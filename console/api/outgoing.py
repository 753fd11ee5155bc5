"""Writing to somebody who has not written."""

from datetime import datetime

from fastapi.responses import JSONResponse

from console.api.bodies import Outgoing, Reach
from console.api.caller import Asking
from console.api.shapes import FullTicket
from console.api.tickets import REFUSALS, SHOWN, Number
from console.routes import Router
from tickets.actions import reaching
from tickets.actions.answering import Words
from tickets.ledger.tx import Tx

router = Router(tags=["outgoing"], responses=REFUSALS)


@router.post(
    "/tickets/outgoing",
    summary="Write to a contact first",
    status_code=201,
    responses={201: {"model": FullTicket}, **REFUSALS},
)
async def write_first(body: Outgoing, asked: Asking) -> JSONResponse:
    """A new ticket with the resolution promised and nothing else, for nobody waits for a first response."""
    desk = asked.house.desk(body.desk)

    def act(tx: Tx, at: datetime) -> int:
        words = Words(text=body.text, subject=body.subject, as_written=body.as_written)
        return reaching.write_first(
            tx, body.to, words, desk=desk, by=asked.by, at=at, category=body.category
        )[1]

    return await asked.opens(act, body)


@router.post(
    "/tickets/{number}/reach", summary="Let the answers on a call or a visit go somewhere", responses=SHOWN
)
async def reach(number: Number, body: Reach, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        reaching.reach(tx, number, body.to, desk=asked.desk_of(tx, number), by=asked.by, at=at)

    return await asked.does(number, act, body)
