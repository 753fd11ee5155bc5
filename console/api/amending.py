"""Answers and notes that are changed, taken back, or sent again."""

from datetime import datetime

from fastapi.responses import JSONResponse
from pydantic import BaseModel

from console.api.bodies import Said
from console.api.caller import Asking
from console.api.tickets import REFUSALS, SHOWN, Number
from console.ids import Id
from console.routes import Router
from tickets.actions import amending, resending
from tickets.ledger.tx import Tx

router = Router(tags=["messages"], responses=REFUSALS)


class Words(BaseModel):
    text: Said


@router.post("/tickets/{number}/messages/{id}/amend", summary="Change an answer or a note", responses=SHOWN)
async def amend(number: Number, id: Id, body: Words, asked: Asking) -> JSONResponse:  # noqa: A002
    def act(tx: Tx, at: datetime) -> None:
        amending.amend(tx, number, id, body.text, by=asked.by, at=at)

    return await asked.does(number, act, body)


@router.post(
    "/tickets/{number}/messages/{id}/withdraw", summary="Take an answer or a note back", responses=SHOWN
)
async def withdraw(number: Number, id: Id, asked: Asking) -> JSONResponse:  # noqa: A002
    def act(tx: Tx, at: datetime) -> None:
        amending.withdraw(tx, number, id, by=asked.by, at=at)

    return await asked.does(number, act)


@router.post(
    "/tickets/{number}/messages/{id}/send-again",
    summary="Send an answer again of which nobody knows whether it arrived",
    responses=SHOWN,
)
async def send_again(number: Number, id: Id, asked: Asking) -> JSONResponse:  # noqa: A002
    def act(tx: Tx, at: datetime) -> None:
        resending.send_again(tx, number, id, by=asked.by, at=at)

    return await asked.does(number, act)
