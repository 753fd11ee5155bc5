"""Who looks at a page: the session cookie becomes a visitor, or the way to the login."""

import re
from dataclasses import replace
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response

from console import doors
from console.chosen_desk import chosen_desk
from console.cookies import HostCookie
from console.doors import Knock, Visitor
from console.doors.sessions import LONGEST_BROWSER
from console.house import House, TheHouse
from console.sight import OUT_OF_SIGHT

SESSION = HostCookie("tanggap_session")
LIVE = "/live"  # what every page keeps open, looked at or not
SECOND_FACTOR = "/account/second-factor"


class NotLoggedInError(Exception):
    """The page is for those who are logged in."""


class SecondFactorLackingError(Exception):
    """They have to set up a second factor before anything else."""


async def visitor_or_nobody(request: Request, house: TheHouse) -> Visitor | None:
    key = SESSION.read(request, house)
    if not key or len(key) > 200:
        return None
    now = house.clock()
    visitor = await house.ledger.read(lambda session: doors.visitor_of(session, key, now=now))
    if visitor is not None and now - visitor.seen_at > doors.SEEN_EVERY:
        await house.ledger.write(lambda tx: doors.seen(tx, visitor, at=now), name="session")
    if visitor is None:
        return None
    if OUT_OF_SIGHT not in request.headers and request.url.path != LIVE:
        request.app.state.sight.sees(visitor.email, visitor.session)
    return _at_their_desk(visitor, chosen_desk(request))


def _at_their_desk(visitor: Visitor, slug: str) -> Visitor:
    theirs = bool(slug) and (visitor.desks is None or slug in visitor.desks)
    return replace(visitor, chosen=slug) if theirs else visitor


MaybeVisitor = Annotated[Visitor | None, Depends(visitor_or_nobody)]


async def _inside(visitor: MaybeVisitor) -> Visitor:
    if visitor is None:
        raise NotLoggedInError
    return visitor


# Whoever is logged in, even if all they may do is to set up their second factor.
Inside = Annotated[Visitor, Depends(_inside)]


async def _visitor(visitor: Inside, house: TheHouse) -> Visitor:
    if lacks_second_factor(visitor, house):
        raise SecondFactorLackingError
    return visitor


Here = Annotated[Visitor, Depends(_visitor)]


def lacks_second_factor(visitor: Visitor, house: House) -> bool:
    """Whether the installation or a desk lets them do nothing before they have a second factor."""
    return visitor.lacks_second_factor(
        house.second_factor, {slug: desk.desk for slug, desk in house.desks().items()}
    )


def knock_of(request: Request) -> Knock:
    """Return where a request comes from."""
    place = request.client.host if request.client else ""
    return Knock(place=place, browser=request.headers.get("user-agent", "")[:LONGEST_BROWSER])


async def to_login(request: Request, _error: Exception) -> Response:
    """Send whoever is not logged in to the login, and after it back to where they wanted to go."""
    wanted = request.url.path if request.method == "GET" else _page_of(request)
    return RedirectResponse(f"/?next={quote(wanted)}", status_code=303)


def _page_of(request: Request) -> str:
    """Return the path of our own page on which a form stood; the inbox where none is named.

    What a ticket's form refuses is shown under the form's own address, which is no page to go to.
    """
    named = urlsplit(request.headers.get("referer", ""))
    if named.netloc != request.url.netloc or not named.path:
        return "/inbox"
    ticket = re.match(r"/tickets/\d+(?=/|$)", named.path)
    return ticket[0] if ticket else named.path


async def to_second_factor(_request: Request, _error: Exception) -> Response:
    return RedirectResponse(SECOND_FACTOR, status_code=303)


def let_in(response: Response, house: House, key: str) -> Response:
    SESSION.put(response, house, key, lasts=doors.SESSION_LASTS)
    return response
