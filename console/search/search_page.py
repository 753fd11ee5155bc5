"""The search page, and what is offered to whoever has begun to type."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import JSONResponse, Response
from sqlmodel import Session

from console.chosen_desk import EVERY, looked_at
from console.house import House, TheHouse
from console.language import language_of
from console.lines import Line, line_of, own_ids
from console.pages.render import page
from console.routes import Router
from console.search.offered import offered
from console.search.searching import Understood, asker_at, asker_within, names_desks, remark_words, understood
from console.visitors import Here
from console.words.search import EXAMPLES
from tickets import views
from tickets.query import Query as Typed
from tickets.query import written
from tickets.search.found import FoundPage, FoundTicket, Order, find
from tickets.search.index import SearchIndex
from tickets.search.meaning import Asker
from tickets.views import InboxLine

PAGE = 25
LONGEST = 1000

router = Router(include_in_schema=False)

Words = Annotated[str, Query(max_length=LONGEST)]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A ticket as the page shows it."""

    found: FoundTicket
    line: Line


@dataclass(frozen=True, kw_only=True)
class Results:
    understood: Understood
    page: FoundPage
    instead: Typed | None  # what was searched for, where what was typed is taken for a slip
    names: dict[str, str]


@router.get("/search")
async def search(
    request: Request, house: TheHouse, visitor: Here, *, q: Words = "", sort: Order = Order.BEST,
    after: Annotated[str, Query(max_length=60)] = "", desk: Annotated[str, Query(max_length=60)] = "",
) -> Response:  # fmt: skip
    index, language = house.search, language_of(request)
    theirs = {
        slug: each.desk.name
        for slug, each in house.desks().items()
        if visitor.desks is None or slug in visitor.desks
    }
    only = "" if names_desks(house, q, asker_at(visitor)) else looked_at(desk, visitor.chosen, theirs)
    results = None
    if index is not None and q.strip():
        results = await house.ledger.read(
            lambda session: _results(session, house, index, asker_within(visitor, only), q, sort, after)
        )
    return page(
        request, house, "search.html", visitor=visitor, q=q, sort=sort, desk=desk, orders=list(Order), after=after,
        there_is=index is not None, examples=EXAMPLES[language], several=len(theirs) > 1 and not only, only=theirs.get(only), own=own_ids(visitor),
        keep="/views?" + urlencode({"query": q}) + "#new",
        hits=[_hit(request, house, each, results.names) for each in results.page.tickets] if results else [],
        next=results.page.next if results else None, way=partial(_way, desk=desk), elsewhere=_way(q, sort, desk=EVERY),
        remarks=[remark_words(each, language) for each in results.understood.remarks] if results else [],
        instead=written(results.instead) if results and results.instead else None,
        exactly=written(results.understood.meaning.exactly or results.understood.query) if results else "",
    )  # fmt: skip


@router.get("/search/quick")
async def quick(
    request: Request, house: TheHouse, visitor: Here, *, q: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Return a few of everything that a beginning may mean, for the command palette."""
    language = language_of(request)
    found = await house.ledger.read(lambda session: offered(session, house, visitor, q, language=language))
    return JSONResponse(found)


def _results(
    session: Session, house: House, index: SearchIndex, asker: Asker, q: str, sort: Order, after: str
) -> Results:  # fmt: skip
    read = understood(session, house, index, q, asker)
    found = find(session, index, read.meaning, asker=asker, order=sort, limit=PAGE, after=after or None)
    people = views.colleagues(session, asker.desks)
    # A correction is shown only where it finds something for them: words of others' tickets are no one else's business.
    instead = read.meaning.instead if found.tickets else None
    return Results(
        understood=read, page=found, instead=instead, names={each.id: each.name for each in people}
    )


def _hit(request: Request, house: House, found: FoundTicket, names: dict[str, str]) -> Hit:
    return Hit(found=found, line=line_of(request, house, InboxLine(ticket=found.ticket, last=None), names))


def _way(q: str, sort: str = Order.BEST, after: str = "", *, desk: str = "") -> str:
    values = {"q": q, "sort": "" if sort == Order.BEST else sort, "after": after, "desk": desk}
    return "/search?" + urlencode({name: value for name, value in values.items() if value})
