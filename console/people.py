"""People: the administrator sees who works where and hands out the links with which accounts begin."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console import doors
from console.doors import Visitor
from console.forms import OurForm
from console.house import House, TheHouse
from console.pages.render import page
from console.visitors import Here
from tickets import views

router = APIRouter(include_in_schema=False)


@router.get("/people")
async def people(request: Request, house: TheHouse, visitor: Here) -> Response:
    _only_admin(visitor)
    return await _page(request, house, visitor)


@router.post("/people")
async def invite(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    _only_admin(visitor)
    email = form.line("email").lower()
    known = await house.ledger.read(views.colleagues)
    if email not in {person.email for person in known if person.email}:
        raise HTTPException(404, "nobody on the staff has this mailbox")
    now = house.clock()
    key = await house.ledger.write(lambda tx: doors.make_invitation(tx, now, email=email), name="invite")
    link = f"{house.public_url.rstrip('/')}/setup/{key}"
    return await _page(request, house, visitor, invitation=(email, link))


async def _page(
    request: Request, house: House, visitor: Visitor, *, invitation: tuple[str, str] | None = None
) -> Response:
    staff = await house.ledger.read(views.colleagues)
    accounts = {account.email for account in await house.ledger.read(doors.accounts)}
    names = {slug: desk.desk.name for slug, desk in house.desks().items()}
    return page(
        request, house, "people.html", visitor=visitor, staff=staff, accounts=accounts, desks=names,
        invitation=invitation,
    )  # fmt: skip


def _only_admin(visitor: Visitor) -> None:
    if not visitor.admin:
        raise HTTPException(403, "for the administrator")
