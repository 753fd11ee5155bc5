"""Tags of a ticket."""

from datetime import datetime

from fastapi.responses import JSONResponse
from pydantic import BaseModel

from console.api.bodies import Name
from console.api.caller import Asking
from console.api.tickets import REFUSALS, SHOWN, Number
from console.routes import Router
from tickets.actions import tagging
from tickets.ledger.tx import Tx

router = Router(tags=["tickets"], responses=REFUSALS)


class Tag(BaseModel):
    tag: Name


@router.post("/tickets/{number}/tag", summary="Put a tag on it", responses=SHOWN)
async def tag(number: Number, body: Tag, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        tagging.tag(tx, number, body.tag, desk=asked.desk_of(tx, number), by=asked.by, at=at)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/untag", summary="Take a tag off it", responses=SHOWN)
async def untag(number: Number, body: Tag, asked: Asking) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        tagging.untag(tx, number, body.tag, by=asked.by, at=at)

    return await asked.does(number, act, body)
