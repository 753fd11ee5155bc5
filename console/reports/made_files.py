"""The files that somebody has had made: the page of how far they are, handed out while they are kept, let go when they say so."""

from functools import partial
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.days import day_in
from console.doors import Knock, Visitor, trail
from console.doors.trail import Entry, Kind
from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.ids import Id
from console.kept_files import in_pieces
from console.language import language_of
from console.pages.render import page
from console.reports.asking import ask_once, may_have, one_of, theirs, trail_data
from console.reports.makings_shown import problem_of, shown_makings
from console.routes import Router
from console.supervised import supervised
from console.visitors import Here, knock_of
from reports.errors import ReportError
from reports.making import queue, shelf
from reports.making.order import MEASURED, Order
from reports.making.queue import NoSuchMakingError, State
from reports.making.shelf import Making
from templates_replies.catalogue import Language
from tickets.actor import Actor
from tickets.ledger.tx import Tx

PATH = "/makings"

router = Router(include_in_schema=False)


@router.get(PATH)
async def show(request: Request, house: TheHouse, visitor: Here) -> Response:
    return await _shown(request, house, visitor)


@router.post(PATH)
async def make(request: Request, house: TheHouse, visitor: Here, form: OurForm) -> Response:
    """Have a report made that is kept in no archive: a self-evaluation, a scorecard, one on surveys."""
    desk = supervised(house, visitor).get(form.line("desk"))
    if desk is None:
        raise HTTPException(403, "for supervisors")
    try:
        order = _order(form, language_of(request))
        await ask_once(request, house, form, order, desk, by=visitor.actor(desk.slug))
    except ReportError as refused:
        return await _shown(request, house, visitor, refused=refused)
    return RedirectResponse(PATH, status_code=303)


@router.get(PATH + "/{key}")
async def take_out(request: Request, key: Id, house: TheHouse, visitor: Here) -> Response:
    """Hand out a file to whoever had it made; the trail says so."""
    made = await _theirs(house, visitor, key)
    if made.report is not None:
        return RedirectResponse(f"/reports/{made.report}", status_code=303)
    return await handed_out(house, made, who=visitor.email, knock=knock_of(request))


@router.post(PATH + "/{key}/drop")
async def drop(key: Id, house: TheHouse, visitor: Here, _form: OurForm) -> Response:
    """Stop a making, or let its file go before its time."""
    made = await _theirs(house, visitor, key)
    by, at = visitor.actor(made.desk), house.clock()
    await house.ledger.write(lambda tx: queue.drop(tx, key, by=by, at=at), name="console")
    return RedirectResponse(PATH, status_code=303)


async def handed_out(house: House, made: Making, *, who: str, knock: Knock) -> Response:
    """Answer with a file that is there, after a line in the trail of each desk. Raises HTTPException(404)."""
    depot, key = house.ledger.blobs.made, shelf.key_of(made.id, made.order.format)
    size = await house.ledger.put_aside(depot.size, key) if made.state is State.DONE else None
    if size is None:
        raise HTTPException(404, "the file is not there, or not any more")
    now = house.clock()
    lines = [
        Entry(kind=Kind.EXPORTED, who=who, knock=knock, desk=slug, data=trail_data(made))
        for slug in (made.desk, *made.order.beside)
    ]

    def tell(tx: Tx) -> None:
        for each in lines:
            trail.write(tx, each, at=now)

    await house.ledger.write(tell, name="trail")
    return in_pieces(
        partial(depot.pieces, key), size, type=made.type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(made.name or key)}",
            "Cache-Control": "no-store",
        },
    )  # fmt: skip


def _order(form: Form, language: Language) -> Order:
    """Read what is asked for. Raises ReportError."""
    what = form.line("what", longest=20)
    if what not in MEASURED:
        raise ReportError(f'there is no report "{what}"')
    return Order(
        what=what, format=form.line("format", longest=10), language=language, period=form.line("period", longest=10),
        first_on=day_in(form.line("from", longest=10)), last_on=day_in(form.line("to", longest=10)),
    )  # fmt: skip


async def _shown(
    request: Request, house: House, visitor: Visitor, *, refused: ReportError | None = None
) -> Response:
    actors = actors_of(house, visitor)
    found = [
        each
        for each in await theirs(house, {each.key for each in actors.values()})
        if may_have(each, actors)  # where they may look still
    ]
    return page(
        request, house, "made.html", visitor=visitor, status=422 if refused else 200,
        problem=problem_of(refused, language_of(request)) if refused else "",
        makings=await shown_makings(request, house, found), several=len(actors) > 1,
    )  # fmt: skip


async def _theirs(house: House, visitor: Visitor, key: int) -> Making:
    try:
        return await one_of(house, key, actors_of(house, visitor))
    except NoSuchMakingError as error:
        raise HTTPException(404, str(error)) from error


def actors_of(house: House, visitor: Visitor) -> dict[str, Actor]:
    """Return whom each desk that they supervise knows them as. Raises HTTPException(403) if there are none."""
    return {slug: visitor.actor(slug) for slug in supervised(house, visitor)}
