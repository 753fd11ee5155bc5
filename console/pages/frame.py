"""What the frame around a page shows: where one can go, and how the page looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Request

from console.chosen_desk import desk_of_page
from console.doors import Visitor
from console.house import House
from console.navigation import Group, Place, groups_for, nearest
from console.theme import THEMES, theme_of


@dataclass(frozen=True, kw_only=True)
class Frame:
    groups: Sequence[Group]
    nearest: Sequence[Place]  # that a phone keeps under the thumb
    theme: str
    themes: Sequence[str] = THEMES
    desks: Mapping[str, str] = field(
        default_factory=dict
    )  # names by slug, of whoever has several to choose from
    desk: str = ""  # the one that the page is about; empty: all of them
    query: str = ""  # of the page


def frame_for(request: Request, visitor: Visitor | None, house: House | None = None) -> Frame:
    groups = groups_for(visitor, request.url.path)
    desks = _desks(visitor, house) if visitor is not None and house is not None else {}
    about = desk_of_page(request.url.path, request.query_params.get("desk", ""), desks)
    return Frame(
        groups=groups, nearest=nearest(groups), theme=theme_of(request), desks=desks,
        desk=about or (visitor.chosen if visitor is not None and visitor.chosen in desks else ""),
        query=request.url.query[:500],
    )  # fmt: skip


def _desks(visitor: Visitor, house: House) -> Mapping[str, str]:
    """Return what somebody may choose from; nothing where they have one desk alone."""
    theirs = {
        slug: each.desk.name
        for slug, each in sorted(house.desks().items())
        if visitor.desks is None or slug in visitor.desks
    }
    return theirs if len(theirs) > 1 else {}
