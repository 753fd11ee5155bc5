"""What every page that changes a desk begins with: whose desk, under which revision, for its supervisors alone."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, TypeVar

from fastapi import Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.changing import editing
from console.doors import Visitor
from console.house import House, TheHouse
from console.visitors import Here
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.desk import Desk, DeskNow
from tickets.revisions import Revision


@dataclass(frozen=True, kw_only=True)
class AtDesk:
    ROOM: ClassVar[str]  # the first part of the way to its pages

    request: Request
    house: House
    visitor: Visitor
    desk: DeskNow
    by: Actor
    revision: Revision
    saved: int | None  # the revision that was saved just now

    @property
    def at(self) -> str:
        return f"/{self.ROOM}/{self.desk.slug}"

    @property
    def desks(self) -> Sequence[Desk]:
        """Those that the visitor may change."""
        slugs = self.visitor.supervised(sorted(self.house.desks()))
        return [self.house.desk(slug).desk for slug in slugs]

    def goes_to(self, where: str, saved: int | None = None) -> Response:
        more = f"?saved={saved}" if saved is not None else ""
        return RedirectResponse(f"{self.at}/{where}{more}", status_code=303)


def first_desk(house: House, visitor: Visitor) -> str:
    """Return the desk that a supervisor begins with; nobody else comes in."""
    theirs = visitor.supervised(sorted(house.desks()))
    if not theirs:
        raise HTTPException(403, "for supervisors")
    return visitor.begins_with({slug: house.desk(slug).desk for slug in theirs}).slug


_Room = TypeVar("_Room", bound=AtDesk)


def at_desk(room: type[_Room]) -> Callable[..., Awaitable[_Room]]:
    """Return what a route of the room depends on: everything that its pages begin with."""

    async def opened(
        request: Request,
        house: TheHouse,
        visitor: Here,
        desk: Annotated[str, Path(max_length=60)],
        saved: Annotated[int | None, Query(ge=1, lt=10**9)] = None,
    ) -> _Room:
        found = house.desk(desk)
        by = visitor.actor(desk)
        require(by, Role.SUPERVISOR, desk)
        revision = await editing.newest_of(house, desk)
        return room(
            request=request, house=house, visitor=visitor, desk=found, by=by, revision=revision, saved=saved
        )

    return opened
