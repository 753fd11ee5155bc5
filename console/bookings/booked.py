"""What pages and programs need of bookings: whose they may see, a typed time, one booking with its desk and procedure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from console.doors import Visitor
from console.forms import Form
from console.house import House
from console.once import Command, key_of, once
from console.phrases import has, say
from console.ticket.page import ACCOUNT
from procedures.asking.periods import Period
from procedures.bookings import views
from procedures.bookings.errors import NotToBeHadError
from procedures.bookings.rows import NoSuchBookingError
from procedures.bookings.views import Booked
from procedures.bookings.words import refusal_words
from procedures.definition.procedure import Procedure
from templates_replies.catalogue import Language
from tickets.actions.errors import ActError, UnknownValueError
from tickets.actor import Actor, Role
from tickets.desk import DeskNow
from tickets.ledger.writer import Tx


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
    key = f"refused_{refused.code}"
    return say(language, key if has(key) else "refused_rule")


async def does_once(
    request: Request, house: House, form: Form, by: Actor, act: Callable[[Tx, datetime], object]
) -> None:
    """Do what a form asks for, once however often it is sent. Raises ActError."""
    at = house.clock()
    command = Command(
        account=ACCOUNT, event_id=key_of(by, form.once), by=by, path=request.url.path,
        body={name: value for name, value in form.data.items() if isinstance(value, str) and name != "token"},
    )  # fmt: skip

    def job(tx: Tx) -> None:
        act(tx, at)

    await house.ledger.write(lambda tx: once(tx, command, job, at=at), name="console")
