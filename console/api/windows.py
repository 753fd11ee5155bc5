"""WhatsApp's 24 hours: asking the contact for a word, taking back what waits for one."""

from datetime import datetime

from fastapi.responses import JSONResponse

from console.api.caller import Asking
from console.api.tickets import REFUSALS, SHOWN, Number
from console.routes import Router
from tickets.actions import knocking
from tickets.ledger.tx import Tx

router = Router(tags=["windows"], responses=REFUSALS)


@router.post(
    "/tickets/{number}/knock", summary="Ask the contact for a word by an approved template", responses=SHOWN
)
async def knock(number: Number, asked: Asking) -> JSONResponse:
    """Once in each silence of theirs, while free text may not be sent. What waits goes out when they write."""

    def act(tx: Tx, at: datetime) -> int:
        return asked.house.acts.knock(tx, number, desk=asked.desk_of(tx, number), by=asked.by, at=at)

    return await asked.does(number, act)


@router.post("/tickets/{number}/withdraw", summary="Take back what waits for the contact", responses=SHOWN)
async def withdraw(number: Number, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        knocking.withdraw(tx, number, by=asked.by, at=at)

    return await asked.does(number, act)
