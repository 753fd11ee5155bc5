"""What every page of the settings begins with, and how it is shown."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from fastapi.responses import Response

from console.changing.at_desk import AtDesk, at_desk
from console.pages.render import page as filled_page
from console.settings.saving import DESK
from console.settings.sections import PAGES

PREFIX = "/settings/{desk}"
TABS = (*(page.key for page in PAGES), "history")


@dataclass(frozen=True, kw_only=True)
class Cabinet(AtDesk):
    ROOM = "settings"

    @property
    def text(self) -> str:
        return self.revision.files.get(DESK, "")

    def shows(self, template: str, tab: str, *, status: int = 200, **values: Any) -> Response:
        return filled_page(
            self.request, self.house, template, visitor=self.visitor, status=status, cabinet=self, tab=tab,
            tabs=TABS, **values,
        )  # fmt: skip


TheCabinet = Annotated[Cabinet, Depends(at_desk(Cabinet))]


def number_in(text: str) -> int:
    """Return a revision's number as a form gives it; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
