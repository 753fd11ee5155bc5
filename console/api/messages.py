"""Messages, what they came as, and contacts."""

from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from console.api.caller import Caller, IdentityNumbers
from console.api.shapes import ErrorShape, MessageList, answer
from console.api.tickets import After, Limit
from console.house import TheHouse
from console.ids import Id
from console.raw_events import raw_content
from console.routes import Router
from tickets import views
from tickets.message import Channel
from tickets.views import ContactView

_MEDIA_TYPES = {
    Channel.EMAIL: "message/rfc822",
    Channel.TELEGRAM: "application/json",
    Channel.WHATSAPP: "application/x-www-form-urlencoded",
}
_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorShape, "description": "No valid token"},
    404: {"model": ErrorShape, "description": "There is no such thing"},
}

router = Router(responses=_REFUSALS)
contacts = Router(responses=_REFUSALS)


@router.get(
    "/messages",
    tags=["messages"],
    summary="List messages, newest first",
    responses={200: {"model": MessageList}},
)
async def list_messages(
    house: TheHouse,
    by: Caller,
    *,
    external_id: Annotated[
        str | None,
        Query(max_length=1000, description="The provider's id; a Message-ID with or without brackets"),
    ] = None,
    ticket: Annotated[int | None, Query(ge=1, lt=10**15)] = None,
    limit: Limit = 50,
    after: After = None,
) -> JSONResponse:
    page = await house.ledger.read(
        lambda session: views.messages(
            session, link=house.links.url, limit=limit, desks=by.desks, ticket=ticket, external_id=external_id,
            after=after,
        )
    )  # fmt: skip
    return answer(page)


@router.get(
    "/messages/{id}/raw", tags=["messages"], summary="What came in, byte for byte", response_class=Response,
    responses={409: {"model": ErrorShape, "description": "The virus scanner objects to it"}},
)  # fmt: skip
async def raw_message(id: Id, house: TheHouse, by: Caller) -> Response:  # noqa: A002
    found = await house.ledger.read(lambda session: views.raw_of(session, id, desks=by.desks))
    if found is None:
        raise HTTPException(404, f"there is nothing raw of message {id}")
    return Response(
        await raw_content(house, found),
        media_type=_MEDIA_TYPES.get(Channel(found.channel), "application/octet-stream"),
        headers={"Content-Disposition": f'attachment; filename="message-{id}"'},
    )


@contacts.get(
    "/contacts/{id}", tags=["contacts"], summary="One contact", responses={200: {"model": ContactView}}
)
async def show_contact(id: Id, house: TheHouse, by: Caller, numbers: IdentityNumbers) -> JSONResponse:  # noqa: A002
    found = await house.ledger.read(lambda session: views.contact(session, id, desks=by.desks))
    if found is None:
        raise HTTPException(404, f"there is no contact {id}")
    return await numbers.answer(found)
