"""What every page of the catalogue begins with, and how a save is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from fastapi.responses import Response

from console.changing import editing
from console.changing.at_desk import AtDesk, at_desk
from console.errors import status_of
from console.forms import Form
from console.pages.render import page
from templates_replies.curation.changes import ChangeRefusedError
from templates_replies.entries import UnreadableError
from tickets.actions.errors import ActError
from tickets.actions.revising import EditedMeanwhileError, MistakesError

PREFIX = "/catalogue/{desk}"
TABS = ("categories", "care", "replies", "tags", "rules", "templates", "history")
OF_KIND = {"categories": editing.CATEGORIES, "replies": editing.REPLIES, "tags": editing.TAGS}


@dataclass(frozen=True, kw_only=True)
class Shelf(AtDesk):
    ROOM = "catalogue"

    def text(self, file: str) -> str:
        return self.revision.files.get(file, "")

    def shows(
        self, template: str, tab: str, *, status: int = 200, problems: tuple[str, ...] = (), **values: Any
    ) -> Response:
        return page(
            self.request, self.house, template, visitor=self.visitor, status=status, shelf=self, tab=tab, tabs=TABS,
            desks=self.desks, problems=problems, **values,
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


TheShelf = Annotated[Shelf, Depends(at_desk(Shelf))]
