"""Search over everything, in the language of the search page."""

from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import JSONResponse
from pydantic.dataclasses import dataclass

from console.api.caller import Caller, IdentityNumbers
from console.api.shapes import ErrorShape
from console.house import TheHouse
from console.routes import Router
from console.search.searching import asker_of, understood
from tickets.actions.errors import RuleError
from tickets.query import written
from tickets.search.found import Order, find
from tickets.views import TicketView

MOST = 100

router = Router(tags=["tickets"])


@dataclass(frozen=True, kw_only=True)
class MarkedText:
    text: str
    hit: bool  # it is what was looked for


@dataclass(frozen=True, kw_only=True)
class FoundPlace:
    direction: str | None  # in, out, note; null: the name of a file
    message: int
    at: str
    pieces: tuple[MarkedText, ...]


@dataclass(frozen=True, kw_only=True)
class FoundItem:
    ticket: TicketView
    place: FoundPlace | None  # null: it is met in the subject, the contact's name or by filters alone


@dataclass(frozen=True, kw_only=True)
class RemarkShape:
    trouble: str  # unknown_filter, unknown_value, bad_date, empty_filter, too_long
    key: str
    value: str


@dataclass(frozen=True, kw_only=True)
class FoundList:
    query: str  # as it was read
    instead: str | None  # what was searched for, where words that nobody has written were taken for slips
    remarks: tuple[RemarkShape, ...]
    items: tuple[FoundItem, ...]
    next: str | None  # hand it back as `after`


RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"model": FoundList},
    401: {"model": ErrorShape, "description": "No valid token"},
    409: {"model": ErrorShape, "description": "Nothing is indexed here"},
}


@router.get("/search", summary="Search tickets by all that was said, with filters", responses=RESPONSES)
async def search(
    house: TheHouse,
    by: Caller,
    numbers: IdentityNumbers,
    *,
    q: Annotated[str, Query(max_length=1000, description='Such as `status:open from:2026-10-01 "kode otp"`')],
    sort: Annotated[Order, Query(description="Best match first, or newest first")] = Order.BEST,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 25,
    after: Annotated[str | None, Query(max_length=60, description="`next` of the page before")] = None,
) -> JSONResponse:
    index, asker = house.search, asker_of(by)
    if index is None:
        raise RuleError("nothing is indexed here")
    read, found = await house.ledger.read(
        lambda session: (
            understood_ := understood(session, house, index, q, asker),
            find(session, index, understood_.meaning, asker=asker, order=sort, limit=limit, after=after),
        )
    )
    instead = read.meaning.instead if found.tickets else None
    return await numbers.answer(
        {
            "query": written(read.query), "instead": written(instead) if instead else None, "remarks": read.remarks,
            "items": [{"ticket": each.ticket, "place": each.place} for each in found.tickets], "next": found.next,
        }
    )  # fmt: skip
