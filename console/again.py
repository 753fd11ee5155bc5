"""What came in, processed again: a mail that is shown wrongly, and whatever could not be processed at all."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Query
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.board.shown import FAILED_INTAKE
from console.forms import OurForm
from console.house import TheHouse
from console.ids import Id
from console.once import done_once
from console.raw_events import raw_content
from console.routes import Router
from console.visitors import Here
from tickets import views
from tickets.actions.rereading import reread
from tickets.ledger.tx import Tx
from tickets.message import Channel

Name = Annotated[str, Query(max_length=1000)]

router = Router(include_in_schema=False)


@router.post("/tickets/{number}/messages/{message}/again")
async def read_again(number: Id, message: Id, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Read a message of the ticket again; sent twice it is read once."""
    ticket = await house.ledger.read(
        lambda session: views.ticket(session, number, link=str, desks=visitor.desks)
    )
    is_theirs = ticket is not None and visitor.may_see(ticket.ticket.desk, ticket.ticket.team)
    if ticket is None or not is_theirs or not any(each.id == message for each in ticket.messages):
        raise HTTPException(404, "there is no such message")
    read = None if house.replay is None else await house.replay.of_message(message)
    if read is None:
        raise HTTPException(404, "nothing is kept of this message")
    by, at = visitor.actor(ticket.ticket.desk), house.clock()
    command = form.command(by, body={})

    def act(tx: Tx) -> None:
        reread(tx, message, read.said, read.files, by=by, at=at)

    await done_once(house.ledger, command, act, at=at)
    return RedirectResponse(f"/tickets/{number}#message-{message}", status_code=303)


@router.post("/kept")
async def process_again(house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Process again what is named; what does not wait any more stays as it is."""
    account, event_id = form.line("account"), form.text("event")
    desk = account.partition("/")[0]
    if house.replay is None or not visitor.supervised((desk,)):
        raise HTTPException(403, "for supervisors of the desk")
    await house.replay.kept(account, event_id, by=visitor.actor(desk))
    back = "/channels" if form.line("back") == "channels" else f"/board/{FAILED_INTAKE}"
    return RedirectResponse(f"{back}?desk={quote(desk)}", status_code=303)


@router.get("/kept")
async def raw(account: Name, event: Name, house: TheHouse, visitor: Here) -> Response:
    """Hand out what waits, byte for byte."""
    found = None
    if visitor.supervised((account.partition("/")[0],)):
        found = await house.ledger.read(
            lambda session: views.raw_of_kept(session, account=account, event_id=event)
        )
    if found is None:
        raise HTTPException(404, "there is nothing of that name")
    ending = "eml" if found.channel == Channel.EMAIL else "txt"
    return Response(
        await raw_content(house, found),
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{found.channel}.{ending}"'},
    )
