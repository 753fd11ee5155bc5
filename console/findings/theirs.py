"""Whose findings somebody sees, and how ids in them are called."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session
from starlette.exceptions import HTTPException

from console.doors import Visitor
from console.house import House
from console.phrases import say
from templates_replies.catalogue import Language
from tickets import views
from tickets.actor import Role
from tickets.desk import Desk
from tickets.views import FindingView

CATEGORY, PROCEDURE = "category", "procedure"


def desks_of(house: House, visitor: Visitor) -> dict[str, Desk]:
    """Return the desks where they work, by slug. Raises HTTPException(403) if there are none."""
    found = {
        slug: each.desk
        for slug, each in sorted(house.desks().items())
        if visitor.actor(slug).may(Role.VIEWER, slug)
    }
    if not found:
        raise HTTPException(403, "for those who work at a desk")
    return found


def only_their_own(visitor: Visitor) -> dict[str, str]:
    """Return at which desks they see only what they are responsible for: of the second line, by their id."""
    return {slug: visitor.actor(slug).id for slug in visitor.only_teams}


def may_see(visitor: Visitor, found: FindingView) -> bool:
    by = visitor.actor(found.desk)
    return by.may(Role.VIEWER, found.desk) and (
        found.desk not in visitor.only_teams or found.responsible == by.id
    )


def today_at(desks: Mapping[str, Desk], house: House) -> dict[str, date]:
    """Return the local date of each desk."""
    now = house.clock()
    return {slug: desk.calendar.day_of(now) for slug, desk in desks.items()}


def services_of(house: House, desk: str, language: Language) -> dict[str, str]:
    """Return the kinds of service of a desk by the key under which the register keeps them."""
    categories = {f"{CATEGORY}:{each.id}": each.name for each in house.catalogue(desk).categories}
    procedures = {
        f"{PROCEDURE}:{each.id}": say(language, "finding_of_procedure", name=each.name)
        for each in house.procedures(desk)
    }
    return categories | procedures


def names_at(session: Session, desks: Mapping[str, Desk]) -> dict[str, str]:
    """Return the names of the people of desks, by id."""
    return {person.id: person.name for person in views.colleagues(session, frozenset(desks))}
