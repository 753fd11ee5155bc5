"""The files that somebody has had made: handed out while they are kept, and let go when they say so."""

from functools import partial
from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.doors import Visitor, trail
from console.doors.trail import Entry, Kind
from console.forms import OurForm
from console.house import House, TheHouse
from console.kept_files import in_pieces
from console.reports.asking import one_of, trail_data
from console.routes import Router
from console.supervised import supervised
from console.visitors import Here, knock_of
from reports.making import queue, shelf
from reports.making.order import REPORT
from reports.making.queue import NoSuchMakingError, State
from reports.making.shelf import Making
from tickets.actor import Actor

PATH = "/exports"
Key = Annotated[int, Path(ge=1, lt=10**15)]

router = Router(include_in_schema=False)


@router.get(PATH + "/{key}")
async def take_out(request: Request, key: Key, house: TheHouse, visitor: Here) -> Response:
    """Hand out a file to whoever had it made; the trail says so."""
    made = await _theirs(house, visitor, key)
    if made.report is not None:
        return RedirectResponse(f"/reports/{made.report}", status_code=303)
    entry = Entry(
        kind=Kind.EXPORTED,
        who=visitor.email,
        knock=knock_of(request),
        desk=made.desk,
        data=trail_data(made),
    )
    return await handed_out(house, made, entry)


@router.post(PATH + "/{key}/drop")
async def drop(key: Key, house: TheHouse, visitor: Here, _form: OurForm) -> Response:
    """Stop a making, or let its file go before its time."""
    made = await _theirs(house, visitor, key)
    by, at = visitor.actor(made.desk), house.clock()
    await house.ledger.write(lambda tx: queue.drop(tx, key, by=by, at=at), name="console")
    back = "/reports" if made.order.what == REPORT else "/exports"
    return RedirectResponse(f"{back}?desk={made.desk}", status_code=303)


async def handed_out(house: House, made: Making, entry: Entry) -> Response:
    """Answer with a file that is there, after a line in the trail. Raises HTTPException(404)."""
    depot, key = house.ledger.blobs.made, shelf.key_of(made.id, made.order.format)
    size = await house.ledger.put_aside(depot.size, key) if made.state is State.DONE else None
    if size is None:
        raise HTTPException(404, "the file is not there, or not any more")
    now = house.clock()
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="trail")
    return in_pieces(
        partial(depot.pieces, key), size, type=made.type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(made.name or key)}",
            "Cache-Control": "no-store",
        },
    )  # fmt: skip


async def _theirs(house: House, visitor: Visitor, key: int) -> Making:
    try:
        return await one_of(house, key, actors_of(house, visitor))
    except NoSuchMakingError as error:
        raise HTTPException(404, str(error)) from error


def actors_of(house: House, visitor: Visitor) -> dict[str, Actor]:
    """Return whom each desk that they supervise knows them as. Raises HTTPException(403) if there are none."""
    return {slug: visitor.actor(slug) for slug in supervised(house, visitor)}
