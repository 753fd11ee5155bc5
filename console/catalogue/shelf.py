"""What every page of the catalogue begins with: whose desk, under which revision, and how a save is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from console import editing
from console.doors import Visitor
from console.errors import status_of
from console.forms import Form
from console.house import House, TheHouse
from console.pages.render import page
from console.visitors import Here
from templates_replies.curation.changes import ChangeRefusedError
from templates_replies.entries import UnreadableError
from tickets.actions.errors import ActError
from tickets.actions.revising import EditedMeanwhileError, MistakesError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.desk import DeskNow
from tickets.revisions import Revision

PREFIX = "/catalogue/{desk}"
TABS = ("categories", "care", "replies", "tags", "rules", "templates", "history")
OF_KIND = {"categories": editing.CATEGORIES, "replies": editing.REPLIES, "tags": editing.TAGS}


@dataclass(frozen=True, kw_only=True)
class Shelf:
    request: Request
    house: House
    visitor: Visitor
    desk: DeskNow
    by: Actor
    revision: Revision
    saved: int | None  # the revision that was saved just now

    @property
    def at(self) -> str:
        return f"/catalogue/{self.desk.slug}"

    def text(self, file: str) -> str:
        return self.revision.files.get(file, "")

    def shows(
        self, template: str, tab: str, *, status: int = 200, problems: tuple[str, ...] = (), **values: Any
    ) -> Response:
        slugs = self.visitor.supervised(sorted(self.house.desks()))
        return page(
            self.request, self.house, template, visitor=self.visitor, status=status, shelf=self, tab=tab, tabs=TABS,
            desks=[self.house.desk(slug).desk for slug in slugs], problems=problems, **values,
        )  # fmt: skip

    async def saves(self, changes: Mapping[str, str], form: Form, *, note: str = "") -> "Refused | int":
        """Save what a form changed; why not, where it was refused. The form names the revision that it began from."""
        given = form.line("read")
        read = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
        try:
            return await editing.save(
                self.house,
                self.desk.slug,
                changes,
                read=read,
                by=self.by,
                note=form.line("note") or note,
            )
        except (ActError, UnreadableError) as error:
            return refused(error)

    def goes_to(self, where: str, saved: int | None = None) -> Response:
        more = f"?saved={saved}" if saved is not None else ""
        return RedirectResponse(f"{self.at}/{where}{more}", status_code=303)


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Why nothing was saved, as a status and what the page says: phrases, or mistakes as they are."""

    status: int
    problems: tuple[str, ...]


def refused(error: Exception) -> Refused:
    if isinstance(error, MistakesError):
        return Refused(status=422, problems=tuple(str(mistake) for mistake in error.mistakes))
    if isinstance(error, EditedMeanwhileError):
        return Refused(status=409, problems=("edited_meanwhile",))
    if isinstance(error, ChangeRefusedError):
        return Refused(status=409, problems=(error.code,))
    return Refused(status=status_of(error), problems=(str(error),))


async def _shelf(
    request: Request,
    house: TheHouse,
    visitor: Here,
    desk: Annotated[str, Path(max_length=60)],
    saved: Annotated[int | None, Query(ge=1, lt=10**9)] = None,
) -> Shelf:
    found = house.desk(desk)
    by = visitor.actor(desk)
    require(by, Role.SUPERVISOR, desk)
    revision = await editing.newest_of(house, desk)
    return Shelf(
        request=request, house=house, visitor=visitor, desk=found, by=by, revision=revision, saved=saved
    )


TheShelf = Annotated[Shelf, Depends(_shelf)]
