"""What stands beside the list: the views with how many tickets each has, and what the filters offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from console.cases.my_turns import desks_with_roles
from console.doors import Visitor
from console.house import House
from console.inbox.filters import VIEWS, Filters
from console.phrases import say
from console.search.kept import kept
from console.search.searching import asker_at, search_for
from templates_replies.catalogue import Language
from tickets import views
from tickets.views import Saved
from tickets.views.tags import tags_in_use


@dataclass(frozen=True, kw_only=True)
class Way:
    """A list that one can go to."""

    name: str
    link: str
    many: int = 0  # tickets; one more than are counted stands for more
    is_here: bool = False
    shared: bool = False  # with everybody of a desk
    marked: str = ""  # the views that are told apart by colour, too


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Lists of one kind."""

    key: str  # of its name; "": the views that everybody has
    ways: Sequence[Way]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What is shown around the list."""

    shelves: tuple[Shelf, ...]
    here: str  # what the list is called
    names: Mapping[str, str]  # of the people, by id
    tags: tuple[str, ...]
    position: int


def beside_of(
    session: Session, house: House, visitor: Visitor, filters: Filters, saved: Sequence[Saved], *, language: Language
) -> Beside:  # fmt: skip
    """Read what stands beside the list; `saved` are the views that they find, the one that they look at among them."""
    desks, asker = desks_of(house, visitor), asker_at(visitor)
    of_views = {
        Filters(view=id_): Filters(view=id_).wanted(visitor, desks)
        for id_, view in VIEWS.items()
        if view.counted
    }
    of_saved = {
        Filters(saved=each.id): Filters().wanted(visitor, desks, kept(house, each, asker)) for each in saved
    }
    counts = views.how_many(session, of_views | of_saved, search=search_for(house, asker))
    keeping = Shelf(key="saved_views", ways=[_saved(each, counts, filters) for each in saved])
    narrowed = [shelf for shelf in _narrowed(session, house, visitor, filters) if shelf.ways]
    shelves = (keeping, *narrowed)
    is_elsewhere = any(way.is_here for shelf in shelves for way in shelf.ways)
    everybodys = [
        Way(
            name=say(language, f"view.{id_}"), link=f"/inbox?view={id_}", many=counts.get(Filters(view=id_), 0),
            marked=id_, is_here=filters.view == id_ and not is_elsewhere,
        )
        for id_ in VIEWS
    ]  # fmt: skip
    if desks_with_roles(house, visitor):
        everybodys.insert(0, Way(name=say(language, "my_turns"), link="/procedures#mine"))
    shown = (Shelf(key="", ways=everybodys), *shelves)
    return Beside(
        shelves=shown,
        here=next(way.name for shelf in shown for way in shelf.ways if way.is_here),
        names={person.id: person.name for person in views.colleagues(session, visitor.desks)},
        tags=tags_in_use(session, visitor.desks),
        position=views.newest_event(session, desks=visitor.desks),
    )


def _narrowed(session: Session, house: House, visitor: Visitor, filters: Filters) -> tuple[Shelf, Shelf]:
    """Return what is to be done by category and by team."""
    to_do = Filters().wanted(visitor, desks_of(house, visitor))
    by_category, by_team = views.by_category(session, to_do), views.by_team(session, to_do)
    # What a category was called before still has tickets; a team that is gone has a queue that nobody may look into.
    categories = {id_: id_ for id_ in by_category} | categories_of(house, visitor)
    categorised = [(name, Filters(category=id_), by_category.get(id_, 0)) for id_, name in categories.items()]
    with_teams = [
        (name, Filters(team=id_), by_team.get(id_, 0)) for id_, name in teams_of(house, visitor).items()
    ]
    return (
        Shelf(key="by_category", ways=_with_any(categorised, filters)),
        Shelf(key="by_team", ways=_with_any(with_teams, filters)),
    )


def _saved(saved: Saved, counts: Mapping[Filters, int], filters: Filters) -> Way:
    list_ = Filters(saved=saved.id)
    return Way(
        name=saved.name, link=list_.link(), many=counts[list_], is_here=filters.saved == saved.id,
        shared=saved.desk is not None,
    )  # fmt: skip


def _with_any(lists: Sequence[tuple[str, Filters, int]], filters: Filters) -> list[Way]:
    """Return those of these lists that have tickets, and where one is, by name."""
    here = replace(filters, order=None)
    ways = [
        Way(name=name, link=each.link(), many=many, is_here=is_here)
        for name, each, many in lists
        if (is_here := here == each) or many
    ]
    return sorted(ways, key=lambda way: way.name.casefold())


def desks_of(house: House, visitor: Visitor) -> frozenset[str]:
    """Return the desks whose tickets somebody looks at, by name also for whoever sees all."""
    if visitor.chosen in house.desks():
        return frozenset({visitor.chosen})
    return frozenset(house.desks()) if visitor.desks is None else visitor.desks


def teams_of(house: House, visitor: Visitor) -> dict[str, str]:
    """Return the names of the teams whose queues somebody may look at."""
    return {
        team.id: team.name
        for slug, desk in house.desks().items()
        if visitor.desks is None or slug in visitor.desks
        for team in desk.desk.teams
        if visitor.may_see(slug, team.id)
    }


def categories_of(house: House, visitor: Visitor) -> dict[str, str]:
    """Return the names of the categories of their desks, in the order of the alphabet."""
    found = {
        category.id: category.name
        for slug in house.desks()
        if visitor.desks is None or slug in visitor.desks
        for category in house.catalogue(slug).categories
    }
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))
