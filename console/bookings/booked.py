"""What pages and programs need of bookings: whose they may see, a typed time, one booking with its desk and procedure."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.doors import Visitor
from console.house import House
from console.phrases import say, why_refused
from procedures.asking.periods import Period
from procedures.bookings import views
from procedures.bookings.errors import NotToBeHadError
from procedures.bookings.rows import NoSuchBookingError
from procedures.bookings.views import Booked
from procedures.bookings.words import refusal_words
from procedures.definition.procedure import Procedure
from templates_replies.catalogue import Language
from tickets.actions.errors import ActError, UnknownValueError
from tickets.actor import Role
from tickets.desk import DeskNow


@dataclass(frozen=True, kw_only=True)
class Found:
    """One booking, and what it stands upon."""

    booked: Booked
    desk: DeskNow
    procedure: Procedure | None  # of its case, as it was when that began


def desks_with_resources(house: House, visitor: Visitor) -> Mapping[str, DeskNow]:
    """Return the desks of theirs that have something to book, as far as they are of the first line."""
    return {
        slug: each
        for slug, each in sorted(house.desks().items())
        if each.desk.resources
        and visitor.actor(slug).may(Role.VIEWER, slug)
        and slug not in visitor.only_teams
    }


async def found_booking(house: House, id: int) -> Found:  # noqa: A002
    """Return a booking. Raises NoSuchBookingError; whose it is, is for the caller to look at."""
    booked = await house.ledger.read(lambda session: views.one(session, id))
    if booked is None:
        raise NoSuchBookingError(id)
    desk = house.desk(booked.booking.desk)
    procedure = None
    if booked.procedure is not None and booked.revision is not None:
        under = await house.ledger.aside(house.procedures_under, desk.slug, booked.revision)
        procedure = next((each for each in under if each.id == booked.procedure), None)
    return Found(booked=booked, desk=desk, procedure=procedure)


def typed_period(start: str, end: str) -> Period:
    """Return a period out of two local times as a form has them. Raises UnknownValueError."""
    try:
        return Period.fromisoformat(f"{start}/{end}")
    except ValueError as error:
        raise UnknownValueError(
            "expected a beginning and a later end, such as 2026-10-20T09:00", field="until", value=end
        ) from error


def refused_words(refused: ActError, language: Language) -> str:
    """Say on a page why something was refused: what is not to be had with what is instead."""
    if isinstance(refused, NotToBeHadError):
        return refusal_words(refused, language)
    return say(language, why_refused(refused.code))
