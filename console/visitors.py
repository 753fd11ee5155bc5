"""Who looks at a page: the session cookie becomes a visitor, or the way to the login."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response

from console import doors
from console.doors import Visitor
from console.house import House, TheHouse

COOKIE = "tanggap_session"


class NotLoggedInError(Exception):
    """The page is for those who are logged in."""


async def visitor_or_nobody(request: Request, house: TheHouse) -> Visitor | None:
    key = request.cookies.get(COOKIE)
    if not key or len(key) > 200:
        return None
    now = house.clock()
    visitor = await house.ledger.read(lambda session: doors.visitor_of(session, key, now=now))
    if visitor is not None and now - visitor.seen_at > doors.SEEN_EVERY:
        await house.ledger.write(lambda tx: doors.seen(tx, visitor, at=now), name="session")
    return visitor


MaybeVisitor = Annotated[Visitor | None, Depends(visitor_or_nobody)]


async def _visitor(visitor: MaybeVisitor) -> Visitor:
    if visitor is None:
        raise NotLoggedInError
    return visitor


Here = Annotated[Visitor, Depends(_visitor)]


async def to_login(request: Request, _error: Exception) -> Response:
    """Send whoever is not logged in to the login, and after it back to where they wanted to go."""
    wanted = request.url.path if request.method == "GET" else "/inbox"
    return RedirectResponse(f"/?next={quote(wanted)}", status_code=303)


def let_in(response: Response, house: House, key: str) -> Response:
    response.set_cookie(
        COOKIE, key, max_age=int(doors.SESSION_LASTS.total_seconds()), httponly=True, samesite="lax",
        secure=house.is_https, path="/",
    )  # fmt: skip
    return response
