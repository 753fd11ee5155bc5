"""Bookings of a desk: a week of its resources, or a list, and holding one by hand."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.addressed import Addressed
from console.bookings.booked import desks_with_resources, refused_words, typed_period
from console.bookings.booked_week import DAYS, monday_of, title_of, week
from console.days import day_in
from console.doors import Visitor
from console.errors import status_of
from console.forms import SEE_OTHER, OurForm, does_once
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.phrases import say
from console.routes import Router
from console.visitors import Here
from procedures.bookings import actions, views
from procedures.bookings.actions import Place
from procedures.bookings.words import period_words
from templates_replies.moments import date_in_words
from tickets.actions.errors import ActError
from tickets.actor import Role
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx

PATH = "/bookings"
LISTED = timedelta(days=28)

router = Router(include_in_schema=False)


class Show(StrEnum):
    """How bookings are laid out."""

    WEEK = "week"
    LIST = "list"


@dataclass(frozen=True, kw_only=True)
class Filters(Addressed):
    desk: str
    show: Show
    on: str  # a day of the week
    kind: str  # of resources; empty: all


def _asked(
    *, desk: Annotated[str, Query(max_length=60)] = "", show: Show = Show.WEEK,
    on: Annotated[str, Query(max_length=10)] = "", kind: Annotated[str, Query(max_length=60)] = "",
) -> Filters:  # fmt: skip
    return Filters(desk=desk, show=show, on=on, kind=kind)


Asked = Annotated[Filters, Depends(_asked)]


@router.get(PATH)
async def show(request: Request, house: TheHouse, visitor: Here, filters: Asked) -> Response:
    return await _shown(request, house, visitor, filters)


@router.post(PATH)
async def block(
    request: Request, house: TheHouse, visitor: Here, form: OurForm, filters: Asked
) -> Response:  # fmt: skip
    """Hold a resource by hand; what is refused is said on the page, with what is to be had instead."""
    desk = house.desk(form.line("desk"))
    by = visitor.actor(desk.slug)

    def act(tx: Tx, at: datetime) -> None:
        place = Place(
            resource=form.line("resource"), period=typed_period(form.line("from"), form.line("until"))
        )
        actions.block(
            tx, place, count=form.number("count"), title=form.line("title"), ticket=None,
            desk=desk, by=by, at=at,
        )  # fmt: skip

    try:
        await does_once(house, form, by, act)
    except ActError as refused:
        problem = refused_words(refused, language_of(request))
        return await _shown(request, house, visitor, filters, problem=problem, status=status_of(refused))
    day = form.line("from")[:10]
    return RedirectResponse(f"{PATH}?{filters.address(desk=desk.slug, on=day)}", status_code=SEE_OTHER)


async def _shown(
    request: Request, house: House, visitor: Visitor, filters: Filters, *, problem: str = "", status: int = 200
) -> Response:  # fmt: skip
    desks = desks_with_resources(house, visitor)
    if not desks:
        raise HTTPException(404, "no desk of theirs has anything to book")
    desk = desks.get(filters.desk) or desks[visitor.begins_with({k: v.desk for k, v in desks.items()}).slug]
    language, zone = language_of(request), desk.desk.calendar.tz
    today = house.clock().astimezone(zone).date()
    monday = monday_of(day_in(filters.on) or today)
    kinds = list(dict.fromkeys(one.kind for one in desk.desk.resources))
    resources = [one for one in desk.desk.resources if filters.kind in {"", one.kind}]
    length = timedelta(days=DAYS) if filters.show is Show.WEEK else LISTED
    since = datetime.combine(monday, time(), tzinfo=zone)
    booked = await house.ledger.read(
        lambda session: views.between(
            session, desk.slug, since - timedelta(days=1), since + length + timedelta(days=1),
            resources=[one.id for one in resources],
        )
    )  # fmt: skip
    untitled = say(language, "booking_untitled")
    return page(
        request, house, "bookings.html", visitor=visitor, status=status, problem=problem, filters=filters,
        desks={slug: each.desk for slug, each in desks.items()}, desk=desk.desk, today=today, kinds=kinds,
        resources=resources, names={one.id: one.name for one in desk.desk.resources},
        rows=week(resources, booked, monday, language, untitled=untitled), monday=monday,
        days=[monday + timedelta(days=ahead) for ahead in range(DAYS)], shows=tuple(Show),
        before=monday - timedelta(days=DAYS), after=monday + timedelta(days=DAYS),
        listed=[each for each in booked if since <= each.booking.ends_at and each.booking.starts_at < since + length],
        titled=lambda each: title_of(each, untitled), when=lambda each: period_words(each.booking.period(zone), language),
        on=lambda day: date_in_words(day, language),
        may_change=_is(visitor, desk, Role.AGENT), supervises=_is(visitor, desk, Role.SUPERVISOR),
    )  # fmt: skip


def _is(visitor: Visitor, desk: DeskNow, role: Role) -> bool:
    return visitor.actor(desk.slug).may(role, desk.slug)
