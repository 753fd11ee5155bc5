"""What the frame around a page shows: where one can go, and how the page looks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
    theirs = _theirs(visitor, house) if visitor is not None and house is not None else {}
    groups = groups_for(visitor, request.url.path, done=_done(theirs, house) if house is not None else ())
    desks = theirs if len(theirs) > 1 else {}  # nobody chooses where there is one alone
    about = desk_of_page(request.url.path, request.query_params.get("desk", ""), desks)
    return Frame(
        groups=groups, nearest=nearest(groups), theme=theme_of(request), desks=desks,
        desk=about or (visitor.chosen if visitor is not None and visitor.chosen in desks else ""),
        query=request.url.query[:500],
    )  # fmt: skip


def _theirs(visitor: Visitor, house: House) -> Mapping[str, str]:
    """Return the names of the desks that somebody sees."""
    return {
        slug: each.desk.name
        for slug, each in sorted(house.desks().items())
        if visitor.desks is None or slug in visitor.desks
    }


def _done(desks: Iterable[str], house: House) -> Collection[str]:
    """Return what desks do of what places want: only where there is something to see does the frame lead there."""
    slugs = list(desks)
    procedures = [each for slug in slugs for each in house.procedures(slug)]
    done = {
        "procedures": bool(procedures),
        "money": any(each.tariff for each in procedures),
        "bookings": any(house.desk(slug).desk.resources for slug in slugs),
    }
    return {name for name, is_done in done.items() if is_done}
