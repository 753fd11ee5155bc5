"""Taking a resource for a time: looked up and written down in one transaction, so that nobody comes between.

A writer holds the ledger's lock from its beginning on, so what is read here stays so until the commit; and the database
itself lets no two bookings hold the same seat (`bookings.tables.BookingSeat`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from procedures.asking.periods import Period
from procedures.bookings import rows
from procedures.bookings.availability import DAYS_AHEAD, Hindrance, Taken, around, hindrance, instead
from procedures.bookings.errors import NotToBeHadError
from procedures.bookings.rows import BookingNow, State
from tickets.actions.errors import UnknownValueError
from tickets.actor import Actor
from tickets.desk import Desk
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.resources import Resource

LAPSING = "booking.lapsing"  # it is not certain, and will be given back soon
MADE, CHANGED, FIRM, CANCELLED = "booking.made", "booking.changed", "booking.firm", "booking.cancelled"
_OF_OTHERS = {Hindrance.TAKEN, Hindrance.TOO_MANY}
_ASIDE = timedelta(days=7)  # the most that a resource needs around a booking


def resource_of(desk: Desk, name: str) -> Resource:
    """Return one of the desk's resources. Raises UnknownValueError where it has none such any more."""
    found = desk.resource(name)
    if found is None:
        raise UnknownValueError(f"{desk.slug} has no resource {name}", field="resource", value=name)
    return found


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be held: so many of a resource, for a time."""

    resource: Resource
    period: Period
    count: int = 1
    title: str | None = None
    state: State = State.FIRM
    strict: bool = True  # the resource's hours, lengths and notices hold; else only what others have


@dataclass(frozen=True, kw_only=True)
class For:
    """For whom something is held: a case, as this entry of its procedure; or only a ticket; or nobody (staff)."""

    ticket: int | None = None
    case: int | None = None
    place: str | None = None


def make(tx: Tx, wish: Wish, whose: For, *, desk: Desk, by: Actor, at: datetime) -> BookingNow:
    """Book. Raises NotToBeHadError, which knows what is to be had instead."""
    refuse(tx, wish, desk=desk, at=at)
    booking = BookingNow(
        id=tx.next_id("bookings"), desk=desk.slug, version=1, booked_by=by.key, booked_at=at, changed_at=at,
        ticket=whose.ticket, case=whose.case, place=whose.place, **_held(wish),
    )  # fmt: skip
    rows.save(tx, booking, seats=wish.resource.count, at=at)
    _tell(tx, MADE, booking, by=by, at=at)
    return booking


def change(
    tx: Tx, booking: BookingNow, wish: Wish, *, desk: Desk, by: Actor, at: datetime, reason: str | None = None
) -> BookingNow:  # fmt: skip
    """Let a booking be of another time, resource or number. Raises NotToBeHadError, and then it is as it was."""
    refuse(tx, wish, desk=desk, at=at, but=booking.id)
    changed = replace(booking, version=booking.version + 1, changed_at=at, **_held(wish))
    rows.save(tx, changed, seats=wish.resource.count, at=at)
    _tell(tx, CHANGED, changed, by=by, at=at, reason=reason)
    return changed


def make_firm(tx: Tx, booking: BookingNow, *, desk: Desk, by: Actor, at: datetime) -> None:
    """Make certain what was tentative."""
    _put(tx, replace(booking, state=State.FIRM), FIRM, desk=desk, by=by, at=at)


def give_back(
    tx: Tx, booking: BookingNow, *, desk: Desk, by: Actor, at: datetime, reason: str | None = None
) -> None:  # fmt: skip
    """Cancel a booking; one that has begun ends now, and one that is over stays as it was."""
    if booking.ends_at <= at:
        return
    if booking.starts_at < at:
        _put(
            tx, replace(booking, ends_at=at, taken_until=at), CHANGED, desk=desk, by=by, at=at, reason=reason
        )
    else:
        cancelled = replace(booking, state=State.CANCELLED)
        _put(tx, cancelled, CANCELLED, desk=desk, by=by, at=at, reason=reason, was=booking.state)


def foretell_end(tx: Tx, booking: BookingNow, until: datetime, *, by: Actor, at: datetime) -> None:
    """Tell the history that a booking is held until then only."""
    _tell(tx, LAPSING, booking, by=by, at=at, until=until.isoformat())


def refuse(tx: Tx, wish: Wish, *, desk: Desk, at: datetime, but: int | None = None) -> None:
    """Raise NotToBeHadError where a wish cannot be had; the booking `but` is in nobody's way."""
    start, end = around(wish.resource, wish.period)
    known = _taken(tx, desk, (wish.resource,), start, end, but)
    found = hindrance(wish.resource, wish.period, wish.count, taken=known[wish.resource.id], now=at)
    if found is None or (not wish.strict and found not in _OF_OTHERS):
        return
    alike = [one for one in desk.resources if one.kind == wish.resource.kind]
    ahead = _taken(tx, desk, alike, start - _ASIDE, end + timedelta(days=DAYS_AHEAD) + _ASIDE, but)
    offers = instead(wish.resource, wish.period, wish.count, among=alike, taken=ahead, now=at)
    raise NotToBeHadError(wish.resource, wish.period, found, offers)


def _taken(
    tx: Tx, desk: Desk, resources: Iterable[Resource], since: datetime, until: datetime, but: int | None
) -> dict[str, list[Taken]]:  # fmt: skip
    return {
        one.id: [each.taken for each in rows.taking(tx, desk.slug, one.id, since, until) if each.id != but]
        for one in resources
    }


def _held(wish: Wish) -> dict[str, Any]:
    """Return what a wish says of a booking's row."""
    starts_at, ends_at = wish.period.instants(wish.resource.calendar.tz)
    taken_from, taken_until = around(wish.resource, wish.period)
    return {
        "resource": wish.resource.id,
        "count": wish.count,
        "title": wish.title,
        "state": wish.state,
        "starts_at": starts_at.astimezone(UTC),
        "ends_at": ends_at.astimezone(UTC),
        "taken_from": taken_from.astimezone(UTC),
        "taken_until": taken_until.astimezone(UTC),
    }


def _put(
    tx: Tx, booking: BookingNow, kind: str, *, desk: Desk, by: Actor, at: datetime, **more: str | None
) -> None:  # fmt: skip
    changed = replace(booking, version=booking.version + 1, changed_at=at)
    resource = desk.resource(booking.resource)  # which may be gone: what is held of it stays
    rows.save(tx, changed, seats=resource.count if resource else changed.count, at=at)
    _tell(tx, kind, changed, by=by, at=at, **more)


def _tell(tx: Tx, kind: str, booking: BookingNow, *, by: Actor, at: datetime, **more: str | None) -> None:
    append(
        tx, kind, desk=booking.desk, ticket=booking.ticket, subject=booking.id, at=at, actor=by.key,
        resource=booking.resource, starts=booking.starts_at.isoformat(), ends=booking.ends_at.isoformat(),
        state=booking.state, **{name: value for name, value in more.items() if value is not None},
    )  # fmt: skip
