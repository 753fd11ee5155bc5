"""What can be booked, what is booked, and booking, moving and cancelling it by hand. Times of day are the desk's own."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, NaiveDatetime
from pydantic.dataclasses import dataclass

from console.api.bodies import Line, Name, Said
from console.api.caller import Asked, Asking, Caller
from console.api.days import FirstDay, LastDay
from console.api.shapes import answer
from console.api.theirs import theirs
from console.api.tickets import REFUSALS
from console.bookings.booked import Found, found_booking, typed_period
from console.house import TheHouse
from console.ids import Id
from console.routes import Router
from procedures.bookings import actions, views
from procedures.bookings.actions import Place
from procedures.bookings.availability import Stretch, free_on, taken_on
from procedures.bookings.rows import NoSuchBookingError
from procedures.bookings.taking import resource_of
from procedures.bookings.views import Booked
from tickets.actions.errors import NotAllowedError, UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.ledger.tx import Tx

CREATED = 201
WEEKS_SHOWN = 4
LONGEST = timedelta(days=366)

router = Router(tags=["bookings"], responses=REFUSALS)


class NewBooking(BaseModel):
    """Opening hours and limits of the resource do not hold for people of the desk; what others have does."""

    desk: Name
    resource: Name
    start: NaiveDatetime = Field(description="Local time of the desk")
    end: NaiveDatetime
    count: Annotated[int, Field(ge=1, le=500)] | None = Field(default=None, description="Left out: all of it")
    title: Line = ""
    ticket: Annotated[int, Field(ge=1, lt=10**15)] | None = None


class Move(BaseModel):
    start: NaiveDatetime
    end: NaiveDatetime
    resource: Line | None = Field(default=None, description="Left out: the same")
    reason: Said


class Reason(BaseModel):
    reason: Said


@dataclass(frozen=True, kw_only=True)
class ResourceShape:
    id: str
    name: str
    kind: str
    count: int


@dataclass(frozen=True, kw_only=True)
class StretchShape:
    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class DayShape:
    resource: str
    on: date
    free: Sequence[StretchShape]
    taken: Sequence[StretchShape]


@dataclass(frozen=True, kw_only=True)
class BookingShape:
    id: int
    desk: str
    resource: str
    count: int
    starts_at: datetime
    ends_at: datetime
    state: str  # tentative, firm, cancelled
    title: str | None
    ticket: int | None
    case: int | None
    contact: str | None
    booked_by: str
    booked_at: datetime
    changed_at: datetime


@router.get("/resources", summary="What can be booked at a desk")
async def list_resources(house: TheHouse, by: Caller, desk: str) -> JSONResponse:
    _require_sight(by, desk)
    found = house.desk(desk).desk.resources
    items = [ResourceShape(id=one.id, name=one.name, kind=one.kind, count=one.count) for one in found]
    return answer({"items": items, "next": None})


@router.get("/resources/{resource}/free", summary="What is free and taken of a resource on a day")
async def free(
    house: TheHouse, by: Caller, resource: Annotated[str, Path(max_length=60)], *,
    desk: str, on: Annotated[date, Query()],
    count: Annotated[int, Query(ge=1, le=500)] = 1,
) -> JSONResponse:  # fmt: skip
    _require_sight(by, desk)
    here = house.desk(desk).desk
    found, since = resource_of(here, resource), datetime.combine(on, time(), tzinfo=here.calendar.tz)
    booked = await house.ledger.read(
        lambda session: views.between(
            session, desk, since - timedelta(days=8), since + timedelta(days=9), resources=[resource]
        )
    )
    taken = [each.booking.taken for each in booked]

    def shaped(stretches: Sequence[Stretch]) -> list[StretchShape]:
        zone = here.calendar.tz
        return [
            StretchShape(start=each.start.replace(tzinfo=zone), end=each.end.replace(tzinfo=zone))
            for each in stretches
        ]

    return answer(
        DayShape(
            resource=resource,
            on=on,
            free=shaped(free_on(found, on, count, taken=taken)),
            taken=shaped(taken_on(found, on, count, taken=taken)),
        )
    )


@router.get("/bookings", summary="What is booked at a desk")
async def list_bookings(
    house: TheHouse, by: Caller, *, desk: str, first: FirstDay = None, last: LastDay = None,
    resource: Annotated[str, Query(max_length=60)] = "", cancelled: bool = False,
) -> JSONResponse:  # fmt: skip
    """From today on for four weeks where no days are said; the earliest first."""
    _require_sight(by, desk)
    zone = house.desk(desk).desk.calendar.tz
    first = first or house.clock().astimezone(zone).date()
    last = last or first + timedelta(weeks=WEEKS_SHOWN)
    if not timedelta() <= last - first <= LONGEST:
        raise UnknownValueError("expected a day within a year after the first", field="to", value=str(last))
    since, until = (datetime.combine(day, time(), tzinfo=zone) for day in (first, last + timedelta(days=1)))
    found = await house.ledger.read(
        lambda session: views.between(
            session, desk, since, until, resources=[resource] if resource else [], cancelled=cancelled
        )
    )
    return answer({"items": [_shape(each) for each in found], "next": None})


@router.get("/bookings/{id}", summary="One booking")
async def show(id: Id, asked: Asking) -> JSONResponse:  # noqa: A002
    return await _shown(asked, id)


@router.post("/bookings", summary="Book by hand", status_code=CREATED)
async def block(body: NewBooking, asked: Asking) -> JSONResponse:
    """409 `not_to_be_had` where others have it, with what is to be had `instead`."""
    desk, made = asked.house.desk(body.desk), list[int]()

    def act(tx: Tx, at: datetime) -> None:
        place = Place(
            resource=body.resource, period=typed_period(body.start.isoformat(), body.end.isoformat())
        )
        booking = actions.block(
            tx, place, count=body.count, title=body.title, ticket=body.ticket, desk=desk, by=asked.by, at=at
        )
        made.append(booking.id)

    await asked.does_once(act, body)
    by = asked.by.key
    newest = await asked.house.ledger.read(lambda session: views.newest_of(session, desk.slug, by))
    return await _shown(asked, made[-1] if made else newest or 0, CREATED)


@router.post("/bookings/{id}/move", summary="Move a booking")
async def move(id: Id, body: Move, asked: Asking) -> JSONResponse:  # noqa: A002
    """Everybody concerned is told; what its case has booked for the same time goes along."""
    found = await _theirs(asked, id)

    def act(tx: Tx, at: datetime) -> None:
        period = typed_period(body.start.isoformat(), body.end.isoformat())
        place = Place(resource=body.resource or found.booked.booking.resource, period=period)
        actions.move(
            tx, id, place, reason=body.reason, procedure=found.procedure, desk=found.desk, by=asked.by, at=at
        )  # fmt: skip

    await asked.does_once(act, body)
    return await _shown(asked, id)


@router.post("/bookings/{id}/cancel", summary="Cancel a booking")
async def cancel(id: Id, body: Reason, asked: Asking) -> JSONResponse:  # noqa: A002
    """One that has begun ends now. Everybody concerned is told."""
    found = await _theirs(asked, id)

    def act(tx: Tx, at: datetime) -> None:
        actions.cancel(tx, id, reason=body.reason, desk=found.desk, by=asked.by, at=at)

    await asked.does_once(act, body)
    return await _shown(asked, id)


async def _theirs(asked: Asked, id: int) -> Found:  # noqa: A002
    """Return a booking of a desk of theirs. Raises NoSuchBookingError."""
    found = await found_booking(asked.house, id)
    theirs(asked.by, found.booked.booking, NoSuchBookingError(id))
    return found


async def _shown(asked: Asked, id: int, status: int = 200) -> JSONResponse:  # noqa: A002
    found = await _theirs(asked, id)
    _require_sight(asked.by, found.desk.slug)
    return answer(_shape(found.booked), status)


def _require_sight(by: Actor, desk: str) -> None:
    """Raise NotAllowedError unless the bookings of a desk are for their eyes: the first line's."""
    require(by, Role.VIEWER, desk)
    if by.helps is not None:
        raise NotAllowedError("the bookings of a desk are for its first line")


def _shape(booked: Booked) -> BookingShape:
    names = BookingShape.__dataclass_fields__.keys() - {"contact"}
    return BookingShape(contact=booked.contact, **{name: getattr(booked.booking, name) for name in names})
