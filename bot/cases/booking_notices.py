"""Whoever a booking concerns is told what becomes of it, once, at their own address. A follower of the history.

Those who look after the resource hear of it once it is certain, and of every change and the end of what was certain. What a
person of the desk moved or cancelled is also told to whose turn it is in the case, and to whoever holds the ticket.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.alerts import ways_to
from bot.desks import Desks, OpenDesk
from bot.former_procedures import procedure_of
from bot.telling import to_person
from bot.voice import staff_voice
from procedures.bookings import rows
from procedures.bookings.rows import BookingNow, State
from procedures.bookings.taking import CANCELLED, CHANGED, FIRM, LAPSING, MADE
from procedures.bookings.words import period_words
from procedures.cases import rows as cases
from procedures.cases.presence import not_here
from procedures.cases.rights import holders
from templates_replies import booking_phrases
from templates_replies.moments import moment_in_words
from tickets import ticket as tickets_
from tickets.ledger.events import Recorded
from tickets.ledger.tx import Tx
from tickets.staff import active

_KINDS = frozenset({MADE, FIRM, CHANGED, CANCELLED, LAPSING})


class BookingFollower:
    name = "bookings"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def wants(self, event: Recorded) -> bool:
        return event.kind in _KINDS and self._desks.get(event.desk) is not None

    def follow(self, tx: Tx, event: Recorded) -> None:
        desk = self._desks[event.desk]
        booking = rows.load(tx, int(event.subject or 0))
        concerned = {*_caretakers(event, desk), *_of_the_case(tx, event, booking, desk)}
        said = _said(event, booking, desk) if concerned else ""
        for person in active(tx, event.desk):
            if person.id in concerned and person.actor.key != event.actor:
                to_person(
                    tx, ways_to(person, desk), said, desk=desk.slug, person=person.id, at=event.at, ticket=event.ticket,
                    dedup=f"booking:{event.id}:{person.id}",
                )  # fmt: skip


def _caretakers(event: Recorded, desk: OpenDesk) -> tuple[str, ...]:
    resource = desk.now.desk.resource(str(event.data["resource"]))
    was_certain = event.data.get("was", event.data["state"]) == State.FIRM
    return resource.staff if resource is not None and was_certain else ()


def _of_the_case(tx: Tx, event: Recorded, booking: BookingNow, desk: OpenDesk) -> Iterator[str]:
    """Yield the ids of those who work on what the booking is for, where it was changed for a reason, or will be given back."""
    if booking.ticket is None or (event.kind != LAPSING and event.data.get("reason") is None):
        return
    holder = tickets_.load(tx, booking.ticket).assignee
    if holder is not None:
        yield holder
    case = cases.load(tx, booking.case) if booking.case is not None else None
    procedure = procedure_of(tx, case, desk) if case is not None else None
    if case is None or procedure is None:
        return
    absent = not_here(tx, event.desk, event.at)
    for name in case.standing.open:
        step = procedure.step(name)
        role = procedure.acting(step) if step else None
        if role is not None:
            yield from holders(role, desk.now.desk, absent=absent) - absent


def _said(event: Recorded, booking: BookingNow, desk: OpenDesk) -> str:
    language, here = staff_voice(desk).language, desk.now.desk
    zone, resource = here.calendar.tz, here.resource(str(event.data["resource"]))
    name = resource.name if resource else str(event.data["resource"])
    when = period_words(booking.period(zone), language)
    if event.kind == LAPSING:
        until = datetime.fromisoformat(event.data["until"]).astimezone(zone)
        said = moment_in_words(until, language, today=event.at.astimezone(zone).date())
        return booking_phrases.lapsing(
            language, resource=name, when=when, title=booking.title, ticket=booking.ticket, until=said
        )
    return booking_phrases.for_staff(
        language, event.kind, resource=name, when=when, title=booking.title, ticket=booking.ticket,
        reason=event.data.get("reason"),
    )  # fmt: skip
