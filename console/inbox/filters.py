"""Which tickets a list shows: one of the views, narrowed by what was chosen, in an order, from a place on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

from console.doors import Visitor
from console.lines import own_ids
from console.search.kept import Kept
from tickets.ledger.types import EPOCH
from tickets.lifecycle import TO_DO, Status
from tickets.query import Filter, Key, Query, Term, written
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

    @property
    def terms(self) -> Iterator[Term]:
        """The same list in the language of the search."""
        if self.status is not None:
            yield Filter(key=Key.STATUS, values=tuple(each for each in Status if each in self.status))
        if self.mine:
            yield Filter(key=Key.AGENT, values=("saya",))
        if self.unheld:
            yield Filter(key=Key.IS, values=("unassigned",))
        if self.trouble is not None:
            yield Filter(key=Key.IS, values=(self.trouble,))
        if self.asleep is not None:
            yield Filter(key=Key.IS, values=("asleep",), negated=not self.asleep)


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
    saved: int | None = None  # id of the view that stands in place of those that everybody has
    channel: str = ""
    priority: str = ""
    category: str = ""
    tag: str = ""
    team: str = ""
    mine: bool = False
    q: str = ""
    order: Order | None = None  # None: as the view has it

    @property
    def fields(self) -> dict[str, str]:
        """Return what a form or a link has to say to mean the same."""
        values = {
            "view": "" if self.saved else self.view, "saved": str(self.saved or ""), "channel": self.channel, "priority": self.priority, "category": self.category,
            "tag": self.tag, "team": self.team, "mine": "1" if self.mine else "", "q": self.q,
            "order": str(self.order or ""),
        }  # fmt: skip
        return {name: value for name, value in values.items() if value}

    @property
    def chooses(self) -> bool:
        """Whether something is chosen of what the form offers beside words."""
        return replace(self, view=FIRST, saved=None, order=None, q="") != Filters()

    @property
    def narrows(self) -> bool:
        """Whether fewer tickets are shown than the view has."""
        return self.chooses or bool(self.q)

    @property
    def start(self) -> str:
        """The way to the view as it is, with nothing chosen."""
        return Filters(view=self.view, saved=self.saved).link()

    def link(self, **changed: str) -> str:
        """Return the way to the same list with something changed, from its beginning."""
        values = self.fields | changed
        return "/inbox?" + urlencode({name: value for name, value in values.items() if value})

    def query(self, kept: Kept | None = None) -> str:
        """Return the same list in the language of the search, by which it can be kept."""
        chosen = {
            Key.CHANNEL: self.channel, Key.PRIORITY: self.priority, Key.CATEGORY: self.category, Key.TAG: self.tag,
            Key.TEAM: self.team, Key.AGENT: "saya" if self.mine else "",
        }  # fmt: skip
        view = () if kept is not None or self._searches_everything else VIEWS[self.view].terms
        terms = (*view, *(Filter(key=key, values=(value,)) for key, value in chosen.items() if value))
        parts = (kept.saved.query if kept else "", written(Query(terms=terms)), self.q.strip())
        return " ".join(part for part in parts if part)

    def wanted(self, visitor: Visitor, desks: frozenset[str], kept: Kept | None = None) -> Wanted:
        """Return which tickets somebody is shown; `desks` are those that they look at, each by name: the indexes begin so.

        What a desk shares is about that desk, whichever they look at now.
        """
        if kept is not None:
            base = replace(kept.wanted, q=f"{kept.saved.query} {self.q}".strip())
        elif self._searches_everything:
            base = Wanted(q=self.q)
        else:
            view = VIEWS[self.view]
            base = Wanted(
                status=view.status, asleep=view.asleep, unheld=view.unheld, trouble=view.trouble, q=self.q,
                assignees=own_ids(visitor) if view.mine else None,
            )  # fmt: skip
        return replace(
            base, desks=desks if base.desk is None else frozenset({base.desk}), only_teams=visitor.only_teams,
            channel=self.channel or None, priority=self.priority or None, category=self.category or None,
            tag=self.tag or None, team=self.team or None,
            assignees=own_ids(visitor) if self.mine else base.assignees,
        )  # fmt: skip

    @property
    def _searches_everything(self) -> bool:
        """Whether the words mean all tickets: whoever searches from the first view does."""
        return bool(self.q) and self.view == FIRST


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
