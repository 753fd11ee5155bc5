"""Search as pages and programs ask for it: what was typed, read in the words of the house, within the asker's rights."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from console.doors import Visitor
from console.house import House
from console.lines import own_ids
from console.phrases import say
from console.words.search import TROUBLES
from templates_replies.catalogue import Language
from tickets import views
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.query import Key, Query, Read, Remark, parse
from tickets.search.index import SearchIndex
from tickets.search.matching import matching
from tickets.search.meaning import Asker, Meaning, Names, meant
from tickets.views import Search
from tickets.views.tags import tags_in_use


@dataclass(frozen=True, kw_only=True)
class Understood:
    query: Query
    meaning: Meaning
    remarks: tuple[Remark, ...]


def asker_at(visitor: Visitor) -> Asker:
    return Asker(desks=visitor.desks, only_teams=visitor.only_teams, ids=own_ids(visitor))


def asker_within(visitor: Visitor, desk: str) -> Asker:
    """Return somebody who looks at one desk of theirs, or at all of them."""
    asker = asker_at(visitor)
    return replace(asker, desks=frozenset({desk})) if desk else asker


def asker_of(by: Actor) -> Asker:
    return Asker(desks=by.desks, ids=frozenset({by.id}))


def read(house: House, text: str, asker: Asker) -> Read:
    """Read what was typed; its days are those of the asker's desk."""
    desk = next(iter(_desks(house, asker).values()), None)
    now = house.clock()
    return parse(text, today=(now.astimezone(desk.desk.calendar.tz) if desk else now).date())


def names_desks(house: House, text: str, asker: Asker) -> bool:
    """Say whether somebody typed of which desks they want tickets."""
    return any(each.key is Key.DESK for each in read(house, text, asker).query.filters)


def understood(
    session: Session, house: House, index: SearchIndex, text: str, asker: Asker, names: Names | None = None
) -> Understood:
    """Return what a text asks for; `names` are those of the asker's desks, where they are known already."""
    found = read(house, text, asker)
    known = names if names is not None else names_for(session, house, asker)
    meaning = meant(session, found.query, index.words, asker=asker, names=known)
    remarks = tuple(dict.fromkeys((*found.remarks, *meaning.remarks)))
    return Understood(query=found.query, meaning=meaning, remarks=remarks)


def remark_words(remark: Remark, language: Language) -> str:
    return say(language, TROUBLES[remark.trouble], filter=remark.key, value=remark.value)


def remarks_on(
    session: Session, house: House, text: str, asker: Asker, *, language: Language
) -> tuple[str, ...]:
    """Return in words what of a text is not read as it may have been meant."""
    if house.search is None or not text.strip():
        return ()
    return tuple(
        remark_words(each, language) for each in understood(session, house, house.search, text, asker).remarks
    )


def search_for(house: House, asker: Asker) -> Search | None:
    """Return how the lists of one page narrow themselves to what was typed; None where nothing is indexed."""
    index = house.search
    if index is None:
        return None
    names: dict[str | None, Names] = {}

    def search(session: Session, text: str, desk: str | None, limit: int) -> Any:
        within = asker if desk is None else at_desk(asker, desk)
        if desk not in names:
            names[desk] = names_for(session, house, within)
        meaning = understood(session, house, index, text, within, names[desk]).meaning
        return matching(index, meaning, limit=limit)

    return search


def names_for(session: Session, house: House, asker: Asker) -> Names:
    """Return what the values of filters may name at the asker's desks."""
    desks = _desks(house, asker)
    catalogues = [house.catalogue(slug) for slug in desks]
    return Names(
        desks={slug: each.desk.name for slug, each in desks.items()},
        categories={each.id: each.name for catalogue in catalogues for each in catalogue.categories},
        agents={person.id: person.name for person in views.colleagues(session, asker.desks)},
        teams={team.id: team.name for desk in desks.values() for team in desk.desk.teams},
        tags=_tags(session, asker) | {tag.id: tag.name for each in catalogues for tag in each.tags or ()},
        zone=next((desk.desk.calendar.zone for desk in desks.values()), "UTC"),
    )


def _tags(session: Session, asker: Asker) -> dict[str, str]:
    return {tag: tag for tag in tags_in_use(session, asker.desks)}


def _desks(house: House, asker: Asker) -> Mapping[str, DeskNow]:
    return {slug: desk for slug, desk in house.desks().items() if asker.desks is None or slug in asker.desks}


def at_desk(asker: Asker, desk: str) -> Asker:
    """Return them as they are at one desk alone."""
    seen = frozenset({desk}) if asker.desks is None else asker.desks & {desk}
    return Asker(desks=seen, only_teams=asker.only_teams, ids=asker.ids)
