"""What people of the desk do to bookings by hand: block a time, move a booking, cancel one. Run by the writer.

Who has booked for a request is told on their channel, in the same transaction; people of the desk are told by a follower
of the history (`bot/cases/booking_notices`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from procedures.asking.periods import Period
from procedures.bookings import rows
from procedures.bookings.errors import BookingOverError
from procedures.bookings.rows import BookingNow, State
from procedures.bookings.taking import For, Wish, change, foretell_end, give_back, make, resource_of
from procedures.bookings.wanted import all_books, answers_for
from procedures.bookings.words import period_words
from procedures.cases import rows as cases
from procedures.cases.happened import Doing
from procedures.cases.repromising import repromise
from procedures.cases.rows import CaseNow
from procedures.cases.telling import contact_language
from procedures.definition.bookings import Books
from procedures.definition.procedure import Procedure
from templates_replies import booking_phrases as phrases
from templates_replies.catalogue import Language, supported_language
from templates_replies.moments import moment_in_words
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actions.errors import ActError, NotAllowedError
from tickets.actions.rights import require_first_line
from tickets.actor import SYSTEM, Actor
from tickets.desk import DeskNow
from tickets.ledger.tx import Tx

KIND = "booking"  # why the bot speaks


class WhyMissingError(ActError):
    """Whoever moves or cancels what somebody has booked says why."""

    code = "reason_missing"
    field = "reason"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a booking is moved to."""

    resource: str
    period: Period


def block(
    tx: Tx, place: Place, *, count: int | None, title: str, ticket: int | None, desk: DeskNow, by: Actor, at: datetime
) -> BookingNow:  # fmt: skip
    """Hold a resource by hand, all of it where no `count` is said; opening hours and limits are the desk's own to break.

    Raises NotToBeHadError where others have it.
    """
    require_first_line(by, desk.slug)
    resource = resource_of(desk.desk, place.resource)
    if ticket is not None and tickets_.load(tx, ticket).desk != desk.slug:
        raise NotAllowedError(f"ticket #{ticket} is not of {desk.slug}")
    wish = Wish(
        resource=resource, period=place.period, count=count or resource.count, title=title.strip() or None, strict=False
    )  # fmt: skip
    return make(tx, wish, For(ticket=ticket), desk=desk.desk, by=by, at=at)


def move(
    tx: Tx, id_: int, place: Place, *, reason: str, procedure: Procedure | None, desk: DeskNow, by: Actor, at: datetime
) -> BookingNow:  # fmt: skip
    """Move a booking to another time or resource; what its case has booked for the same time goes along.

    The answers of the case, and the deadlines before them, say the new time. `procedure` is that of its case. Raises
    NotToBeHadError, and then everything is as it was, BookingOverError, WhyMissingError.
    """
    booking, why = _still_to_come(tx, id_, desk, by, at), _why(reason)
    case = cases.load(tx, booking.case) if booking.case is not None else None
    along = _along(tx, booking, case, procedure)
    for each in along:
        target = resource_of(desk.desk, place.resource if each.id == id_ else each.resource)
        wish = Wish(
            resource=target, period=place.period, count=each.count, title=each.title, state=each.state, strict=False
        )  # fmt: skip
        change(tx, each, wish, desk=desk.desk, by=by, at=at, reason=why)
    if case is not None and procedure is not None:
        _say_anew(tx, case, booking, place, Doing(procedure=procedure, desk=desk, by=by, at=at))
    moved = rows.load(tx, id_)
    _tell_requester(tx, booking, moved, why, desk=desk, by=by, at=at)
    return moved


def cancel(tx: Tx, id_: int, *, reason: str, desk: DeskNow, by: Actor, at: datetime) -> BookingNow:
    """Cancel a booking, or end it now where it has begun. Raises BookingOverError, WhyMissingError."""
    booking, why = _still_to_come(tx, id_, desk, by, at), _why(reason)
    give_back(tx, booking, desk=desk.desk, by=by, at=at, reason=why)
    _tell_requester(tx, booking, None, why, desk=desk, by=by, at=at)
    return rows.load(tx, id_)


