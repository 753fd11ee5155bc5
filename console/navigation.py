"""Where the pages lead: the places of the frame, in groups, for whoever looks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from console.doors import Visitor


@dataclass(frozen=True, kw_only=True)
class Place:
    """One page that the frame leads to."""

    key: str  # of its name
    path: str
    icon: str
    letter: str = ""  # goes there after a g
    supervisors: bool = False  # for nobody else
    begins_tickets: bool = False  # for those alone who do
    wants: str = ""  # what a desk of theirs must do, for them to go there at all
    also: tuple[str, ...] = ()  # pages that belong to it
    is_here: bool = False
    new: int = 0  # so much is new to them there

    def holds(self, path: str) -> bool:
        """Whether a page is this place's, or lies below it."""
        return any(path == each or path.startswith(f"{each}/") for each in (self.path, *self.also))


@dataclass(frozen=True, kw_only=True)
class Group:
    key: str  # of its name
    places: tuple[Place, ...]


GROUPS: Sequence[Group] = (
    Group(
        key="nav_work",
        places=(
            Place(key="inbox", path="/inbox", icon="inbox", letter="i", also=("/tickets", "/views")),
            Place(key="search", path="/search", icon="search", letter="f"),
            Place(key="mentions", path="/mentions", icon="at", letter="m"),
            Place(
                key="write_down", path="/new", icon="pen", letter="n", also=("/write",), begins_tickets=True
            ),
            Place(key="procedures", path="/procedures", icon="steps", letter="o"),
            Place(
                key="bookings",
                path="/bookings",
                icon="calendar",
                letter="r",
                wants="bookings",
                also=("/calendars",),
            ),
            Place(key="bills", path="/bills", icon="coins", letter="t", wants="money"),
            Place(key="archive", path="/archive", icon="box", letter="a", wants="procedures"),
            Place(key="findings", path="/findings", icon="flag", letter="e"),
            Place(
                key="people",
                path="/people",
                icon="people",
                letter="p",
                also=("/sessions", "/tokens", "/trail"),
            ),
        ),
    ),
    Group(
        key="nav_oversight",
        places=(
            Place(key="board", path="/board", icon="board", letter="b", supervisors=True),
            Place(key="verification", path="/verification", icon="check", letter="v", supervisors=True),
            Place(
                key="statistics",
                path="/dashboard",
                icon="chart",
                letter="d",
                supervisors=True,
                also=("/breaches",),
            ),
            Place(key="reports", path="/reports", icon="sheet", letter="l", supervisors=True),
            Place(key="exports", path="/exports", icon="down", letter="j", supervisors=True),
            Place(key="makings", path="/makings", icon="box", letter="z", supervisors=True),
            Place(key="scorecard", path="/scorecard", icon="gauge", letter="k", supervisors=True),
            Place(key="evaluation", path="/evaluation", icon="book", letter="y", supervisors=True),
            Place(key="channels", path="/channels", icon="waves", letter="h", supervisors=True),
            Place(key="surveys", path="/surveys", icon="star", letter="s", supervisors=True),
            Place(key="removals", path="/removals", icon="bin", supervisors=True),
            Place(key="quality", path="/quality", icon="target", letter="q", supervisors=True),
        ),
    ),
    Group(
        key="nav_settings",
        places=(
            Place(key="settings", path="/settings", icon="gear", letter="u", supervisors=True),
            Place(key="catalogue", path="/catalogue", icon="book", letter="c", supervisors=True),
            Place(key="blocked_nav", path="/blocked", icon="barred", letter="x", supervisors=True),
            Place(key="webhooks", path="/webhooks", icon="plug", letter="w", supervisors=True),
        ),
    ),
)


def groups_for(visitor: Visitor | None, path: str, *, done: Collection[str]) -> tuple[Group, ...]:
    """Return the groups with the places that somebody may go to, and where they are now.

    `done` is what their desks do, of what places want.
    """
    if visitor is None:
        return ()
    open_to = [
        replace(
            group,
            places=tuple(
                replace(
                    place, is_here=place.holds(path), new=visitor.named_on if place.key == "mentions" else 0
                )
                for place in group.places
                if (visitor.supervises or not place.supervisors)
                and (visitor.begins_tickets or not place.begins_tickets)
                and (not place.wants or place.wants in done)
            ),
        )
        for group in GROUPS
    ]
    return tuple(group for group in open_to if group.places)


def nearest(groups: Sequence[Group]) -> tuple[Place, ...]:
    """Return the places that a phone keeps under the thumb; the others are in its menu."""
    work, *others = [group.places for group in groups] or [()]
    return (*work[:2], *(others[0][:2] if others else work[2:3]))
