"""What the frame around a page shows: where one can go, and how the page looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request

from console.doors import Visitor
from console.navigation import Group, Place, groups_for, nearest
from console.theme import THEMES, theme_of


@dataclass(frozen=True, kw_only=True)
class Frame:
    groups: Sequence[Group]
    nearest: Sequence[Place]  # that a phone keeps under the thumb
    theme: str
    themes: Sequence[str] = THEMES


def frame_for(request: Request, visitor: Visitor | None) -> Frame:
    groups = groups_for(visitor, request.url.path)
    return Frame(groups=groups, nearest=nearest(groups), theme=theme_of(request))