def lapse(tx: Tx, booking: BookingNow, *, desk: DeskNow, at: datetime) -> None:
    """Give back what was held for too long without being certain; its case goes on without it."""
    give_back(tx, booking, desk=desk.desk, by=SYSTEM, at=at, reason=phrases.held_too_long(_language(desk)))
    if booking.ticket is not None:
        why = phrases.held_too_long(contact_language(tickets_.load(tx, booking.ticket), desk))
        _tell_requester(tx, booking, None, why, desk=desk, by=SYSTEM, at=at)


def remind(
    tx: Tx, booking: BookingNow, until: datetime, *, requester: bool, desk: DeskNow, at: datetime
) -> None:
    """Remind whoever works on it until when a booking is held, and the requester where the case waits for them."""
    foretell_end(tx, booking, until, by=SYSTEM, at=at)
    if booking.ticket is None or not requester:
        return
    ticket, zone = tickets_.load(tx, booking.ticket), desk.desk.calendar.tz
    language, resource = contact_language(ticket, desk), desk.desk.resource(booking.resource)
    said = phrases.held_until(
        language, ticket=ticket.number, resource=resource.name if resource else booking.resource,
        when=period_words(booking.period(zone), language),
        until=moment_in_words(until.astimezone(zone), language, today=at.astimezone(zone).date()),
    )  # fmt: skip
    answering.say_automatically(tx, ticket, answering.Words(text=said), at=at, kind=KIND, by=SYSTEM)


def _language(desk: DeskNow) -> Language:
    return supported_language(desk.desk.language)


def _still_to_come(tx: Tx, id_: int, desk: DeskNow, by: Actor, at: datetime) -> BookingNow:
    booking = rows.load(tx, id_)
    require_first_line(by, booking.desk)
    if booking.desk != desk.slug:
        raise NotAllowedError(f"booking {id_} is not of {desk.slug}")
    if booking.state is State.CANCELLED or booking.ends_at <= at:
        raise BookingOverError(f"booking {id_} is over", ticket=booking.ticket)
    return booking


def _why(reason: str) -> str:
    if not reason.strip():
        raise WhyMissingError("expected a reason")
    return reason.strip()


def _entry(procedure: Procedure | None, name: str | None) -> Books | None:
    return next((each for each in all_books(procedure) if each.id == name), None) if procedure else None


def _along(
    tx: Tx, booking: BookingNow, case: CaseNow | None, procedure: Procedure | None
) -> Sequence[BookingNow]:
    """Return a booking with those of its case that rest on the same answers: they move together."""
    entry = _entry(procedure, booking.place)
    if case is None or entry is None:
        return (booking,)
    same = {each.id for each in all_books(procedure) if each.when == entry.when} if procedure else set()
    return [each for each in rows.of_case(tx, case.id) if each.id == booking.id or each.place in same]


def _say_anew(tx: Tx, case: CaseNow, booking: BookingNow, place: Place, doing: Doing) -> None:
    entry = _entry(doing.procedure, booking.place)
    if entry is None:
        return
    said = answers_for(entry, place.period, place.resource, case.answers)
    after = replace(case, answers={**case.answers, **said})
    cases.save(tx, after, ())
    if case.ended is None:
        repromise(tx, after, case, doing)


def _tell_requester(
    tx: Tx, before: BookingNow, after: BookingNow | None, reason: str, *, desk: DeskNow, by: Actor, at: datetime
) -> None:  # fmt: skip
    """Say to whoever asked that their booking was moved, or cancelled where there is none after."""
    if before.ticket is None:
        return
    ticket = tickets_.load(tx, before.ticket)
    language, zone = contact_language(ticket, desk), desk.desk.calendar.tz
    known = {one.id: one.name for one in desk.desk.resources}
    said = phrases.changed(
        language, ticket=ticket.number, reason=reason,
        resource=known.get(before.resource, before.resource), when=period_words(before.period(zone), language),
        then=(known.get(after.resource, after.resource), period_words(after.period(zone), language)) if after else None,
    )  # fmt: skip
    answering.say_automatically(tx, ticket, answering.Words(text=said), at=at, kind=KIND, by=by)
