"""The second line: giving a ticket back with what was found."""

from datetime import datetime

from fastapi.responses import JSONResponse

from console.api.bodies import Return
from console.api.caller import Asking
from console.api.tickets import REFUSALS, SHOWN, Number
from console.routes import Router
from tickets.actions import second_line
from tickets.ledger.tx import Tx

router = Router(tags=["second line"], responses=REFUSALS)


@router.post("/tickets/{number}/return", summary="Give it back to the first line", responses=SHOWN)
async def give_back(number: Number, asked: Asking, body: Return | None = None) -> JSONResponse:
    """What was found becomes a note; whoever holds the ticket is told."""

    def act(tx: Tx, at: datetime) -> int | None:
        finding = (body.text if body is not None else None) or ""
        desk = asked.desk_of(tx, number)
        return second_line.give_back(tx, number, finding, desk=desk, by=asked.by, at=at)[1]

    return await asked.does(number, act, body)
