"""Webhooks: the page on which a supervisor sees how they fare, tries one out, and sends something again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.channels.hooks import webhooks_of
from console.doors import Visitor
from console.errors import status_of
from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.once import done_once
from console.pages.render import moments, page
from console.routes import Router
from console.visitors import Here
from tickets.actions import hooks
from tickets.actions.errors import ActError
from tickets.actor import Actor, Role
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx

PATH = "/webhooks"
TRIES = 20
OK = 200

router = Router(include_in_schema=False)


@router.get(PATH)
async def webhooks(request: Request, house: TheHouse, visitor: Here) -> Response:
    return await _page(request, house, visitor)


@router.post(PATH)
async def act_upon(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    act = _ACTS.get(form.line("act"))
    if act is None:
        raise HTTPException(404, "there is no such act")
    desk = house.desk(form.line("desk"))
    by, at = visitor.actor(desk.slug), house.clock()
    command = form.command(
        by, body={name: form.line(name) for name in ("act", "desk", "webhook", "delivery")}
    )

    def job(tx: Tx) -> None:
        act(tx, form, desk, by, at)

    try:
        await done_once(house.ledger, command, job, at=at)
    except ActError as refused:
        return await _page(request, house, visitor, status=status_of(refused))
    return RedirectResponse(f"{PATH}#{desk.slug}-{form.line('webhook')}", status_code=303)


def _test(tx: Tx, form: Form, desk: DeskNow, by: Actor, at: datetime) -> None:
    hooks.send_test(tx, form.line("webhook"), desk=desk, by=by, at=at)


def _again(tx: Tx, form: Form, desk: DeskNow, by: Actor, at: datetime) -> None:
    delivery = form.number("delivery") or 0
    hooks.send_again(tx, form.line("webhook"), delivery, desk=desk, by=by, at=at)


def _resume(tx: Tx, form: Form, desk: DeskNow, by: Actor, at: datetime) -> None:
    hooks.resume(tx, form.line("webhook"), desk=desk, by=by, at=at)


_ACTS: Mapping[str, Callable[[Tx, Form, DeskNow, Actor, datetime], None]] = {
    "test": _test,
    "again": _again,
    "resume": _resume,
}


async def _page(request: Request, house: House, visitor: Visitor, *, status: int = OK) -> Response:
    desks = [
        desk.desk
        for slug, desk in sorted(house.desks().items())
        if visitor.actor(slug).may(Role.SUPERVISOR, slug)
    ]
    if not desks:
        raise HTTPException(403, "for supervisors")
    shown = [
        (desk, moments(request, desk.calendar.tz, house.clock()),
         await house.ledger.read(partial(webhooks_of, desk=desk, tries=TRIES)))
        for desk in desks
    ]  # fmt: skip
    return page(
        request, house, "webhooks.html", visitor=visitor, desks=shown, refused=status != OK, status=status,
        begins=visitor.begins_with({desk.slug: desk for desk in desks}).slug,
    )  # fmt: skip
