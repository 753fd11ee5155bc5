"""Which tickets a list shows: one of the views, narrowed by what was chosen, in an order, from a place on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

from console.doors import Visitor
from console.lines import own_ids
from tickets.ledger.types import EPOCH
from tickets.lifecycle import TO_DO, Status
from tickets.views import Order, Place, Trouble, Wanted

_MICROSECOND = timedelta(microseconds=1)
_WORK = frozenset(TO_DO - {Status.WAITING})


@dataclass(frozen=True, kw_only=True)
class View:
    """A list that everybody has."""

    status: frozenset[str] | None = None
    asleep: bool | None = None
    mine: bool = False
    unheld: bool = False
    trouble: Trouble | None = None
    counted: bool = True  # beside its name; what only ever grows is not


VIEWS: Mapping[str, View] = {
    "mine": View(status=_WORK, asleep=False, mine=True),
    "unheld": View(status=_WORK, asleep=False, unheld=True),
    "to_do": View(status=_WORK, asleep=False),
    "soon": View(status=frozenset(TO_DO), trouble=Trouble.SOON),
    "late": View(status=frozenset(TO_DO), trouble=Trouble.LATE),
    "waiting": View(status=frozenset({Status.WAITING}), asleep=False),
    "asleep": View(status=frozenset(TO_DO), asleep=True),
    "solved": View(status=frozenset({Status.SOLVED})),
    "closed": View(status=frozenset({Status.CLOSED}), counted=False),
    "all": View(counted=False),
}
FIRST = "to_do"


@dataclass(frozen=True, kw_only=True)
class Filters:
    view: str = FIRST
    channel: str = ""
    priority: str = ""
    category: str = ""
    tag: str = ""
    team: str = ""
    mine: bool = False
    q: str = ""
    order: Order = Order.DUE

    @property
    def fields(self) -> dict[str, str]:
        """Return what a form or a link has to say to mean the same."""
        values = {
            "view": self.view, "channel": self.channel, "priority": self.priority, "category": self.category,
            "tag": self.tag, "team": self.team, "mine": "1" if self.mine else "", "q": self.q,
            "order": "" if self.order is Order.DUE else str(self.order),
        }  # fmt: skip
        return {name: value for name, value in values.items() if value}

    @property
    def chooses(self) -> bool:
        """Whether something is chosen of what the form offers beside words."""
        return replace(self, view=FIRST, order=Order.DUE, q="") != Filters()

    @property
    def narrows(self) -> bool:
        """Whether fewer tickets are shown than the view has."""
        return self.chooses or bool(self.q)

    def link(self, **changed: str) -> str:
        """Return the way to the same list with something changed, from its beginning."""
        values = self.fields | changed
        return "/inbox?" + urlencode({name: value for name, value in values.items() if value})

    def wanted(self, visitor: Visitor, desks: frozenset[str]) -> Wanted:
        """Return which tickets somebody is shown; `desks` are those that they see, each by name: the indexes begin so."""
        view = VIEWS[self.view]
        searches = bool(self.q) and self.view == FIRST  # whoever searches means everything
        return Wanted(
            desks=desks, only_teams=visitor.only_teams,
            status=None if searches else view.status, asleep=None if searches else view.asleep,
            unheld=view.unheld, trouble=view.trouble,
            assignees=own_ids(visitor) if self.mine or view.mine else None,
            channel=self.channel or None, priority=self.priority or None, category=self.category or None,
            tag=self.tag or None, team=self.team or None, q=self.q,
        )  # fmt: skip


def in_link(place: Place) -> str:
    """Write a place down as a link carries it."""
    at = "" if place.at is None else str((place.at - EPOCH) // _MICROSECOND)
    return f"{place.number}.{at}"


def from_link(text: str) -> Place | None:
    """Read a place; None for what is none."""
    number, _, at = text.partition(".")
    if not (_is_count(number) and (not at or _is_count(at))):
        return None
    return Place(number=int(number), at=EPOCH + int(at) * _MICROSECOND if at else None)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 17
