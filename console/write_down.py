"""Writing down a telephone call or a visit as a ticket."""

from datetime import UTC, datetime

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.doors import Visitor
from console.errors import status_of
from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.once import done_once
from console.pages.render import page
from console.phrases import why_refused
from console.routes import Router
from console.visitors import Here
from tickets import views
from tickets.actions.errors import ActError, UnknownValueError
from tickets.actions.opening import MEDIA, Caller, open_by_hand
from tickets.actor import Role
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx

_FIELDS = ("name", "number", "unit", "email", "subject", "category", "medium", "came_at")

router = Router(include_in_schema=False)


@router.get("/new")
async def show(request: Request, house: TheHouse, visitor: Here, desk: str = "") -> Response:
    return _page(request, house, visitor, agents_desk(house, visitor, desk), {}, None)


@router.post("/new")
async def write_down(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    desk = agents_desk(house, visitor, form.line("desk"))
    by, at = visitor.actor(desk.slug), house.clock()
    given = {name: form.line(name) for name in _FIELDS} | {"text": form.text("text")}
    command = form.command(by, body=given)

    def act(tx: Tx) -> int:
        return _open(tx, form, desk=desk, visitor=visitor, at=at)

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


def _open(tx: Tx, form: Form, *, desk: DeskNow, visitor: Visitor, at: datetime) -> int:
    caller = Caller(
        name=form.line("name") or None, identity_number=form.line("number") or None,
        identity_unit=form.line("unit") or None, identity_email=form.line("email") or None,
    )  # fmt: skip
    _ticket, message = open_by_hand(
        tx, desk=desk, by=visitor.actor(desk.slug), at=at, caller=caller, text=form.text("text"),
        subject=form.line("subject") or None, category=form.line("category") or None,
        medium=form.line("medium") or None, came_at=_came_at(form, desk),
    )  # fmt: skip
    return message


def _came_at(form: Form, desk: DeskNow) -> datetime | None:
    """Read when they came, in the desk's own time; left out: now."""
    given = form.line("came_at")
    if not given:
        return None
    try:
        return datetime.fromisoformat(given).replace(tzinfo=desk.desk.calendar.tz).astimezone(UTC)
    except ValueError as error:
        raise UnknownValueError("when did they come?", field="came_at", value=given) from error


def agents_desks(house: House, visitor: Visitor) -> dict[str, DeskNow]:
    """Return those where they may begin a ticket: the second line takes part in what it is handed."""
    return {
        slug: desk
        for slug, desk in house.desks().items()
        if visitor.actor(slug).may(Role.AGENT, slug) and slug not in visitor.only_teams
    }


def agents_desk(house: House, visitor: Visitor, slug: str) -> DeskNow:
    desks = agents_desks(house, visitor)
    if not desks:
        raise HTTPException(403, "for the agents of a desk")
    return desks.get(slug) or visitor.begins_with(desks)


def _page(
    request: Request, house: House, visitor: Visitor, desk: DeskNow, given: dict[str, str], problem: str | None,
    status: int = 200,
) -> Response:  # fmt: skip
    return page(
        request, house, "new.html", visitor=visitor, status=status, desk=desk.slug, given=given, problem=problem,
        desks={slug: each.desk.name for slug, each in agents_desks(house, visitor).items()},
        categories=house.catalogue(desk.slug).offered, media={each: f"medium_{each}" for each in MEDIA},
    )  # fmt: skip
