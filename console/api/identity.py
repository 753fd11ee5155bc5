"""Who a contact is: written down, looked up, vouched for or disputed, proven by a code, joined and parted."""

from datetime import datetime

from fastapi.responses import JSONResponse

from console.api.bodies import Identity, Join, Part, Why
from console.api.caller import Asking
from console.api.tickets import REFUSALS, SHOWN, Number
from console.routes import Router
from tickets.actions import identity, joining
from tickets.ledger.tx import Tx

router = Router(tags=["identity"], responses=REFUSALS)


@router.post(
    "/tickets/{number}/identity", summary="Write down what the contact says of themselves", responses=SHOWN
)
async def write_down(number: Number, body: Identity, asked: Asking) -> JSONResponse:
    """What is left out stays as it is. Where the desk has a directory, the contact is looked up anew."""

    def act(tx: Tx, at: datetime) -> None:
        identity.write_down(
            tx, number, by=asked.by, at=at, name=body.name or None, identity_number=body.number or None, unit=body.unit or None,
            email=body.email.lower() if body.email else None,
        )  # fmt: skip

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/check-identity", summary="Look the contact up", responses=SHOWN)
async def check(number: Number, asked: Asking) -> JSONResponse:
    """The directory is asked after the answer: see `contact.identity.verification` a little later."""

    def act(tx: Tx, at: datetime) -> None:
        identity.check(tx, number, desk=asked.desk_of(tx, number), by=asked.by, at=at)

    return await asked.does(number, act)


@router.post("/tickets/{number}/confirm-identity", summary="Vouch for the contact", responses=SHOWN)
async def confirm(number: Number, asked: Asking, body: Why | None = None) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        identity.confirm(tx, number, by=asked.by, at=at, reason=body.reason if body else None)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/dispute-identity", summary="Say that it is somebody else", responses=SHOWN)
async def dispute(number: Number, asked: Asking, body: Why | None = None) -> JSONResponse:
    def act(tx: Tx, at: datetime) -> None:
        identity.dispute(tx, number, by=asked.by, at=at, reason=body.reason if body else None)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/send-code", summary="Send a one-time code", responses=SHOWN)
async def send_code(number: Number, asked: Asking) -> JSONResponse:
    """It goes to the mailbox that the directory has; typed in the conversation it proves the contact's address."""

    def act(tx: Tx, at: datetime) -> None:
        asked.house.acts.send_code(tx, number, desk=asked.desk_of(tx, number), by=asked.by, at=at)

    return await asked.does(number, act)


@router.post(
    "/tickets/{number}/join", summary="Make another ticket's contact part of this one's", responses=SHOWN
)
async def join(number: Number, body: Join, asked: Asking) -> JSONResponse:
    """If both are proven to be one entry of the directory; else a supervisor may, with a reason."""

    def act(tx: Tx, at: datetime) -> None:
        joining.join(tx, number, body.ticket, by=asked.by, at=at, reason=body.reason)

    return await asked.does(number, act, body)


@router.post("/tickets/{number}/part", summary="Undo a join", responses=SHOWN)
async def part(number: Number, asked: Asking, body: Part | None = None) -> JSONResponse:
    """The newest join of the ticket's contact, if none is named: each has again what they had."""

    def act(tx: Tx, at: datetime) -> None:
        joining.part(tx, number, by=asked.by, at=at, join_id=body.join_id if body else None)

    return await asked.does(number, act, body)
