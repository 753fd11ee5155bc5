"""Writing to somebody first."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from console.doors import Visitor
from console.errors import status_of
from console.forms import OurForm
from console.house import House, TheHouse
from console.once import done_once
from console.pages.render import page
from console.phrases import why_refused
from console.routes import Router
from console.visitors import Here
from console.write_down import agents_desk, agents_desks
from tickets import views
from tickets.actions import reaching
from tickets.actions.answering import Words
from tickets.actions.errors import ActError
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx

_FIELDS = ("to", "subject", "category")

router = Router(include_in_schema=False)


@router.get("/write")
async def show(request: Request, house: TheHouse, visitor: Here, desk: str = "", to: str = "") -> Response:
    return _page(request, house, visitor, agents_desk(house, visitor, desk), {"to": to[:300]}, None)


@router.post("/write")
async def write(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    desk = agents_desk(house, visitor, form.line("desk"))
    by, at = visitor.actor(desk.slug), house.clock()
    given = {name: form.line(name) for name in _FIELDS} | {"text": form.text("text")}
    command = form.command(by, body=given)

    def act(tx: Tx) -> int:
        words = Words(text=given["text"], subject=given["subject"] or None)
        category = given["category"] or None
        return reaching.write_first(tx, given["to"], words, desk=desk, by=by, at=at, category=category)[1]

    try:
        await done_once(house.ledger, command, act, at=at)
    except ActError as refused:
        return _page(
            request, house, visitor, desk, given, why_refused(refused.code), status_of(refused)
        )  # fmt: skip
    number = await house.ledger.read(
        lambda session: views.ticket_of_event(session, account=command.account, event_id=command.event_id)
    )
    return RedirectResponse(f"/tickets/{number}", status_code=303)


def _page(
    request: Request, house: House, visitor: Visitor, desk: DeskNow, given: dict[str, str], problem: str | None,
    status: int = 200,
) -> Response:  # fmt: skip
    return page(
        request, house, "write.html", visitor=visitor, status=status, desk=desk.slug, given=given, problem=problem,
        desks={slug: each.desk.name for slug, each in agents_desks(house, visitor).items()},
        categories=house.catalogue(desk.slug).offered,
    )  # fmt: skip
