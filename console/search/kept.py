"""Saved views as pages and programs have them: who somebody is as their owner, and how one is read now."""

from dataclasses import dataclass

from sqlmodel import Session

from console.doors import Visitor
from console.house import House
from console.lines import own_ids
from console.search.searching import asker_at, at_desk, read, remarks_on
from templates_replies.catalogue import Language
from tickets import views
from tickets.actions.keeping_views import NoSuchViewError
from tickets.actor import Actor, Kind
from tickets.search.meaning import Asker
from tickets.views import Saved, Wanted


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A saved view as it is read now."""

    saved: Saved
    status: frozenset[str] | None  # outside of which it shows nothing

    @property
    def wanted(self) -> Wanted:
        return Wanted(desk=self.saved.desk, status=self.status, q=self.saved.query)


def kept(house: House, saved: Saved, asker: Asker) -> Kept:
    return Kept(saved=saved, status=read(house, saved.query, within(saved, asker)).query.statuses)


def within(saved: Saved, asker: Asker) -> Asker:
    """Return whoever asks as the view means them: what a desk shares speaks of its tickets alone."""
    return asker if saved.desk is None else at_desk(asker, saved.desk)


def owners_of(visitor: Visitor) -> frozenset[str]:
    """Return who somebody is as the owner of what they keep."""
    return frozenset(f"{Kind.STAFF}:{each}" for each in own_ids(visitor))


def views_of(session: Session, visitor: Visitor) -> tuple[Saved, ...]:
    return views.saved_views(session, owners=owners_of(visitor), desks=visitor.desks)


def saved_for(session: Session, by: Actor) -> tuple[Saved, ...]:
    """Return the views of a program: its own, and those of its desks."""
    return views.saved_views(session, owners=[by.key], desks=by.desks)


async def saved_of(house: House, by: Actor, view: int) -> Saved:
    """Return one of them. Raises NoSuchViewError."""
    everything = await house.ledger.read(lambda session: saved_for(session, by))
    found = next((each for each in everything if each.id == view), None)
    if found is None:
        raise NoSuchViewError(view)
    return found


def owner(visitor: Visitor, desk: str | None) -> Actor:
    """Return somebody as whoever keeps a view: at a desk with their role there, else as themselves."""
    if desk is not None:
        return visitor.actor(desk)
    return Actor(kind=Kind.STAFF, id=visitor.email, desks=visitor.desks)


def told(
    session: Session, house: House, visitor: Visitor, saved: Saved, more: str = "", *, language: Language
) -> tuple[str, ...]:
    """Return in words what of a view, and of what is typed on top of it, is not read as it was meant."""
    asker = within(saved, asker_at(visitor))
    return remarks_on(session, house, f"{saved.query} {more}", asker, language=language)
