"""What every page of the settings begins with: whose desk, under which revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from console import editing
from console.doors import Visitor
from console.house import House, TheHouse
from console.pages.render import page as filled_page
from console.settings.saving import DESK
from console.settings.sections import PAGES
from console.visitors import Here
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.desk import Desk, DeskNow
from tickets.revisions import Revision

PREFIX = "/settings/{desk}"
TABS = (*(page.key for page in PAGES), "history")


@dataclass(frozen=True, kw_only=True)
class Cabinet:
    request: Request
    house: House
    visitor: Visitor
    desk: DeskNow
    by: Actor
    revision: Revision
    saved: int | None  # the revision that was saved just now

    @property
    def at(self) -> str:
        return f"/settings/{self.desk.slug}"

    @property
    def text(self) -> str:
        return self.revision.files.get(DESK, "")

    @property
    def desks(self) -> Sequence[Desk]:
        slugs = self.visitor.supervised(sorted(self.house.desks()))
        return [self.house.desk(slug).desk for slug in slugs]

    def shows(self, template: str, tab: str, *, status: int = 200, **values: Any) -> Response:
        return filled_page(
            self.request, self.house, template, visitor=self.visitor, status=status, cabinet=self, tab=tab,
            tabs=TABS, **values,
        )  # fmt: skip

    def goes_to(self, where: str, saved: int | None = None) -> Response:
        more = f"?saved={saved}" if saved is not None else ""
        return RedirectResponse(f"{self.at}/{where}{more}", status_code=303)


async def _cabinet(
    request: Request,
    house: TheHouse,
    visitor: Here,
    desk: Annotated[str, Path(max_length=60)],
    saved: Annotated[int | None, Query(ge=1, lt=10**9)] = None,
) -> Cabinet:
    found = house.desk(desk)
    by = visitor.actor(desk)
    require(by, Role.SUPERVISOR, desk)
    revision = await editing.newest_of(house, desk)
    return Cabinet(
        request=request, house=house, visitor=visitor, desk=found, by=by, revision=revision, saved=saved
    )


TheCabinet = Annotated[Cabinet, Depends(_cabinet)]


def number_in(text: str) -> int:
    """Return a revision's number as a form gives it; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
