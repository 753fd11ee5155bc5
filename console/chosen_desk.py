"""The desk that somebody with several looks at: their browser keeps it, and the pages begin with it."""

import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from fastapi.responses import Response

COOKIE = "tanggap_desk"
_YEAR = 365 * 24 * 60 * 60
_OF_A_DESK = re.compile(r"^/(settings|catalogue)/([\w-]+)(/[\w-]+)?")
_OF_A_TICKET = re.compile(r"^/(tickets|write)\b")
_FIGURE = re.compile(r"^/board/\w+")
# Of what a page was asked; all else belongs to the desk before.
_KEPT = {"/search": ("q", "sort")}
_KEPT_ELSEWHERE = ("period", "first", "last", "month", "view")
EVERY = "all"  # asked for in the place of a desk
_Desk = TypeVar("_Desk")


def chosen_desk(request: Request) -> str:
    """Return the desk that was chosen in this browser; empty where none was."""
    return request.cookies.get(COOKIE, "")[:60]


def keep_desk(response: Response, slug: str) -> Response:
    """Let the browser remember the desk; an empty one: all of them again."""
    if not slug:
        response.delete_cookie(COOKIE, path="/")
    else:
        response.set_cookie(COOKIE, slug, max_age=_YEAR, samesite="lax", path="/", httponly=True)
    return response


def looked_at(asked: str, chosen: str, theirs: Mapping[str, object]) -> str:
    """Return which of their desks somebody looks at: as the page was asked, or as they chose; empty: all of them."""
    slug = asked if asked in {*theirs, EVERY} else chosen
    return slug if slug in theirs else ""


def desks_looked_at(asked: str, chosen: str, theirs: Mapping[str, _Desk]) -> dict[str, _Desk]:
    """Return the desks that somebody looks at, of those that are for their eyes."""
    one = looked_at(asked, chosen, theirs)
    return {one: theirs[one]} if one else dict(theirs)


def named(desks: Mapping[str, object]) -> str:
    """Return what addresses call the desks that are looked at."""
    return next(iter(desks)) if len(desks) == 1 else EVERY


def desk_of_page(path: str, asked: str, known: Mapping[str, object]) -> str:
    """Return the desk that a page is about by its address; empty where that says none."""
    named = _OF_A_DESK.match(path)
    slug = named[2] if named else asked
    return slug if slug in known else ""


def same_page(path: str, query: str, slug: str) -> str:
    """Return the way to the same page of another desk; where there is no such page, to the list it was reached from."""
    if named := _OF_A_DESK.match(path):
        room, section = named[1], named[3] or ""
        return f"/{room}/{slug}{section}" if slug else path
    if _OF_A_TICKET.match(path):
        return "/inbox"
    if not slug and _FIGURE.match(path):
        return "/board"
    kept = {name: value for name, value in parse_qsl(query) if name in _KEPT.get(path, _KEPT_ELSEWHERE)}
    asked = urlencode(kept | ({"desk": slug} if slug else {}))
    return f"{path}?{asked}" if asked else path
