"""What is kept of a contact: handed out, and erased."""

from dataclasses import asdict
from functools import partial
from typing import Any

from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from console.api.caller import Asking
from console.api.shapes import answer
from console.api.tickets import REFUSALS
from console.doors import trail
from console.doors.trail import Entry, Kind
from console.ids import Id
from console.privacy.contact_page import handed_out
from console.routes import Router
from procedures.discarding import beside
from tickets.actions import erasing
from tickets.actions.errors import NotAllowedError
from tickets.ledger.tx import Tx

router = Router(tags=["identity"], responses=REFUSALS)


class Erase(BaseModel):
    """Why somebody is erased. It stays in the record: name nobody in it."""

    reason: str = Field(min_length=1, max_length=500)


@router.get("/contacts/{id}/erasure", summary="What an erasure of a contact would do")
async def foresee(id: Id, asked: Asking) -> JSONResponse:  # noqa: A002
    """How much of each kind would go, what stays, what cannot be reached, and what has to end first. For supervisors."""
    return answer(await _foreseen(id, asked))


@router.post("/contacts/{id}/erase", summary="Erase a contact", status_code=202)
async def erase(id: Id, body: Erase, asked: Asking) -> JSONResponse:  # noqa: A002
    """It cannot be undone, and is done in pieces after the answer. For supervisors."""
    act = partial(erasing.ask, contact=id, reason=body.reason, more=beside, by=asked.by)

    def ask(tx: Tx, at: Any) -> None:
        act(tx, at=at)

    await asked.does_once(ask, body)
    return answer(await _foreseen(id, asked), status=202)


@router.get("/contacts/{id}/export.zip", summary="All that is kept of a contact", response_class=Response)
async def take_out(id: Id, asked: Asking) -> Response:  # noqa: A002
    """For supervisors whose token is good for `identity:read`: identity numbers of the contact are whole in it."""
    house, at = asked.house, asked.house.clock()
    if not asked.numbers.whole:
        raise NotAllowedError("the token may not read identity numbers")
    desk = await house.ledger.write(partial(erasing.desk_of, contact=id, by=asked.by), name="api")
    entry = Entry(
        kind=Kind.EXPORTED, who=asked.by.key, knock=asked.numbers.knock, desk=desk,
        data={"what": "contact", "format": "zip", "contact": id},
    )  # fmt: skip
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=at), name="trail")
    return await handed_out(house, house.desk(desk).desk, id)


async def _foreseen(contact: int, asked: Asking) -> dict[str, Any]:
    plan = await asked.house.ledger.write(
        partial(erasing.plan, contact=contact, more=beside, by=asked.by), name="api"
    )
    return {**asdict(plan), "goes": {str(each): many for each, many in plan.goes.items()}}
